// Updates the page of a running run with the events that the server sends: charts, step, log and state.
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
