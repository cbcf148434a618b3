// After a reply, bring the new question to the top of the window.
watch("value", () => {
  const turns = element.querySelectorAll(".beurt");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  turns[turns.length - 1]?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
});
