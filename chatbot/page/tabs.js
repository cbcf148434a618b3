// The row of tabs: on a narrow window it scrolls sideways, and an arrow at an end shows that there
// are more there. The arrow keys go from tab to tab, as in any row of tabs.
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const row = () => document.querySelector("#tabs [role=tablist]");
const glide = (list, left) => list.scrollTo({ left, behavior: calm() ? "auto" : "smooth" });

const center = (list, tab) => {
  if (tab) glide(list, tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2);
};
const showEnds = (list) => {
  const { meer } = list.parentElement.dataset;
  const before = list.scrollLeft > 1;
  const after = list.scrollLeft + list.clientWidth < list.scrollWidth - 1;
  const ends = [before && "links", after && "rechts"].filter(Boolean).join(" ");
  if (meer !== ends) list.parentElement.dataset.meer = ends;
};

document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("#tabs [role=tab]");
  if (tab) {
    remember(tab);
    return center(row(), tab);
  }
  const frame = event.target;
  if (!frame.matches?.("#tabs > .tab-wrapper")) return;
  const list = row(); // an arrow: it is drawn by the row's frame
  const middle = frame.getBoundingClientRect().left + frame.clientWidth / 2;
  glide(list, list.scrollLeft + (event.clientX < middle ? -0.7 : 0.7) * list.clientWidth);
});
document.addEventListener("focusin", (event) => {
  const tab = event.target.closest?.("#tabs [role=tab]");
  if (tab?.matches(":focus-visible")) center(row(), tab);
});
document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("#tabs [role=tab]");
  if (!tab || event.ctrlKey || event.metaKey || event.altKey) return;
  const tabs = [...row().querySelectorAll("[role=tab]")];
  const at = tabs.indexOf(tab);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  tabs.at(to % tabs.length).focus();
});

// The chosen tab stands in the address ("#tab=bedragen"), to come back to it and to share it; the
// first one stands there as no tab. What is no tab is passed over.
const keyOf = (tab) => tab.id.match(/^tab-(.+)-button$/)?.[1];
const remember = (tab) => {
  const hash = tab.previousElementSibling ? `#tab=${keyOf(tab)}` : "";
  history.replaceState(history.state, "", location.pathname + location.search + hash);
};
const openFromAddress = () => {
  const key = new URLSearchParams(location.hash.slice(1)).get("tab");
  [...row().querySelectorAll("[role=tab]")].find((tab) => keyOf(tab) === key)?.click();
};
window.addEventListener("hashchange", openFromAddress);

// The row is there once Gradio has drawn it; then its ends follow scrolling and the window's width.
const follow = (list) => {
  list.addEventListener("scroll", () => showEnds(list), { passive: true });
  new ResizeObserver(() => {
    center(list, list.querySelector("[aria-selected=true]"));
    showEnds(list);
  }).observe(list);
};
const wait = () => {
  if (!row()) return requestAnimationFrame(wait);
  follow(row());
  openFromAddress();
};
wait();
