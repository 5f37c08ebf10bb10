// The page on which completions are ranked: by dragging cards into rows, or by keyboard alone.
const page = document.querySelector("#rank");
const task = page.dataset.task;
const criteria = [...page.querySelectorAll("[data-criterion]")].map((tab) => tab.dataset.criterion);
const cards = [...page.querySelectorAll(".completion")];
const tray = page.querySelector(".tray");
const status = page.querySelector("[role=status]");
const opened = Date.now();
const UNRANKED = 0;

// What the labeler has said so far: by criterion the row of each completion, and whether all are bad.
let draft = { at: 0, rows: {}, bad: {} };
const history = [];

const place = (card) => Number(card.dataset.place);
const criterion = () => criteria[draft.at];
const rows = () => (draft.rows[criterion()] ??= Object.fromEntries(cards.map((card) => [place(card), UNRANKED])));
const say = (text) => (status.textContent = text);

function remember() {
  history.push(JSON.stringify(draft));
}

function undo() {
  if (history.length === 0) return say("Nothing to undo.");
  draft = JSON.parse(history.pop());
  changed();
  say("Undone.");
}

let saving;
function changed() {
  draw();
  clearTimeout(saving);
  saving = setTimeout(() => send("PUT", "draft", draft), 300);
}

function send(method, what, body) {
  return fetch("/tasks/" + task + "/" + what, {
    method,
    headers: { "Content-Type": "application/json", "X-Csrf-Token": page.dataset.csrf },
    body: JSON.stringify(body),
  });
}

function move(card, row) {
  remember();
  rows()[place(card)] = row;
  changed();
  card.focus();
  say(row === UNRANKED ? "Not ranked." : "Rank " + row + ".");
}

// A card keeps the place that it was shown in among those of its row.
function draw() {
  for (const card of cards) {
    const row = rows()[place(card)];
    (row === UNRANKED ? tray : page.querySelector('[data-row="' + row + '"]')).append(card);
    card.querySelector(".rank").textContent = row === UNRANKED ? "" : row;
  }
  page.querySelectorAll("[data-criterion]").forEach((tab, i) => {
    tab.setAttribute("aria-selected", i === draft.at);
    tab.classList.toggle("done", complete(criteria[i]));
  });
  page.querySelector("#question").textContent = page.querySelector('[aria-selected="true"]').dataset.question;
  page.querySelector("#bad").checked = Boolean(draft.bad[criterion()]);
  page.querySelector("#submit").textContent = draft.at + 1 < criteria.length ? "Next question" : "Submit";
}

const complete = (name) => Object.values(draft.rows[name] ?? {}).some((row) => row !== UNRANKED);

function judgement(name) {
  const given = draft.rows[name];
  const used = [...new Set(Object.values(given))].filter((row) => row !== UNRANKED).sort((a, b) => a - b);
  const inRow = (row) => Object.keys(given).map(Number).filter((index) => given[index] === row);
  return { criterion: name, order: used.map(inRow), unranked: inRow(UNRANKED), all_bad: Boolean(draft.bad[name]) };
}

async function submit() {
  if (!complete(criterion())) return say("Rank at least one answer, or skip the task.");
  if (draft.at + 1 < criteria.length) {
    remember();
    draft.at += 1;
    changed();
    cards[0].focus();
    return say("Now: " + criterion() + ".");
  }
  const missing = criteria.findIndex((name) => !complete(name));
  if (missing >= 0) {
    draft.at = missing;
    draw();
    return say("This question has no answer yet.");
  }
  clearTimeout(saving);
  const answer = await send("POST", "rankings", {
    id: page.dataset.submission,
    judgements: criteria.map(judgement),
    seconds: (Date.now() - opened) / 1000,
  });
  if (answer.ok) location.reload();
  else say(await answer.text());
}

async function leave(what) {
  const reason = prompt(what === "skips" ? "Why do you skip it?" : "What is wrong with it?");
  if (reason === null) return;
  const answer = await send("POST", what, { reason });
  if (answer.ok && what === "skips") location.reload();
  else say(answer.ok ? "Flagged." : await answer.text());
}

function inOrder() {
  return [...page.querySelectorAll(".completion")];
}

const keys = {
  ArrowDown: (card) => step(card, 1),
  ArrowRight: (card) => step(card, 1),
  ArrowUp: (card) => step(card, -1),
  ArrowLeft: (card) => step(card, -1),
  Enter: () => submit(),
  Backspace: () => undo(),
  u: () => undo(),
  b: () => page.querySelector("#bad").click(),
  "-": (card) => move(card, UNRANKED),
};

function step(card, by) {
  const all = inOrder();
  all[(all.indexOf(card) + by + all.length) % all.length].focus();
}

for (const card of cards) {
  card.addEventListener("keydown", (event) => {
    if (event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = "1234567890".indexOf(event.key) + 1;
    if (digit > cards.length || (digit === 0 && !keys[event.key])) return;
    event.preventDefault();
    if (digit > 0) move(card, digit);
    else keys[event.key](card);
  });
  card.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", card.dataset.place));
}
for (const row of page.querySelectorAll("[data-row], .tray")) {
  row.addEventListener("dragover", (event) => event.preventDefault());
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    const card = cards.find((one) => one.dataset.place === event.dataTransfer.getData("text/plain"));
    if (card) move(card, Number(row.dataset.row ?? UNRANKED));
  });
}
page.querySelectorAll("[data-criterion]").forEach((tab, i) =>
  tab.addEventListener("click", () => {
    draft.at = i;
    changed();
  }),
);
page.querySelector("#bad").addEventListener("change", (event) => {
  remember();
  draft.bad[criterion()] = event.target.checked;
  changed();
});
page.querySelector("#submit").addEventListener("click", submit);
page.querySelector("#undo").addEventListener("click", undo);
page.querySelector("#skip").addEventListener("click", () => leave("skips"));
page.querySelector("#flag").addEventListener("click", () => leave("flags"));

if (page.dataset.draft) draft = JSON.parse(page.dataset.draft);
draw();
cards[0].focus();
