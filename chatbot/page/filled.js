// What is filled in on a form that stays on the page while other tabs are open, and how its list is
// sorted; with the form itself, which may be another by now.
(formulier) => {
  const panel = document.getElementById("TABBLAD");
  const form = panel?.querySelector("form");
  const heading = panel?.querySelector("th[aria-sort]");
  const order = heading && {
    sorteer: heading.querySelector("button").dataset.sorteer,
    richting: heading.getAttribute("aria-sort"),
  };
  return [{ formulier, velden: form && { ...Object.fromEntries(new FormData(form)), ...order } }];
}
