// Walks through a list by key: j and k move to the next and previous entry, and at an end to the next and previous page.
const entries = [...document.querySelectorAll("[data-entry]")];

function typing(target) {
  return target.closest("input, select, textarea");
}

function go(step) {
  const at = entries.findIndex((entry) => entry.contains(document.activeElement));
  const to = at + step;
  if (entries[to] && (at >= 0 || step > 0)) {
    entries[to].focus();
    entries[to].scrollIntoView({ block: "start" });
  } else {
    document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
  else if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
});
