// Deciding: every deed is put in the outbox first, shown at once as not saved yet, and painted as saved when it is.

import { deeds as reading, page } from "./compare.js";
import { ask, choose, element, field, versions } from "./dialogs.js";
import { Outbox } from "./outbox.js";
import { paint, paintPending, saved, tell } from "./paint.js";
import { pick } from "./picking.js";
import { pickSentences } from "./sentences.js";
import { selected, sideOf } from "./text.js";
import { Undo } from "./undo.js";

const OPERATIONS = ["kept", "reworded", "merged", "split", "dropped", "added"];
const rows = new Map(); // what is known of each row: id, revision, verdict or status, comment
export const outbox = new Outbox(page.list.dataset.actor, page.root, heard);
const undo = new Undo(page.list.dataset.actor, put);
let evidence = {};

function remember(edge) {
  const { status, revision } = edge.dataset;
  if (revision) rows.set(`d:${edge.id}`, { revision: Number(revision), was: status || undefined, status });
  for (const item of edge.querySelectorAll("[data-suggestion], [data-own]")) {
    const { suggestion, annotation, comment, correction, verdict } = item.dataset;
    item.dataset.row = suggestion ? `s:${suggestion}` : annotation ? `a:${annotation}` : comment ? `m:${comment}` : `r:${correction}`;
    const id = annotation || comment || correction;
    if (id) rows.set(item.dataset.row, { id, revision: Number(item.dataset.revision), was: verdict || (suggestion ? undefined : "said") });
  }
}

/** What a row is when there is none: the state that undoing its first deed leads back to. */
const nothing = (row) => (row.startsWith("d:") ? "undecided" : "withdrawn");
const KINDS = { d: decision, m: comment, r: correction };

/** Carries out one wish: `{change_id, row, to, label?, suggestion_id?, evidence?, comment?, operation?, text? …}`. */
function put(wish, undoable = true) {
  const known = rows.get(wish.row) || {};
  const item = (KINDS[wish.row[0]] || annotation)(wish, known);
  if (undoable) undo.push(wish, { ...wish, to: known.was || nothing(wish.row), comment: known.comment });
  const gone = wish.to === nothing(wish.row);
  rows.set(wish.row, { ...known, was: gone ? undefined : wish.to, status: gone ? known.status : wish.to, comment: wish.comment ?? known.comment });
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
  const stand = wish.to === "undecided" ? { status: known.status || "done", withdrawn: 1 } : { status: wish.to };
  const body = { change_id: wish.change_id, ...stand, operation: wish.operation, comment: wish.comment, revision: known.revision };
  return { row: wish.row, change_id: wish.change_id, wish, path: "-/api/decisions", body };
}

/** What is taken back stays in its place in the thread and can be brought back; a comment is never changed. */
function comment(wish, known) {
  const base = { row: wish.row, change_id: wish.change_id, id: known.id, wish };
  const known_already = known.id || known.status;
  if (known_already) return { ...base, path: `-/api/comments/{id}/${wish.to === "withdrawn" ? "withdraw" : "restore"}`, body: { revision: known.revision } };
  return { ...base, path: "-/api/comments", body: { change_id: wish.change_id, text: wish.text, key: wish.key, parent_id: wish.parent_id } };
}

function correction(wish, known) {
  const base = { row: wish.row, change_id: wish.change_id, id: known.id, wish };
  if (known.id || known.status) return { ...base, path: `-/api/realignments/{id}/${wish.to === "withdrawn" ? "withdraw" : "restore"}`, body: { revision: known.revision } };
  const { ofSource, ofArticle } = page.list.dataset;
  const body = { source_article_id: ofSource, article_id: ofArticle, source_sentences: wish.source, sentences: wish.article };
  return { ...base, path: "-/api/realignments", body };
}

const standing = (row) => (row.withdrawn ? undefined : row.verdict || row.status || "said");

function heard(event, item, detail) {
  const waiting = outbox.items().length;
  if (event === "saved") {
    const learnt = { id: detail.id, revision: detail.revision };
    if (outbox.items().some((one) => one.row === item.row)) {
      rows.set(item.row, { ...rows.get(item.row), ...learnt }); // what was wished since then stands
    } else {
      rows.set(item.row, { ...learnt, was: standing(detail), status: detail.status || "said", comment: detail.comment });
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
  rows.set(item.row, { id: current.id, revision: current.revision, was: standing(current), status: current.status || "said", comment: current.comment });
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

/** The button that says done: pressed once more it takes that back; in the queue it leads on. */
function settle(edge) {
  const done = rows.get(`d:${edge.id}`)?.was === "done";
  decide(edge, done ? "undecided" : "done");
  if (!done) page.advance?.(edge);
}

function remark(edge, text, parent) {
  const key = crypto.randomUUID?.() ?? String(Date.now() + Math.random());
  put({ change_id: edge.id, row: `m:${key}`, to: "said", text, key, parent_id: parent || undefined });
}

function submitted(event) {
  event.preventDefault();
  const button = event.submitter;
  const edge = button.closest(".edge");
  const [verb] = button.value.split(":");
  const item = button.closest("[data-row]");
  if (verb === "accepted" || verb === "rejected") judge(edge, item, verb);
  else if (verb === "withdraw") put(wishFor(item, "withdrawn"));
  else if (verb === "answer") say(edge, item?.dataset.comment || button.closest("[data-comment]").dataset.comment);
  else if (verb === "skipped") deeds.skip();
  else if (verb === "done" || verb === "undecide") settle(edge);
  else if (verb === "comment") {
    const { text, parent } = event.target.elements;
    if (text.value.trim()) remark(edge, text.value, parent?.value);
  }
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
  const deed = await ask("This edge", [], [["label", "add a label"], ["operation", "correct the operation"], ["sentences", "join or part sentences"], ["comment", "comment"], ["flag", "flag"], ["skip", "skip"], ["", "cancel"]]);
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

async function askComment(edge) {
  const own = [...edge.querySelectorAll("[data-label][data-row]")].filter((item) => rows.get(item.dataset.row)?.was);
  const about = field("About", element("select", {}, [element("option", { value: "" }, "this edge"), ...own.map((item, n) => element("option", { value: n + 1 }, item.dataset.label.replaceAll("_", " ")))]));
  const text = await askText("Comment", [about.made]);
  edge.focus({ preventScroll: true });
  if (!text) return;
  const item = own[about.value() - 1];
  if (item) put(wishFor(item, rows.get(item.dataset.row).was, { comment: text }));
  else remark(edge, text);
}

async function say(edge, parent) {
  const text = await askText("Answer", []);
  if (text) remark(edge, text, parent);
}

/** Resolves to what was written, null when the dialog was left; "" only where nothing need be written. */
async function askText(title, fields, needed = true) {
  const text = element("textarea", { rows: "4", maxlength: "2000", ...(needed ? { required: "" } : {}) });
  const answer = await ask(title, [...fields, field("Comment", text).made], [["ok", "save"], ["", "cancel"]]);
  return answer === "ok" && (text.value.trim() || !needed) ? text.value : null;
}

async function flag(edge) {
  const text = await askText("Flag with a note", [], false);
  edge.focus({ preventScroll: true });
  if (text === null) return;
  decide(edge, "flagged", { comment: text || undefined });
  page.advance?.(edge);
}

async function cut(edge) {
  const picked = await pickSentences(edge, tell);
  edge.focus({ preventScroll: true });
  if (!picked) return tell("Nothing changed");
  const { source, article, texts } = picked;
  put({ change_id: edge.id, row: `r:${[...source, "|", ...article].join(" ")}`, to: "said", source, article, texts });
  return tell("Saved as your own version; the machine’s edge stays");
}

async function askOperation(edge) {
  const value = await choose("What is this edge?", OPERATIONS.map((one) => ({ value: one, text: one })));
  if (value) decide(edge, rows.get(`d:${edge.id}`)?.was || "done", { operation: value });
  edge.focus({ preventScroll: true });
}

/** A deed on the focused edge; without one, the first edge is focused instead. */
const on = (deed) => (n) => {
  if (page.moving) return page.moving.then(() => on(deed)(n));
  return page.focused() ? deed(page.focused(), n) : page.go(1);
};

const numbered = (verdict) => on((edge, n) => {
  const item = edge.querySelectorAll("[data-suggestion]")[n - 1];
  if (item) judge(edge, item, verdict);
  else tell(`There is no suggestion ${n} here`);
});

const onward = (status) => on((edge) => {
  decide(edge, status);
  if (page.advance) page.advance(edge);
  else page.go(1);
});

const evidenceOn = (name) => on(async (edge) => {
  evidence = { ...evidence, ...(await pick(sideOf(edge, name), tell)) };
  edge.focus({ preventScroll: true });
});

const deeds = {
  accept: numbered("accepted"),
  reject: numbered("rejected"),
  label: on(askLabel),
  operation: on(askOperation),
  sentences: on(cut),
  comment: on(askComment),
  flag: on(flag),
  done: onward("done"),
  skip: onward("skipped"),
  evidence: evidenceOn("source"),
  evidence2: evidenceOn("article"),
  undo: () => undo.undo() || tell("Nothing to undo"),
  redo: () => undo.redo() || tell("Nothing to redo"),
};

/** Takes the edges on the page as they are, with what still waits to be sent; the queue calls it for each new edge. */
export function adopt() {
  for (const edge of page.edges) remember(edge);
  for (const item of outbox.items()) paintPending(item);
}

adopt();
page.list.addEventListener("submit", submitted);
page.list.addEventListener("click", more);
Object.assign(reading, deeds);
outbox.send();
undo.arrive();
