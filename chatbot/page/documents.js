// Removing asks twice: the first click arms the button, the second removes; a double click is one.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-verwijder]");
  if (!button || event.detail > 1) return;
  if (button.dataset.zeker) trigger("remove", { verwijder: button.dataset.verwijder });
  button.dataset.zeker = "1";
  button.textContent = "Klik nogmaals om te verwijderen";
  button.removeAttribute("aria-label");
});
