// The page on which completions are ranked: by dragging cards into rows, or by keyboard alone.
const page = document.querySelector("#rank");
const task = page.dataset.task;
const criteria = [...page.querySelectorAll("[data-criterion]")].map((tab) => tab.dataset.criterion);
const originals = [...page.querySelectorAll(".completion")];
const tray = page.querySelector(".tray");
const status = page.querySelector("[role=status]");
const opened = Date.now();
const UNRANKED = 0;
const MAX_ANSWERS = 10;

// The originals, and behind them the answers that the labeler made better.
const cards = [...originals];

// What the labeler has said so far: by criterion the row of each completion and whether all are bad; and edited answers.
let draft = { at: 0, rows: {}, bad: {}, edits: [] };
const history = [];

const source = (card) => card.querySelector(".source").content.textContent;
const place = (card) => Number(card.dataset.place);
const criterion = () => criteria[draft.at];
const rows = () => (draft.rows[criterion()] ??= {});
const rowOf = (name, card) => draft.rows[name]?.[place(card)] ?? UNRANKED;
const complete = (name) => cards.some((card) => rowOf(name, card) !== UNRANKED);
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

function changed() {
  draw();
  save();
}

let saving;
function save() {
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

// --- edited answers

function edit(card) {
  if (place(card) >= originals.length) return card.querySelector("textarea").focus();
  if (cards.length === MAX_ANSWERS) return say("A task has at most ten answers.");
  remember();
  draft.edits.push({ original: place(card), text: source(card) });
  changed();
  cards[cards.length - 1].querySelector("textarea").focus();
  say("Edit the answer, then rank it.");
}

function removeEdit(card) {
  remember();
  const gone = place(card);
  draft.edits.splice(gone - originals.length, 1);
  for (const name of criteria) {
    const kept = Object.entries(draft.rows[name] ?? {}).map(([at, row]) => [Number(at), row]);
    draft.rows[name] = Object.fromEntries(
      kept.filter(([at]) => at !== gone).map(([at, row]) => [at > gone ? at - 1 : at, row]),
    );
  }
  changed();
  originals[0].focus();
  say("Removed.");
}

function editedCard() {
  const card = document.querySelector("#edited").content.firstElementChild.cloneNode(true);
  const area = card.querySelector("textarea");
  area.addEventListener("focus", remember);
  area.addEventListener("input", () => {
    draft.edits[place(card) - originals.length].text = area.value;
    save();
  });
  card.querySelector(".remove").addEventListener("click", () => removeEdit(card));
  listen(card);
  return card;
}

function drawEdits() {
  while (cards.length > originals.length + draft.edits.length) cards.pop().remove();
  draft.edits.forEach((edited, number) => {
    const at = originals.length + number;
    cards[at] ??= editedCard();
    const card = cards[at];
    const name = originals.find((one) => place(one) === edited.original).querySelector(".name").textContent;
    card.dataset.place = at;
    card.setAttribute("aria-label", "Your version of answer " + name);
    card.querySelector(".name").textContent = name + "*";
    card.querySelector("textarea").setAttribute("aria-label", "Your version of answer " + name);
    if (card.querySelector("textarea").value !== edited.text) card.querySelector("textarea").value = edited.text;
  });
}

function faultyEdit() {
  return draft.edits.some(({ original, text }) => {
    const before = source(originals.find((card) => place(card) === original));
    return text.trim() === "" || text === before;
  });
}

// --- drawing

function drawRows() {
  const list = page.querySelector(".rows");
  while (list.children.length > cards.length) list.lastElementChild.remove();
  while (list.children.length < cards.length) {
    const row = document.createElement("li");
    row.dataset.row = list.children.length + 1;
    list.append(row);
    acceptCards(row);
  }
}

// A card keeps the place that it was shown in among those of its row.
function draw() {
  drawEdits();
  for (const card of cards) tray.append(card);
  drawRows();
  for (const card of cards) {
    const row = rowOf(criterion(), card);
    (row === UNRANKED ? tray : page.querySelector('[data-row="' + row + '"]') ?? tray).append(card);
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

// --- leaving

function judgement(name) {
  const inRow = (row) =>
    cards
      .filter((card) => rowOf(name, card) === row)
      .map(place)
      .sort((a, b) => a - b);
  const used = [...new Set(cards.map((card) => rowOf(name, card)))].filter((row) => row !== UNRANKED);
  return {
    criterion: name,
    order: used.sort((a, b) => a - b).map(inRow),
    unranked: inRow(UNRANKED),
    all_bad: Boolean(draft.bad[name]),
  };
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
    return say("This criterion is not ranked yet.");
  }
  if (faultyEdit()) return say("An edited answer is empty or unchanged: change it or remove it.");
  clearTimeout(saving);
  const answer = await send("POST", "rankings", {
    id: page.dataset.submission,
    edits: draft.edits,
    judgements: criteria.map(judgement),
    seconds: (Date.now() - opened) / 1000,
  });
  if (answer.ok) location.reload();
  else say(await answer.text());
}

async function leave(what) {
  const reason = prompt(what === "skips" ? "Reason for skipping the task" : "Problem with the task");
  if (reason === null) return;
  const answer = await send("POST", what, { reason });
  if (answer.ok && what === "skips") location.reload();
  else say(answer.ok ? "Flagged." : await answer.text());
}

// --- keys, fingers and the mouse

const keys = {
  ArrowDown: (card) => step(card, 1),
  ArrowRight: (card) => step(card, 1),
  ArrowUp: (card) => step(card, -1),
  ArrowLeft: (card) => step(card, -1),
  Enter: () => submit(),
  Backspace: () => undo(),
  u: () => undo(),
  b: () => page.querySelector("#bad").click(),
  e: (card) => edit(card),
  "-": (card) => move(card, UNRANKED),
};

function step(card, by) {
  const all = [...page.querySelectorAll(".completion")];
  all[(all.indexOf(card) + by + all.length) % all.length].focus();
}

function listen(card) {
  card.addEventListener("keydown", (event) => {
    if (event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = "1234567890".indexOf(event.key) + 1;
    if (digit > cards.length || (digit === 0 && !keys[event.key])) return;
    event.preventDefault();
    if (digit > 0) move(card, digit);
    else keys[event.key](card);
  });
}

function acceptCards(place) {
  new Sortable(place, {
    group: "answers",
    draggable: ".completion",
    filter: "textarea, button",
    preventOnFilter: false,
    delay: 150,
    delayOnTouchOnly: true,
    // the rows stay under the hand that drags while the tray empties
    onStart: () => (tray.style.minHeight = tray.offsetHeight + "px"),
    onEnd: (event) => move(event.item, Number(event.to.dataset.row ?? UNRANKED)),
  });
}

for (const card of originals) {
  listen(card);
  card.querySelector(".edit").addEventListener("click", () => edit(card));
}
acceptCards(tray);
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

if (page.dataset.draft) draft = { ...draft, ...JSON.parse(page.dataset.draft) };
draw();
originals[0].focus();
