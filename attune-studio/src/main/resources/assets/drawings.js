// Keeps what is said of running drawings up to date; without it, loading the page again does the same.
const SECONDS = 2;

const running = () => document.querySelector("section[data-running=true]") !== null;

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("section[data-running]")) {
    const fresh = page.getElementById(old.id);
    if (fresh && fresh.innerHTML !== old.innerHTML) replace(old, document.importNode(fresh, true));
  }
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (focused) fresh.querySelector("button")?.focus();
}

async function look() {
  try {
    if (running() && !document.hidden) await refresh();
  } catch {
    // the studio cannot be reached just now
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
