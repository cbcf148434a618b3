// Removing, which asks twice (twice.js).
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-verwijder]");
  if (button) trigger("remove", { verwijder: button.dataset.verwijder });
});
