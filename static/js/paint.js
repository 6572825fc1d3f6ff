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
  show(edge, item, { ...item.wish, verdict: item.wish.to, status: item.wish.to, withdrawn: item.wish.to === "withdrawn" });
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
  else if (item.row.startsWith("s:")) suggestion(find(edge, item.row), row);
  else own(edge, item, row);
}

function decision(edge, row) {
  edge.dataset.status = row.status;
  edge.classList.toggle("decided", row.status === "done");
  const line = edge.querySelector(".sum");
  let shown = line.querySelector(".status");
  if (!shown) line.append((shown = element("span", { class: "status" })));
  shown.textContent = row.operation ? `${row.status}, you: ${row.operation}` : row.status;
  line.querySelector(".own")?.remove();
  edge.querySelector(".deeds button").setAttribute("aria-pressed", String(row.status === "done"));
  remark(edge, edge.querySelector(".marks"), "own-comment", row.comment);
  document.getElementById("decided").textContent = count();
}

/** Counted on the page, so with a filter on it goes up and down from what the server said. */
const shown = () => document.querySelectorAll(".edge.decided").length;
const base = Number(document.getElementById("decided").textContent) - shown();
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
