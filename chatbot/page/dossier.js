// Move and remove; afterwards the focus stays on the same button of the same piece, if it is there,
// and else on what is said of an empty dossier.
let last = null;
const pieces = () => [...element.querySelectorAll(".stukken > li")];
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-dossier]");
  if (!button) return;
  const step = Number(button.dataset.dossier) || 0;
  last = { dossier: button.dataset.dossier, row: pieces().indexOf(button.closest("li")) + step };
  trigger("change_basket", { ...button.dataset });
});
watch("value", () => {
  if (!last) return;
  const buttons = [...(pieces()[last.row]?.querySelectorAll("button[data-dossier]") ?? [])];
  const empty = element.querySelector(".leeg");
  if (empty) empty.tabIndex = -1;
  (buttons.find((one) => one.dataset.dossier === last.dossier) ?? buttons[0] ?? empty)?.focus();
  last = null;
});
// What changes in the dossier, in this window or another one, shows at once where it is looked at.
document.addEventListener("bijlage-stukken", () => {
  if (element.offsetParent) trigger("show_basket");
});
