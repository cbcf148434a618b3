// A form with one text: sent with its button, or with Ctrl+Enter from the text.
const send = () => {
  const form = element.querySelector("form");
  trigger("send", Object.fromEntries(new FormData(form)));
  if (form.querySelector("[name=nota]")) form.reset();
};
element.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
});
