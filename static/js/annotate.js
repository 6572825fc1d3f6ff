// Deciding: every deed is put in the outbox first, shown at once as not saved yet, and painted as saved when it is.

import { deeds as reading, page } from "./compare.js";
import { ask, choose, element, field, versions } from "./dialogs.js";
import { Outbox } from "./outbox.js";
import { paint, paintPending, saved, tell } from "./paint.js";
import { pick } from "./picking.js";
import { selected } from "./text.js";
import { Undo } from "./undo.js";

const OPERATIONS = ["kept", "reworded", "merged", "split", "dropped", "added"];
const rows = new Map(); // what is known of each row: id, revision, verdict or status, comment
const outbox = new Outbox(page.list.dataset.actor, page.root, heard);
const undo = new Undo(page.list.dataset.actor, put);
let evidence = {};

function remember(edge) {
  const { status, revision } = edge.dataset;
  if (status) rows.set(`d:${edge.id}`, { revision: Number(revision), was: status });
  for (const item of edge.querySelectorAll("[data-suggestion], [data-own]")) {
    const { suggestion, annotation, verdict } = item.dataset;
    item.dataset.row = suggestion ? `s:${suggestion}` : `a:${annotation}`;
    if (annotation) rows.set(item.dataset.row, { id: annotation, revision: Number(item.dataset.revision), was: verdict });
  }
}

/** Carries out one wish: `{change_id, row, to, label?, suggestion_id?, evidence?, comment?, operation?}`. */
function put(wish, undoable = true) {
  const known = rows.get(wish.row) || {};
  const item = wish.row.startsWith("d:") ? decision(wish, known) : annotation(wish, known);
  if (undoable) undo.push(wish, { ...wish, to: known.was || (wish.row.startsWith("d:") ? "skipped" : "withdrawn"), comment: known.comment });
  rows.set(wish.row, { ...known, was: wish.to === "withdrawn" ? undefined : wish.to, comment: wish.comment ?? known.comment });
  evidence = {};
  paintPending(item);
  outbox.add(item);
}

function annotation(wish, known) {
  const base = { row: wish.row, change_id: wish.change_id, id: known.id, wish };
  if (wish.to === "withdrawn") return { ...base, path: "-/api/annotations/{id}/withdraw", body: { revision: known.revision } };
  const about = wish.suggestion_id ? { suggestion_id: wish.suggestion_id } : { id: known.id, ...wish.evidence };
  const extra = { comment: wish.comment, severity: wish.severity, certainty: wish.certainty, revision: known.revision };
  const body = { change_id: wish.change_id, label: wish.label, verdict: wish.to, pass: page.list.dataset.pass, ...about, ...extra };
  return { ...base, path: "-/api/annotations", body };
}

function decision(wish, known) {
  const body = { change_id: wish.change_id, status: wish.to, operation: wish.operation, comment: wish.comment, revision: known.revision };
  return { row: wish.row, change_id: wish.change_id, wish, path: "-/api/decisions", body };
}

function heard(event, item, detail) {
  const waiting = outbox.items().length;
  if (event === "saved") {
    const learnt = { id: detail.id, revision: detail.revision };
    if (outbox.items().some((one) => one.row === item.row)) {
      rows.set(item.row, { ...rows.get(item.row), ...learnt }); // what was wished since then stands
    } else {
      rows.set(item.row, { ...learnt, was: detail.withdrawn ? undefined : detail.verdict || detail.status, comment: detail.comment });
      paint(item, detail);
    }
  }
  if (event === "failed") saved("failed", `✗ ${waiting} not saved yet, trying again: ${detail}`);
  else if (waiting) saved("busy", `○ ${waiting} being saved`);
  else saved("", "● saved");
  if (event === "stale") resolve(item, detail.current);
  if (event === "refused") refused(item, detail);
}

/** Two windows, two versions: the person chooses; until then nothing else is sent. */
async function resolve(item, current) {
  saved("failed", "✗ changed in another window");
  const mine = item.wish.to === "withdrawn" ? { ...item.wish, withdrawn: 1 } : { ...item.body, verdict: item.body.verdict };
  const answer = await versions(mine, current);
  if (answer === "mine") outbox.overwrite(item.ticket, current);
  else if (answer === "theirs") forget(item, current);
  if (answer) outbox.resume();
  else saved("failed", `✗ ${outbox.items().length} not saved: reload the page to choose`);
}

function forget(item, current) {
  outbox.drop(item.ticket);
  rows.set(item.row, { id: current.id, revision: current.revision, was: current.withdrawn ? undefined : current.verdict || current.status, comment: current.comment });
  paint(item, current);
}

async function refused(item, detail) {
  saved("failed", `✗ not saved: ${detail.error}`);
  const answer = await ask("This was not saved", [element("p", {}, detail.error || "The server refused it."), element("p", {}, "Keep it in this browser and try again later, or give it up?")], [["keep", "keep it"], ["drop", "give it up"]]);
  if (answer !== "drop") return;
  outbox.drop(item.ticket);
  paint(item, null);
  outbox.resume();
}

const wishFor = (item, to, more) => ({
  change_id: item.closest(".edge").id,
  row: item.dataset.row,
  label: item.dataset.label,
  suggestion_id: item.dataset.suggestion,
  to,
  ...more,
});

function judge(edge, item, verdict) {
  const same = rows.get(item.dataset.row)?.was === verdict;
  put(wishFor(item, same ? "withdrawn" : verdict));
  tell(`${item.dataset.label.replaceAll("_", " ")} ${same ? "withdrawn" : verdict}`);
}

function decide(edge, status, more = {}) {
  put({ change_id: edge.id, row: `d:${edge.id}`, to: status, ...more });
}

function submitted(event) {
  event.preventDefault();
  const button = event.submitter;
  const edge = button.closest(".edge");
  const [verb] = button.value.split(":");
  const item = button.closest("[data-row]");
  if (verb === "accepted" || verb === "rejected") judge(edge, item, verb);
  else if (verb === "withdraw") put(wishFor(item, "withdrawn"));
  else if (verb === "done") decide(edge, "done");
  else if (verb === "added") {
    const { label, comment } = event.target.elements;
    if (label.value) add(edge, label.value, { comment: comment.value });
  }
}

async function more(event) {
  if (!event.target.closest("[data-more]")) return;
  event.preventDefault();
  const edge = event.target.closest(".edge");
  const chosen = selected(edge);
  if (Object.keys(chosen).length) evidence = chosen;
  const deed = await ask("This edge", [], [["label", "add a label"], ["operation", "correct the operation"], ["comment", "comment"], ["flag", "flag"], ["skip", "skip"], ["", "cancel"]]);
  if (deed) deeds[deed]();
}

function add(edge, label, more) {
  const where = Object.keys(evidence).length ? evidence : {};
  put({ change_id: edge.id, row: `n:${edge.id}:${label}:${JSON.stringify(where)}`, label, to: "added", evidence: where, ...more });
}

const degrees = (name, words) => field(name, element("select", {}, [["", "not said"], ...words.map((word, n) => [n + 1, word])].map(([value, text]) => element("option", { value }, text))));

async function askLabel(edge) {
  evidence = { ...evidence, ...selected(edge) };
  const options = [...document.getElementById("labels").content.querySelectorAll("option")].map((one) => ({ value: one.value, text: one.textContent, more: one.dataset.use }));
  const severity = degrees("Severity", ["minor", "notable", "grave"]);
  const certainty = degrees("How sure are you", ["unsure", "fairly sure", "sure"]);
  const comment = field("Comment", element("textarea", { rows: "2", maxlength: "2000" }));
  const where = element("p", { class: "quiet" }, Object.keys(evidence).length ? "Evidence: the words you chose." : "Evidence: the whole edge. To narrow it, select words or press e first.");
  const label = await choose("Add a label", options, [where, severity.made, certainty.made, comment.made]);
  if (label) add(edge, label, { severity: Number(severity.value()) || undefined, certainty: Number(certainty.value()) || undefined, comment: comment.value() || undefined });
  edge.focus({ preventScroll: true });
}

async function askComment(edge, status) {
  const own = [...edge.querySelectorAll("[data-row]")].filter((item) => rows.get(item.dataset.row)?.was);
  const about = field("About", element("select", {}, [element("option", { value: "" }, "this edge"), ...own.map((item, n) => element("option", { value: n + 1 }, item.dataset.label.replaceAll("_", " ")))]));
  const text = element("textarea", { rows: "4", maxlength: "2000", required: "" });
  const answer = await ask(status === "flagged" ? "Flag with a note" : "Comment", [...(status ? [] : [about.made]), field("Comment", text).made], [["ok", "save"], ["", "cancel"]]);
  edge.focus({ preventScroll: true });
  if (answer !== "ok" || (!text.value.trim() && !status)) return;
  const item = own[about.value() - 1];
  if (item) put(wishFor(item, rows.get(item.dataset.row).was, { comment: text.value }));
  else decide(edge, status || rows.get(`d:${edge.id}`)?.was || "flagged", { comment: text.value });
}

async function askOperation(edge) {
  const value = await choose("What is this edge?", OPERATIONS.map((one) => ({ value: one, text: one })));
  if (value) decide(edge, rows.get(`d:${edge.id}`)?.was || "done", { operation: value });
  edge.focus({ preventScroll: true });
}

/** A deed on the focused edge; without one, the first edge is focused instead. */
const on = (deed) => (n) => (page.focused() ? deed(page.focused(), n) : page.go(1));

const numbered = (verdict) => on((edge, n) => {
  const item = edge.querySelectorAll("[data-suggestion]")[n - 1];
  if (item) judge(edge, item, verdict);
  else tell(`There is no suggestion ${n} here`);
});

const onward = (status) => on((edge) => {
  decide(edge, status);
  page.go(1);
});

const evidenceOn = (where) => on(async (edge) => {
  evidence = { ...evidence, ...(await pick(edge.querySelector(where), tell)) };
  edge.focus({ preventScroll: true });
});

const deeds = {
  accept: numbered("accepted"),
  reject: numbered("rejected"),
  label: on(askLabel),
  operation: on(askOperation),
  comment: on((edge) => askComment(edge)),
  flag: on((edge) => askComment(edge, "flagged")),
  done: onward("done"),
  skip: onward("skipped"),
  evidence: evidenceOn(".src"),
  evidence2: evidenceOn(".art"),
  undo: () => undo.undo() || tell("Nothing to undo"),
  redo: () => undo.redo() || tell("Nothing to redo"),
};

for (const edge of page.edges) remember(edge);
for (const item of outbox.items()) paintPending(item);
page.list.addEventListener("submit", submitted);
page.list.addEventListener("click", more);
Object.assign(reading, deeds);
outbox.send();
