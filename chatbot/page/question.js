// The question box is empty as soon as a question is sent, for the next one. A question that got no
// answer comes back into it, unless something else is typed there; what it holds outlives a reload.
const NAME = "bijlage-vraag";
const IDLE = "Vraag of trefwoord";
const BUSY = "Bezig met uw vraag …";
const waiting = []; // sent and not answered yet
const box = () => document.querySelector("#vraag textarea");
const keep = () => {
  sessionStorage.setItem(NAME, box().value || (waiting[0] ?? ""));
  box().placeholder = waiting.length ? BUSY : IDLE;
};
const put = (text) => {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true })); // else Gradio doesn't know
};
const giveBack = (text) => {
  if (text && !box().value) put(text);
};
window.addEventListener("verstuurd", ({ detail }) => {
  waiting.push(detail);
  put("");
});
window.addEventListener("beantwoord", ({ detail }) => {
  const text = waiting.shift();
  if (detail?.includes("data-geweigerd")) giveBack(text);
  keep();
});
new MutationObserver(() => {
  if (!waiting.length || !document.querySelector(".toast-wrap .toast-body")) return;
  giveBack(waiting.splice(0)[0]);
  keep();
}).observe(document.body, { childList: true, subtree: true });

const start = () => {
  if (!box()) return requestAnimationFrame(start);
  box().addEventListener("input", keep);
  giveBack(sessionStorage.getItem(NAME));
};
start();
