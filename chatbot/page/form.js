// A form tells the page what is filled in, once typing has paused; a button inside the form or
// the list below it ("data-aantal", "data-sorteer") sends the same with a field more. In which order
// a table stands is what its headings say: nothing is remembered of one that is there no more.
const form = () => element.querySelector("form");
const panel = () => element.closest("[role=tabpanel]");
const order = () => {
  const heading = panel()?.querySelector("th[aria-sort]");
  if (!heading) return {};
  const { sorteer } = heading.querySelector("button").dataset;
  return { sorteer, richting: heading.getAttribute("aria-sort") };
};
const send = (more) =>
  trigger("filter", { ...Object.fromEntries(new FormData(form())), ...order(), ...more });
let waiting;
element.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => send(), 250);
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  send();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-aantal], button[data-sorteer]");
  if (!button || !panel()?.contains(button)) return;
  if (!button.dataset.sorteer) return send({ aantal: button.dataset.aantal });
  const heading = button.closest("th");
  const isUp = heading.getAttribute("aria-sort") === "ascending";
  panel().querySelector("th[aria-sort]")?.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isUp ? "descending" : "ascending");
  send();
});
