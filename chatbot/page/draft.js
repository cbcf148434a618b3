// A form with one text: sent with its button, or with Ctrl+Enter from the text.
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
  const note = element.querySelector("[name=nota]");
  if (note && event.detail.some((one) => one.nota === note.value.trim())) note.value = "";
});
