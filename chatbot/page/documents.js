// Removing, which asks twice (twice.js), and adding the bundled appendix again.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-verwijder]");
  if (button) trigger("remove", { verwijder: button.dataset.verwijder });
  if (event.target.closest("button[data-meegeleverd]")) trigger("restore");
});
