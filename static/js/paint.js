// What the page shows of one's own rows: pressed buttons, marks, status, the line that says whether all is saved.

import { element } from "./dialogs.js";

const SIGNS = { accepted: "✓", rejected: "✗", added: "+" };
const status = document.getElementById("saved");
const voice = element("p", { class: "sr", role: "status" });
document.body.append(voice);

export function saved(state, text) {
  status.className = state;
  status.textContent = text;
}

/** Says something to people who cannot see it happen. */
export function tell(text) {
  voice.textContent = text;
}

const find = (edge, row) => [...edge.querySelectorAll("[data-row]")].find((one) => one.dataset.row === row);

/** Shows what an item in the outbox will do, marked as not saved yet. */
export function paintPending(item) {
  const edge = document.getElementById(item.change_id);
  if (!edge) return;
  const withdrawn = ["withdrawn", "undecided"].includes(item.wish.to);
  show(edge, item, { ...item.wish, verdict: item.wish.to, status: item.wish.to, withdrawn });
  find(edge, item.row)?.classList.add("pending");
}

/** Shows a row as the server answered it; null takes back what was shown of a wish that came to nothing. */
export function paint(item, row) {
  const edge = document.getElementById(item.change_id);
  if (!edge) return;
  show(edge, item, row || { ...item.wish, withdrawn: true });
  find(edge, item.row)?.classList.remove("pending");
  if (row && !edge.querySelector(".history")) {
    edge.querySelector(".notes").append(element("details", { class: "history" }, [element("summary", {}, "history")]));
  }
}

function show(edge, item, row) {
  if (item.row.startsWith("d:")) decision(edge, row);
  else if (item.row.startsWith("m:")) comment(edge, item, row);
  else if (item.row.startsWith("r:")) correction(edge, item, row);
  else if (item.row.startsWith("s:")) suggestion(find(edge, item.row), row);
  else own(edge, item, row);
}

function decision(edge, row) {
  const state = row.withdrawn ? "" : row.status;
  edge.dataset.status = state;
  edge.classList.toggle("decided", state === "done");
  const line = edge.querySelector(".sum");
  let shown = line.querySelector(".status");
  if (!shown) line.append((shown = element("span", { class: "status" })));
  shown.textContent = state && row.operation ? `${state}, you: ${row.operation}` : state;
  if (!state) shown.remove();
  line.querySelector(".own")?.remove();
  edge.querySelector('.deeds [value^="done"], .deeds [value^="undecide"]').setAttribute("aria-pressed", String(state === "done"));
  remark(edge, edge.querySelector(".marks"), "own-comment", row.comment);
  if (counter) counter.textContent = count();
}

/** A list of an edge, made where the page had no need of it yet. */
function listOf(edge, name) {
  const there = edge.querySelector(`.${name}`);
  if (there) return there;
  const made = element("ul", { class: name });
  edge.querySelector(".marks").after(made);
  return made;
}

const button = (value, text) => element("button", { class: "aslink", name: "action", value }, text);

function comment(edge, item, row) {
  let said = find(edge, item.row);
  if (!said) {
    said = element("li", { "data-own": "1", class: row.parent_id ? "depth-1" : "depth-0" });
    said.dataset.row = item.row;
    const parent = row.parent_id && edge.querySelector(`[data-comment="${row.parent_id}"]`);
    if (parent) parent.after(said);
    else listOf(edge, "comments").append(said);
  }
  const text = row.text ?? item.wish.text ?? said.querySelector(".said")?.textContent;
  if (row.id) said.dataset.comment = row.id;
  const words = row.withdrawn ? element("span", { class: "quiet" }, "taken back") : element("span", { class: "said", dir: "auto" }, text || "");
  said.replaceChildren(element("b", {}, "you"), " ", words, " ");
  if (!row.withdrawn) said.append(...(row.id ? [button("answer", "answer"), " "] : []), button("withdraw", "take back"));
}

function correction(edge, item, row) {
  let mark = find(edge, item.row);
  if (row.withdrawn) return mark?.remove();
  if (mark || !item.wish.texts) return undefined;
  mark = element("li", { "data-own": "1" });
  mark.dataset.row = item.row;
  const [before, after] = item.wish.texts.map((text) => element("q", { dir: "auto" }, text || "nothing"));
  mark.append(element("span", { class: "quiet" }, "you read this as: "), before, " → ", after, " ", button("withdraw", "withdraw"));
  return listOf(edge, "corrections").append(mark);
}

/** Counted on the page, so with a filter on it goes up and down from what the server said. */
const shown = () => document.querySelectorAll(".edge.decided").length;
const counter = document.getElementById("decided");
const base = counter ? Number(counter.textContent) - shown() : 0;
const count = () => base + shown();

function suggestion(item, row) {
  if (!item) return;
  const verdict = row.withdrawn ? "" : row.verdict;
  item.classList.remove("accepted", "rejected");
  if (verdict) item.classList.add(verdict);
  for (const button of item.querySelectorAll("button[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.value.startsWith(`${verdict}:`)));
  }
  withdraw(item, item.querySelector(".buttons"), Boolean(verdict));
  remark(item, item, "", row.comment);
}

function own(edge, item, row) {
  let mark = find(edge, item.row);
  if (row.withdrawn) return mark?.remove();
  if (!mark) {
    mark = element("li", { "data-own": "1", "data-label": row.label });
    mark.dataset.row = item.row;
    edge.querySelector(".marks").append(mark);
  }
  const option = [...document.getElementById("labels").content.querySelectorAll("option")].find((one) => one.value === row.label);
  mark.dataset.verdict = row.verdict;
  for (const [name, start, end] of [["source", row.source_start, row.source_end], ["article", row.start, row.end]]) {
    if (start !== undefined && start !== null) mark.dataset[name] = `${start},${end}`;
  }
  mark.replaceChildren(element("span", { class: `verdict ${row.verdict}` }, `${SIGNS[row.verdict]} ${row.verdict}`), " ", element("b", {}, option ? option.textContent : row.label), " ");
  remark(mark, mark, "", row.comment);
  withdraw(mark, mark, true);
  return undefined;
}

function withdraw(item, place, wanted) {
  const there = [...item.querySelectorAll("button")].find((one) => one.value.startsWith("withdraw"));
  if (wanted && !there) place.append(element("button", { class: "aslink", name: "action", value: "withdraw" }, "withdraw"));
  if (!wanted) there?.remove();
}

function remark(within, place, name, text) {
  const known = [...within.querySelectorAll("q.comment")].find((one) => !name || one.dataset.name === name);
  if (!text) return;
  if (known) known.textContent = text;
  else if (name) place.append(element("li", { class: "decision" }, [element("q", { class: "comment", "data-name": name }, text)]));
  else place.append(element("q", { class: "comment" }, text));
}
