// Texts on the page and offsets in the database: the database counts code points, browsers count UTF-16 units.

const points = (text) => Array.from(text).length;

/** One article's text within an edge: `{root, key, source}`, `key` naming the data attribute with offsets into it.
 *  Side by side each article has its own element; in the one-column view both share one. Null where it has no text. */
export function sideOf(edge, name) {
  const source = name === "source";
  const shared = edge.querySelector(".one > p");
  const root = shared || edge.querySelector(source ? ".src > p[dir]" : ".art > p[dir]");
  return root && { root, key: shared && source ? "sourceStart" : "start", source };
}

const partsOf = ({ root, key }) => [...root.querySelectorAll("[data-start], [data-source-start]")].filter((part) => key in part.dataset);

/** A Range over the code points start..end of one side, clipped to what is shown; null if none is. */
export function rangeOf(side, start, end) {
  const range = document.createRange();
  let begun = false;
  for (const part of partsOf(side)) {
    let at = Number(part.dataset[side.key]);
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = points(node.data);
      if (!begun && start < at + length && end > at) {
        range.setStart(node, unit(node.data, start - at));
        begun = true;
      }
      if (begun && end > at && start < at + length) range.setEnd(node, unit(node.data, end - at));
      at += length;
    }
  }
  return begun ? range : null;
}

function unit(text, point) {
  return Array.from(text).slice(0, Math.max(0, point)).join("").length;
}

/** The code point offset, in the article, of a place in the page; null outside that side's text. */
function offsetOf(side, node, at) {
  const part = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start], [data-source-start]");
  if (!part || !(side.key in part.dataset)) return null;
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(node, at);
  return Number(part.dataset[side.key]) + points(before.toString());
}

/** What is selected with the mouse or by touch inside one edge: offsets by side, empty if nothing is.
 *  In the one-column view words that both articles share count for the retelling. */
export function selected(edge) {
  const chosen = window.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return {};
  const range = chosen.getRangeAt(0);
  for (const side of [sideOf(edge, "article"), sideOf(edge, "source")]) {
    if (!side?.root.contains(range.startContainer) || !side.root.contains(range.endContainer)) continue;
    const start = offsetOf(side, range.startContainer, range.startOffset);
    const end = offsetOf(side, range.endContainer, range.endOffset);
    if (start !== null && end !== null && start < end) return evidence(side, start, end);
  }
  return {};
}

export function evidence(side, start, end) {
  return side.source ? { source_start: start, source_end: end } : { start, end };
}

/** The words of one side as code point offsets. */
export function words(side) {
  const found = [];
  for (const part of partsOf(side)) {
    const text = part.textContent;
    for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*(?<![.,])|[^\s\p{L}\p{N}]/gu)) {
      const start = Number(part.dataset[side.key]) + points(text.slice(0, match.index));
      found.push({ start, end: start + points(match[0]) });
    }
  }
  return found;
}

/** Marks ranges by the name of a CSS highlight; browsers without highlights show none. */
export function highlight(name, ranges) {
  if (!CSS.highlights) return;
  const real = ranges.filter(Boolean);
  if (real.length) CSS.highlights.set(name, new Highlight(...real));
  else CSS.highlights.delete(name);
}
