// Texts on the page and offsets in the database: the database counts code points, browsers count UTF-16 units.

const points = (text) => Array.from(text).length;

/** The code point offset, in the article, of a place in the page; null outside article text. */
export function offsetOf(node, at) {
  const part = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!part) return null;
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(node, at);
  return Number(part.dataset.start) + points(before.toString());
}

/** A Range over the code points start..end of one side of an edge, clipped to what is shown; null if none is. */
export function rangeOf(side, start, end) {
  const range = document.createRange();
  let begun = false;
  for (const part of side.querySelectorAll("[data-start]")) {
    let at = Number(part.dataset.start);
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = points(node.data);
      if (!begun && start < at + length && end > at) {
        range.setStart(node, unit(node.data, start - at));
        begun = true;
      }
      if (begun && end > at) range.setEnd(node, unit(node.data, end - at));
      at += length;
    }
  }
  return begun ? range : null;
}

function unit(text, point) {
  return Array.from(text).slice(0, Math.max(0, point)).join("").length;
}

/** What is selected with the mouse or by touch inside one edge: offsets by side, empty if nothing is. */
export function selected(edge) {
  const chosen = window.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return {};
  const range = chosen.getRangeAt(0);
  const side = (range.startContainer.parentElement || edge).closest(".src, .art");
  if (!side || !edge.contains(side) || !side.contains(range.endContainer)) return {};
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? {} : evidence(side, start, end);
}

export function evidence(side, start, end) {
  return side.classList.contains("src") ? { source_start: start, source_end: end } : { start, end };
}

/** The words of one side as code point offsets. */
export function words(side) {
  const found = [];
  for (const part of side.querySelectorAll("[data-start]")) {
    const text = part.textContent;
    for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*(?<![.,])|[^\s\p{L}\p{N}]/gu)) {
      const start = Number(part.dataset.start) + points(text.slice(0, match.index));
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
