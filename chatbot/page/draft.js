// A form with one text: sent with its button, or with Ctrl+Enter from the text, which outlives a
// reload.
const box = element.querySelector("textarea");
const name = `bijlage-${box.name}`;
box.value = sessionStorage.getItem(name) ?? "";
box.addEventListener("input", () => sessionStorage.setItem(name, box.value));
const send = () => trigger("send", Object.fromEntries(new FormData(element.querySelector("form"))));
element.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
});
// A note leaves its box once it is kept, and not before.
document.addEventListener("bijlage-stukken", (event) => {
  if (box.name !== "nota" || !event.detail.some((one) => one.nota === box.value.trim())) return;
  box.value = "";
  sessionStorage.removeItem(name);
});
