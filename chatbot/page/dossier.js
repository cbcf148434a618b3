// Move and remove; afterwards the focus stays on the same button of the same piece, if it is there.
let last = null;
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-dossier]");
  if (!button) return;
  const step = Number(button.dataset.dossier) || 0;
  last = { dossier: button.dataset.dossier, rij: Number(button.dataset.rij) + step };
  trigger("change_basket", { ...button.dataset });
});
watch("value", () => {
  if (!last) return;
  const inside = [...element.querySelectorAll(`button[data-rij="${last.rij}"]`)];
  (inside.find((one) => one.dataset.dossier === last.dossier) ?? inside[0])?.focus();
  last = null;
});
