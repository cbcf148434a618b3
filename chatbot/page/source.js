// Every link to a place in a document (a[data-bron]), wherever it stands, shows that place here.
let opener = null;
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const stacked = () => window.matchMedia("(max-width: 1023px)").matches;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-bron]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!element.contains(link)) opener = link;
  document.body.dataset.bron = "open";
  element.dataset.gevraagd = "1";
  const href = link.getAttribute("href");
  if (element.querySelector(".bron")?.dataset.link === href) settle();
  else trigger("show", Object.fromEntries(new URLSearchParams(href)));
});

// Buttons of every tab: keep in the dossier, copy a text, copy a link to this page.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.body.appendChild(document.createElement("textarea"));
  area.value = text;
  area.select();
  document.execCommand("copy"); // the only way where the page isn't served from this computer
  area.remove();
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-bewaar], button[data-kopieer], button[data-link]");
  if (!button) return;
  const { bewaar, kopieer, link } = button.dataset;
  if (bewaar) return trigger("keep", Object.fromEntries(new URLSearchParams(bewaar)));
  await copy(kopieer ?? new URL(link, location.origin + location.pathname).href);
  const words = button.textContent;
  button.textContent = "Gekopieerd";
  setTimeout(() => (button.textContent = words), 1500);
});

element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-terug]")) return;
  delete document.body.dataset.bron;
  if (opener?.isConnected) opener.focus();
});

// A page that can't be drawn says so; its text stands beside it.
element.addEventListener("error", (event) => {
  const figure = event.target.closest?.(".bron-beeld");
  if (figure) figure.textContent = "Deze bladzijde kan nu niet worden getoond; lees de tekst.";
}, true);

// Bring the cited words into view inside the source; the window itself only moves on request.
const settle = () => {
  const leaf = element.querySelector(".blad");
  if (!leaf) return;
  const cited = leaf.querySelector("mark") ?? leaf.querySelector("[data-eigen].stuk-antwoord");
  const top = cited ? cited.getBoundingClientRect().top - leaf.getBoundingClientRect().top : 0;
  leaf.scrollTop += top - leaf.clientHeight / 4;
  if (!element.dataset.gevraagd) return;
  delete element.dataset.gevraagd;
  const heading = element.querySelector("h2");
  heading?.focus({ preventScroll: true });
  if (stacked()) heading?.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
};
watch("value", settle);
settle();
