// The inspector: one token is in the tab order, arrow keys move the focus, and the focused token is described below.
const tokens = [...document.querySelectorAll("#tokens .token")];
const said = document.querySelector("#token-said");

function choose(token) {
  for (const one of tokens) one.tabIndex = one === token ? 0 : -1;
  said.textContent = token.getAttribute("aria-label");
}

function move(from, key) {
  const at = tokens.indexOf(from);
  const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: tokens.length - 1 }[key];
  if (to === undefined) return false;
  tokens[Math.max(0, Math.min(tokens.length - 1, to))].focus();
  return true;
}

tokens.forEach((token, index) => {
  token.tabIndex = index === 0 ? 0 : -1;
  token.addEventListener("focus", () => choose(token));
  token.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (move(token, event.key)) event.preventDefault();
  });
});
