// What can't be undone asks twice: the first click arms a button, which says so, and the second does
// it; a double click is one. A button is armed until the focus leaves it, something else is clicked,
// or some seconds have passed.
const ARMED_MS = 8000;
const RENEW = "Nogmaals om te wissen"; // "Nieuw gesprek" is a button of Gradio, and as wide
const wordsOf = (button) => button.dataset.tweemaal ?? RENEW;
let armed = null;
const isArmed = (button) => armed?.button === button && button.textContent === wordsOf(button);

const disarm = () => {
  if (!armed) return;
  const { button, inside, label, timer } = armed;
  clearTimeout(timer);
  button.removeEventListener("blur", disarm);
  if (isArmed(button)) button.replaceChildren(...inside);
  if (label) button.setAttribute("aria-label", label);
  armed = null;
};
const arm = (button) => {
  const label = button.getAttribute("aria-label"); // it would hide the words
  armed = { button, inside: [...button.childNodes], label, timer: setTimeout(disarm, ARMED_MS) };
  button.replaceChildren(wordsOf(button));
  button.removeAttribute("aria-label");
  button.addEventListener("blur", disarm);
};
window.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("button[data-tweemaal], #nieuw");
    const isSecond = isArmed(button);
    if (isSecond && event.detail > 1) return event.stopPropagation();
    disarm();
    if (!button || isSecond) return;
    event.stopPropagation();
    arm(button);
  },
  true,
);
