// What is said for a moment: gone after some seconds, so that it covers nothing, and the next words,
// if they are the same, are new ones again.
const SHOWN_MS = 6000;
let hiding;
watch("value", () => {
  clearTimeout(hiding);
  hiding = setTimeout(() => (props.value = ""), SHOWN_MS);
});
