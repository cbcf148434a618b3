// What is filled in on a form that stays on the page while other tabs are open, with the form itself,
// which may be another by now.
(formulier) => {
  const form = document.querySelector("#TABBLAD form");
  return [{ formulier, velden: form && Object.fromEntries(new FormData(form)) }];
}
