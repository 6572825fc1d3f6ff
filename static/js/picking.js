// Choosing evidence word by word with the keyboard: arrows move, Shift extends, Enter takes, Escape leaves.

import { evidence, highlight, rangeOf, words } from "./text.js";

/** Resolves to `{source_start, source_end}` or `{start, end}`, or to {} if nothing was chosen. */
export function pick(side, tell) {
  const found = side ? words(side) : [];
  if (!found.length) {
    tell("There are no words on this side");
    return Promise.resolve({});
  }
  let anchor = 0;
  let head = 0;
  const span = () => [found[Math.min(anchor, head)].start, found[Math.max(anchor, head)].end];
  const draw = () => {
    const range = rangeOf(side, ...span());
    highlight("picking", [range]);
    tell(range.toString());
  };
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8, Home: -Infinity, End: Infinity };
  draw();
  return new Promise((resolve) => {
    const press = (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.key in step) {
        head = Math.max(0, Math.min(found.length - 1, head + step[event.key]));
        if (!event.shiftKey) anchor = head;
        draw();
      } else if (event.key === "Enter" || event.key === "Escape") {
        document.removeEventListener("keydown", press, true);
        if (event.key === "Escape") highlight("picking", []);
        tell(event.key === "Enter" ? "Chosen. Press l to add a label." : "Nothing chosen");
        resolve(event.key === "Enter" ? evidence(side, ...span()) : {});
      }
    };
    document.addEventListener("keydown", press, true);
  });
}
