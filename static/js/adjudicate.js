// Settling: a ruling goes into the outbox first, is shown at once, and is said to be saved when it is.

import { ask, element, field, versions } from "./dialogs.js";
import { bound, listen } from "./keys.js";
import { Outbox } from "./outbox.js";

const list = document.getElementById("cases");
const cases = [...list.querySelectorAll(".case")];
const status = document.getElementById("saved");
const settled = document.getElementById("settled");
const before = cases.filter((one) => one.dataset.verdict).length;
const WORDS = { accepted: "✓ holds", rejected: "✗ does not hold" };
const done = []; // what this page changed, for undo
let current = null;

const outbox = new Outbox(`${list.dataset.actor}:gold`, list.dataset.root, heard);
const find = (item) => cases.find((one) => one.id === item.row.slice(2));
const count = () => cases.filter((one) => one.dataset.verdict).length;

function say(kind, text) {
  status.className = kind;
  status.textContent = text;
}

function rule(one, verdict, comment = one.dataset.comment, undoable = true) {
  const { change, label, revision } = one.dataset;
  if (undoable) done.push([one, one.dataset.verdict, one.dataset.comment]);
  show(one, { verdict, comment });
  outbox.add({ row: `j:${one.id}`, path: "-/api/adjudications", body: { change_id: change, label, verdict, comment, revision: Number(revision) || null } });
}

function show(one, row) {
  Object.assign(one.dataset, { verdict: row.verdict, comment: row.comment || "" });
  if (row.revision) one.dataset.revision = row.revision;
  one.classList.toggle("decided", Boolean(row.verdict));
  const who = row.adjudicator ? ` settled by ${row.adjudicator}` : "";
  one.querySelector(".stands").replaceChildren(element("span", { class: `verdict ${row.verdict}` }, WORDS[row.verdict]), element("span", { class: "quiet" }, who));
  const remark = one.querySelector(".ruling > .verdictline > q.comment");
  remark.hidden = !row.comment;
  remark.firstElementChild.textContent = row.comment || "";
  for (const button of one.querySelectorAll("button[data-verdict]")) button.setAttribute("aria-pressed", String(button.dataset.verdict === row.verdict));
  settled.textContent = (Number(settled.dataset.base) - before + count()).toLocaleString("en");
}

function heard(event, item, detail) {
  const waiting = outbox.items().length;
  const one = item && find(item);
  if (event === "saved" && one && !outbox.items().some((other) => other.row === item.row)) show(one, detail);
  else if (event === "saved" && one) one.dataset.revision = detail.revision;
  if (event === "failed") say("failed", `✗ ${waiting} not saved yet, trying again: ${detail}`);
  else if (waiting) say("busy", `○ ${waiting} being saved`);
  else if (event !== "idle" || status.textContent) say("", "● saved");
  if (event === "stale") resolve(item, detail.current);
  if (event === "refused") refused(item, detail);
}

/** Two windows or two leads on one dispute: whoever is later chooses; until then nothing else is sent. */
async function resolve(item, stands) {
  say("failed", "✗ settled in another window");
  const answer = await versions(item.body, stands);
  if (answer === "mine") outbox.overwrite(item.ticket, stands);
  if (answer === "theirs") {
    outbox.drop(item.ticket);
    if (find(item)) show(find(item), stands);
  }
  if (answer) outbox.resume();
  else say("failed", `✗ ${outbox.items().length} not saved: reload the page to choose`);
}

async function refused(item, detail) {
  say("failed", `✗ not saved: ${detail.error}`);
  const answer = await ask("This was not saved", [element("p", {}, detail.error || "The server refused it."), element("p", {}, "Keep it in this browser and try again later, or give it up?")], [["keep", "keep it"], ["drop", "give it up"]]);
  if (answer !== "drop") return;
  outbox.drop(item.ticket);
  outbox.resume();
  location.reload();
}

function mark(one) {
  if (!one || one === current) return;
  current?.classList.remove("on");
  current = one;
  one.classList.add("on");
}

function go(step) {
  const at = cases.indexOf(current);
  const next = cases[at < 0 ? 0 : Math.min(cases.length - 1, Math.max(0, at + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: next.offsetHeight > innerHeight * 0.6 ? "start" : "center" });
}

/** A deed on the focused dispute; without one, the first is focused instead. */
const on = (deed) => (n) => (current ? deed(current, n) : go(1));

async function remark(one) {
  if (!one.dataset.verdict) return say("failed", "Decide first, then say why");
  const text = element("textarea", { rows: "4", maxlength: "10000" });
  text.value = one.dataset.comment;
  const answer = await ask("Why is it settled so?", [field("Comment", text).made], [["ok", "save"], ["", "cancel"]]);
  if (answer === "ok") rule(one, one.dataset.verdict, text.value);
  return one.focus({ preventScroll: true });
}

function undo() {
  const [one, verdict, comment] = done.pop() || [];
  if (!one) return say("", "Nothing to undo");
  if (!verdict) return say("failed", "A ruling is never deleted: press 1 or 2 to change it");
  rule(one, verdict, comment, false);
  return one.focus({ preventScroll: true });
}

const settle = on((one, n) => {
  const verdict = { 1: "accepted", 2: "rejected" }[n];
  if (!verdict) return;
  rule(one, verdict);
  go(1);
});

const keys = () => [[bound("next"), "next dispute"], [bound("previous"), "previous dispute"], ["1", "the label holds, next"], ["2", "it does not hold, next"], [bound("comment"), "say why"], [bound("undo"), "undo: back to the ruling before"], [bound("keys"), "this list"]];
const deeds = {
  next: () => go(1),
  previous: () => go(-1),
  accept: settle,
  comment: on(remark),
  undo,
  keys: () => ask("Keys", element("dl", {}, keys().flatMap(([key, what]) => [element("dt", {}, [element("kbd", {}, key)]), element("dd", {}, what)])), [["", "close"]]),
};

list.classList.add("js");
for (const buttons of list.querySelectorAll(".buttons")) buttons.hidden = false;
list.addEventListener("focusin", (event) => mark(event.target.closest(".case")));
list.addEventListener("click", (event) => {
  const one = event.target.closest(".case");
  const button = event.target.closest("button");
  mark(one);
  if (button?.dataset.verdict) rule(one, button.dataset.verdict);
  else if (button?.dataset.comment !== undefined) remark(one);
});
const help = document.getElementById("help");
help.hidden = false;
help.addEventListener("click", deeds.keys);
for (const item of outbox.items()) if (find(item)) show(find(item), item.body);
listen(deeds);
outbox.send();
