// What this browser keeps, each record under a name of its own. The value is the list of them, in
// order; the server puts a change in its place (chatbot/kept.py), which is applied here to what is
// kept by then, by whatever window, and only that.
const prefix = `${props.naam}/`;
const nameOf = (id) => prefix + id;
const parse = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return []; // not ours: left as it is
  }
};
const read = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap(parse)
    .sort((one, other) => one.plaats - other.plaats || (one.id < other.id ? -1 : 1));
const write = (one) => localStorage.setItem(nameOf(one.id), JSON.stringify(one));
const isThere = (id) => localStorage.getItem(nameOf(id)) !== null;

const apply = ({ nieuw, anders, weg }) => {
  weg.forEach((id) => localStorage.removeItem(nameOf(id)));
  anders.filter((one) => isThere(one.id)).forEach(write); // else another window removed it
  nieuw.filter((one) => !isThere(one.id)).forEach(write);
};
const tell = () => document.dispatchEvent(new CustomEvent(props.naam, { detail: read() }));
const refresh = () => {
  props.value = read();
  tell();
};
watch("value", () => {
  try {
    apply(props.value);
  } catch {
    trigger("full"); // the browser keeps no more
  }
  refresh();
});
window.addEventListener("storage", (event) => {
  if (event.key === null || event.key.startsWith(prefix)) refresh();
});
document.addEventListener(`${props.naam}?`, tell); // asked by other scripts of the page
window.addEventListener("pageshow", (event) => event.persisted && refresh());
refresh();
