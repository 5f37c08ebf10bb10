"use strict";
for (const svg of document.querySelectorAll("svg[data-curves]")) {
  const curves = svg.dataset.curves.split("\n").map((line) => {
    const [name, points] = line.split("|");
    return { name, points: points.split(";").map((p) => p.split(",")) };
  });
  const figure = svg.closest("figure");
  const tip = figure.appendChild(document.createElement("div"));
  tip.className = "tip";
  const cross = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "line"));
  cross.setAttribute("class", "cross");
  cross.style.display = "none";
  const show = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * scale;
    const near = curves.map((c) => c.points.reduce((a, b) => (Math.abs(b[0] - x) < Math.abs(a[0] - x) ? b : a)));
    const at = near[0];
    cross.setAttribute("x1", at[0]); cross.setAttribute("x2", at[0]);
    cross.setAttribute("y1", 12); cross.setAttribute("y2", svg.viewBox.baseVal.height - 34);
    cross.style.display = "";
    tip.textContent = near.map((p, i) => (curves.length > 1 ? curves[i].name + "  " : "") + p[3]).join("\n") + "\nstep " + at[2];
    tip.style.display = "block";
    const host = figure.getBoundingClientRect();
    const left = box.left - host.left + at[0] / scale + 10;
    tip.style.left = Math.max(0, Math.min(left, host.width - tip.offsetWidth - 6)) + "px";
    tip.style.top = box.top - host.top + 4 + "px";
  };
  svg.addEventListener("pointermove", show);
  svg.addEventListener("pointerleave", () => { tip.style.display = "none"; cross.style.display = "none"; });
}
for (const block of document.querySelectorAll(".command")) {
  const button = block.appendChild(document.createElement("button"));
  button.type = "button";
  button.textContent = "copy";
  button.addEventListener("click", async () => {
    const text = block.querySelector("pre").textContent;
    try { await navigator.clipboard.writeText(text); } catch {
      const range = document.createRange(); range.selectNodeContents(block.querySelector("pre"));
      const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range); document.execCommand("copy");
    }
    button.textContent = "copied"; setTimeout(() => (button.textContent = "copy"), 1500);
  });
}
for (const host of document.querySelectorAll(".board")) {
  const game = JSON.parse(host.dataset.game);
  const lines = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];
  const make = (parent, name, text) => { const e = parent.appendChild(document.createElement(name)); e.textContent = text; return e; };
  const left = make(host, "div", ""), right = make(host, "div", "");
  const grid = make(left, "div", ""); grid.className = "squares";
  const squares = Array.from({ length: 9 }, (_, i) => {
    const square = make(grid, "button", ""); square.type = "button";
    square.addEventListener("click", () => play(i + 1));
    return square;
  });
  const said = make(left, "p", ""); said.setAttribute("role", "status");
  const buttons = make(left, "p", "");
  for (const [text, first] of [["New game, I begin", false], ["New game, policy begins", true]]) {
    const button = make(buttons, "button", text); button.type = "button";
    button.addEventListener("click", () => begin(first));
  }
  make(right, "h3", "Probabilities before the last move of the policy");
  const label = make(right, "label", "checkpoint: "), step = make(label, "b", "");
  const slider = right.appendChild(document.createElement("input"));
  slider.type = "range"; slider.min = 0; slider.max = slider.value = game.steps.length - 1; slider.ariaLabel = "checkpoint";
  slider.addEventListener("input", draw);
  const outputs = make(right, "div", ""); outputs.className = "squares outputs";
  const shares = Array.from({ length: 9 }, () => make(outputs, "span", ""));
  const value = make(right, "p", "");
  let moves, policyFirst, last, over;
  const mark = (i) => (moves.indexOf(String(i + 1)) < 0 ? "" : moves.indexOf(String(i + 1)) % 2 ? "O" : "X");
  const winner = () => { const line = lines.find((l) => mark(l[0]) && l.every((i) => mark(i) === mark(l[0]))); return line && mark(line[0]); };
  function end() {
    const won = winner(), policy = policyFirst ? "X" : "O";
    if (!won && moves.length < 9) return false;
    said.textContent = !won ? "A draw." : won === policy ? "The policy wins." : "You win."; over = true;
    return true;
  }
  function answer() {
    const moment = game.moments[moves]; last = moves;
    if (moment[0] === 0 || moves.includes(String(moment[0]))) { said.textContent = "The policy makes an illegal move: you win."; over = true; return; }
    moves += moment[0];
    if (!end()) said.textContent = "The policy plays " + moment[0] + ". Your move.";
  }
  function play(square) {
    if (over || moves.includes(String(square))) return;
    moves += square;
    if (!end()) answer();
    draw();
  }
  function begin(first) {
    moves = ""; policyFirst = first; last = null; over = false; said.textContent = "Your move.";
    if (first) answer();
    draw();
  }
  function draw() {
    squares.forEach((square, i) => {
      square.textContent = mark(i); square.disabled = over || mark(i) !== "";
      square.ariaLabel = "square " + (i + 1) + ", " + (mark(i) || "free");
    });
    step.textContent = game.steps[slider.value];
    const moment = last === null ? null : game.moments[last];
    shares.forEach((share, i) => {
      const taken = last !== null && last.includes(String(i + 1));
      const percent = moment ? moment[2 + Number(slider.value)][i] : 0;
      share.textContent = taken ? mark(i) : moment ? percent + " %" : "";
      share.className = taken ? "quiet" : "";
      share.style.setProperty("--share", taken ? 0 : percent + "%");
    });
    value.textContent = moment && moment[1] !== null ? "Value by the critic: " + (moment[1] / 100).toFixed(2) + " (a win is 1, a draw 0.5)." : "";
  }
  begin(false);
}
