// The compare page for readers: travel from edge to edge, the minimap, evidence under the pointer, history, keys.
// Everything can be read without this script; annotate.js adds what people who may annotate can do.

import { ask, element } from "./dialogs.js";
import { list as keyList, listen } from "./keys.js";
import { connect } from "./connectors.js";
import { highlight, rangeOf, sideOf } from "./text.js";

const list = document.getElementById("edges");
const edges = [...list.querySelectorAll(".edge")];
const cells = new Map([...document.querySelectorAll(".minimap a")].map((cell) => [cell.hash.slice(1), cell]));
let current = null;

/** `moving` is a promise while the queue fetches the next edge; `advance` is how it moves on, where there is a queue. */
export const page = { list, edges, focused: () => current, go, mark, root: list.dataset.root, moving: null, advance: null };

/** After the list was filled anew. */
export function renew() {
  edges.splice(0, edges.length, ...list.querySelectorAll(".edge"));
  current = null;
}

/** Makes an edge the focused one: marked, in the address, on the minimap. */
function mark(edge) {
  if (!edge || edge === current) return;
  for (const one of [current, cells.get(current?.id)]) one?.classList.remove("on");
  current = edge;
  for (const one of [edge, cells.get(edge.id)]) one?.classList.add("on");
  history.replaceState(history.state, "", `#${edge.id}`);
  connect(list, edge);
}

function go(step) {
  const at = edges.indexOf(current);
  const next = edges[at < 0 ? 0 : Math.min(edges.length - 1, Math.max(0, at + step))];
  if (!next) return;
  next.focus({ preventScroll: true });
  mark(next);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ block: next.offsetHeight > innerHeight * 0.6 ? "start" : "center", behavior: calm ? "instant" : "auto" });
}

/** Marks in both texts what a suggestion or an annotation points at. */
function pointAt(item) {
  const edge = item?.closest(".edge");
  highlight("evidence", (item ? ["source", "article"] : []).map((name) => {
    const side = item.dataset[name] && sideOf(edge, name);
    return side && rangeOf(side, ...item.dataset[name].split(",").map(Number));
  }));
}

const quoted = (text) => text && `“${text}”`;
const said = (row) => row && (row.withdrawn ? "withdrawn" : [row.verdict || row.status, row.operation, quoted(row.comment), quoted(row.text)].filter(Boolean).join(", "));

/** Who did what when on an edge, fetched when the list is opened. */
async function showHistory(details) {
  const edge = details.closest(".edge");
  const box = element("p", {}, "Loading …");
  details.replaceChildren(details.querySelector("summary"), box);
  try {
    const blind = list.dataset.pass === "blind" ? "?pass=blind" : "";
    const answer = await fetch(`${page.root}-/api/changes/${edge.id}${blind}`).then((response) => response.json());
    if (!answer.ok) throw new Error(answer.error);
    box.replaceWith(element("ol", {}, answer.events.map((event) => element("li", {}, [
      element("time", { datetime: event.at }, new Date(event.at).toLocaleString()), " ",
      element("bdi", {}, event.actor), ` ${event.action} `,
      element("b", {}, (event.after?.label || event.table_name.slice(0, -1)).replaceAll("_", " ")), ": ",
      element("bdi", {}, `${said(event.before) || "nothing"} → ${said(event.after)}`),
    ]))));
  } catch (fault) {
    box.textContent = `The history could not be loaded: ${fault.message}`;
  }
}

list.classList.add("js");
list.addEventListener("focusin", (event) => mark(event.target.closest(".edge")));
list.addEventListener("click", (event) => mark(event.target.closest(".edge")));
for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  list.addEventListener(start, (event) => pointAt(event.target.closest("[data-source], [data-article]")));
  list.addEventListener(end, () => pointAt(null));
}
list.addEventListener("toggle", (event) => event.target.open && event.target.matches(".history") && showHistory(event.target), true);

function arrive() {
  const edge = edges.find((one) => one.id === location.hash.slice(1));
  edge?.focus({ preventScroll: true });
  mark(edge);
}
addEventListener("hashchange", arrive);
addEventListener("resize", () => connect(list, current));
arrive();
if (!current) connect(list, null);

const view = document.getElementById("view");
const help = document.getElementById("help");
export const deeds = {
  next: () => go(1),
  previous: () => go(-1),
  view: () => view && location.assign(view.href + location.hash),
  keys: () => ask("Keys", keyList(Boolean(list.dataset.may)), [["", "close"]]),
};
view?.addEventListener("click", (event) => {
  event.preventDefault();
  deeds.view();
});
help.hidden = false;
help.addEventListener("click", deeds.keys);
listen(deeds);
