// Shows a run as it goes on: the server says what is new, as figures that it drew, text and words.
"use strict";

const run = document.querySelector("#run");
if (run.dataset.live) {
  const source = new EventSource(run.dataset.live);
  const hear = (name, act) => source.addEventListener(name, (event) => act(event.data));
  hear("figures", (html) => { document.querySelector("#figures").innerHTML = html; });
  hear("step", (step) => { document.querySelector("#step").textContent = step; });
  hear("log", (text) => {
    const log = document.querySelector("#log");
    if (log) log.textContent = text;
  });
  hear("state", (state) => {
    if (state !== run.dataset.state) location.reload();
  });
}
