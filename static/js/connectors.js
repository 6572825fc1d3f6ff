// Lines between the columns, for the focused edge and for moved ones only: anything more would be a tangle.

const SVG = "http://www.w3.org/2000/svg";

/** Draws them anew. A moved edge has a dotted line to the edge that it follows in the wire. */
export function connect(list, focused) {
  list.querySelector(":scope > .connectors")?.remove();
  const wide = matchMedia("(min-width: 52.01rem)").matches;
  if (!wide || !list.querySelector(".src")) return;
  const box = list.getBoundingClientRect();
  const lines = [...list.querySelectorAll(".edge.moved[data-after]")].map((edge) => moved(edge, focused, box));
  if (focused) lines.push(across(focused, box));
  const paths = lines.filter(Boolean);
  if (!paths.length) return;
  const holder = document.createElement("li");
  holder.className = "connectors";
  holder.setAttribute("aria-hidden", "true");
  const svg = document.createElementNS(SVG, "svg");
  svg.append(...paths);
  holder.append(svg);
  list.append(holder);
}

function path(d, kind) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("d", d);
  made.setAttribute("class", kind);
  return made;
}

function across(edge, box) {
  const [left, right] = [".src > p[dir]", ".art > p[dir]"].map((where) => edge.querySelector(where)?.getBoundingClientRect());
  if (!left || !right) return null;
  const y = left.top - box.top + 14;
  const from = edge.querySelector(".src").getBoundingClientRect().right - box.left + 6;
  return path(`M${from} ${y}H${right.left - box.left - 8}`, "focused");
}

/** In the gap between the columns, from the moved edge to the one that it follows in the wire. */
function moved(edge, focused, box) {
  const before = document.getElementById(edge.dataset.after);
  if (!before) return null;
  const x = edge.querySelector(".src").getBoundingClientRect().right - box.left;
  const [from, to] = [edge, before].map((one) => one.getBoundingClientRect().top - box.top + 24);
  return path(`M${x + 10} ${from}h14V${to}h-14l5 -4m-5 4l5 4`, edge === focused ? "moved on" : "moved");
}
