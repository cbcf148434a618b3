// Once the question of a link was asked, the address asks it no more: loaded again, the page is that
// of the conversation.
() => {
  const fields = new URLSearchParams(location.search);
  if (!fields.has("q")) return;
  for (const name of ["q", "gelezen", "vervolg", "partij", "onderwerp"]) fields.delete(name);
  const rest = String(fields) && `?${fields}`;
  history.replaceState(history.state, "", location.pathname + rest + location.hash);
}
