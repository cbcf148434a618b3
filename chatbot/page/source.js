// Every link to a place in a document (a[data-bron]), wherever it stands, shows that place here.
let opener = null;
let isLinked = new URLSearchParams(location.search).has("answer"); // and not shown yet
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const stacked = () => window.matchMedia("(max-width: 1023px)").matches;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-bron]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!element.contains(link)) opener = link;
  document.body.dataset.bron = "open";
  element.dataset.gevraagd = "1";
  const href = link.getAttribute("href");
  if (element.querySelector(".bron")?.dataset.link === href) settle();
  trigger("show", Object.fromEntries(new URLSearchParams(href))); // the document may be another now
});

// Buttons of every tab: keep in the dossier, copy a text, copy a link to this page.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.body.appendChild(document.createElement("textarea"));
  area.value = text;
  area.select();
  document.execCommand("copy"); // the only way where the page isn't served from this computer
  area.remove();
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-bewaar], button[data-kopieer], button[data-link]");
  if (!button) return;
  const { bewaar, kopieer, link } = button.dataset;
  if (bewaar) return trigger("keep", Object.fromEntries(new URLSearchParams(bewaar)));
  await copy(kopieer ?? new URL(link, location.origin + location.pathname).href);
  tellCopied(button);
});

// A button says for a while that it copied, and so does a status line for screen readers.
const COPIED_MS = 1500;
const copied = new WeakMap(); // by button, its own words and what gives them back
const told = document.createElement("p");
told.className = "alleen-lezer";
told.setAttribute("role", "status");
(document.querySelector("main") ?? document.body).append(told);
const tellCopied = (button) => {
  const { words, timer } = copied.get(button) ?? { words: button.textContent };
  clearTimeout(timer);
  button.textContent = told.textContent = "Gekopieerd";
  const back = () => {
    button.textContent = words;
    told.textContent = "";
    copied.delete(button);
  };
  copied.set(button, { words, timer: setTimeout(back, COPIED_MS) });
};

element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-terug]")) return;
  delete document.body.dataset.bron;
  if (opener?.isConnected) opener.focus();
});

// A click on a printed page opens it large, as the link above it does.
element.addEventListener("click", (event) => {
  if (event.target.matches(".gedrukt img"))
    event.target.closest(".bron-beeld").querySelector("a").click();
});

// A page that can't be drawn says so; its text stands beside it.
element.addEventListener("error", (event) => {
  const figure = event.target.closest?.(".bron-beeld");
  if (figure) figure.textContent = "Deze bladzijde kan nu niet worden getoond; lees de tekst.";
}, true);

// A printed page is scrolled to its marked words: the first row with some of the marker's yellow.
element.addEventListener("load", (event) => {
  const frame = event.target.closest?.(".gedrukt");
  if (!frame) return;
  const width = 250;
  const height = Math.round((width * event.target.naturalHeight) / event.target.naturalWidth);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const drawn = canvas.getContext("2d");
  drawn.drawImage(event.target, 0, 0, width, height);
  const { data } = drawn.getImageData(0, 0, width, height);
  let row = 0;
  for (let yellow = 0, at = 0; at < data.length && yellow < 5; at += 4) {
    if (at % (4 * width) === 0) yellow = 0;
    if (data[at] > 200 && data[at + 1] > 170 && data[at] - data[at + 2] > 70) yellow += 1;
    if (yellow === 5) row = Math.floor(at / (4 * width));
  }
  frame.scrollTop = (row / height) * frame.scrollHeight - frame.clientHeight / 4;
}, true);

// Bring the cited words into view inside the source; the window itself only moves on request.
const settle = () => {
  const leaf = element.querySelector(".blad");
  if (!leaf) return;
  const answer = element.querySelector(".bron").dataset.link && "[data-eigen].stuk-antwoord";
  const cited = leaf.querySelector("mark") ?? (answer && leaf.querySelector(answer));
  const top = () => cited.getBoundingClientRect().top - leaf.getBoundingClientRect().top;
  if (isLinked && element.querySelector(".bron").dataset.link) {
    isLinked = false;
    if (stacked()) element.dataset.gevraagd = "1"; // it stands below, out of sight
  }
  leaf.scrollTop = cited ? leaf.scrollTop + top() - leaf.clientHeight / 4 : 0;
  if (!element.dataset.gevraagd) return;
  delete element.dataset.gevraagd;
  const heading = element.querySelector("h2");
  heading?.focus({ preventScroll: true });
  if (!stacked()) return;
  heading?.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  if (heading) holdInView(heading);
};

// While the page is still being laid out, what grows above would leave the source out of sight, and
// stop a scroll that is on its way. Whoever moves the page has it from then on.
const HOLD_MS = 3000;
const holdInView = (heading) => {
  const sizes = new ResizeObserver(() => {
    heading.scrollIntoView({ behavior: "auto", block: "start" });
  });
  sizes.observe(document.body);
  const stop = () => sizes.disconnect();
  for (const moved of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(moved, stop, { once: true, passive: true });
  }
  setTimeout(stop, HOLD_MS);
};
watch("value", settle);
settle();
