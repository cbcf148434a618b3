// After a reply, bring the new question to the top of the window; copy, share and judge on a click.
let shown = element.querySelectorAll(".beurt").length;
watch("value", () => {
  const turns = element.querySelectorAll(".beurt");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (turns.length > shown)
    turns[turns.length - 1].scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  shown = turns.length;
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-oordeel]");
  if (button) trigger("judge", { ...button.dataset });
});
