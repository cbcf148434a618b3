// A form tells the page what is filled in, once typing has paused; a button inside the form or
// the list below it ("data-aantal", "data-sorteer") sends the same with a field more.
const form = () => element.querySelector("form");
let order = {};
const send = (more) =>
  trigger("filter", { ...Object.fromEntries(new FormData(form())), ...order, ...more });
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
  if (!button || !element.closest("[role=tabpanel]")?.contains(button)) return;
  const column = button.dataset.sorteer;
  if (!column) return send({ aantal: button.dataset.aantal });
  const up = order.sorteer === column && order.richting === "ascending";
  order = { sorteer: column, richting: up ? "descending" : "ascending" };
  send();
});
