// The buttons "In dossier" of every tab tell which of them keep what is in the dossier already.
let entries = [];
const mark = () => {
  for (const button of document.querySelectorAll("button[data-bewaar]")) {
    const { som, ...own } = Object.fromEntries(new URLSearchParams(button.dataset.bewaar));
    const names = Object.keys(own);
    const isKept = entries.some(
      (one) => Object.keys(one).length === names.length && names.every((n) => one[n] === own[n]),
    );
    const words = isKept ? "Staat in dossier" : "In dossier";
    if (button.textContent !== words) button.textContent = words;
    button.toggleAttribute("data-bewaard", isKept);
  }
};
document.addEventListener(props.naam, ({ detail }) => {
  entries = detail.map(({ id, plaats, bewaard, ...named }) => named);
  mark();
});
document.dispatchEvent(new CustomEvent(`${props.naam}?`)); // memory.js answers
let waiting = 0;
new MutationObserver(() => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(mark);
}).observe(document.body, { childList: true, subtree: true });
