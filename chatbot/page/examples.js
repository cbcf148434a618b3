element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-vraag]");
  if (button) trigger("ask", { vraag: button.dataset.vraag });
});
