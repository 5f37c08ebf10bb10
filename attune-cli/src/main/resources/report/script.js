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
