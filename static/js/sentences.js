// Correcting the machine's alignment: which sentences belong together. Arrows move, Space or a click takes a sentence
// in or out, Enter saves, Escape leaves. While it lasts every sentence is a checkbox to screen readers too.

const all = () => [...document.querySelectorAll("main [data-sentence]")];
const isSource = (one) => Boolean(one.closest(".src"));

/** Resolves to `{source: [ids], article: [ids], texts: [wire, retelling]}`, or null if nothing was changed. */
export function pickSentences(edge, tell) {
  const spans = all();
  if (!spans.length) {
    tell("Sentences can be picked side by side only: press v");
    return Promise.resolve(null);
  }
  const before = new Set([...edge.querySelectorAll("[data-sentence]")].map((one) => one.dataset.sentence));
  const chosen = new Set(before);
  let at = spans.find((one) => edge.contains(one)) || spans[0];
  const draw = () => {
    for (const one of spans) one.setAttribute("aria-checked", String(chosen.has(one.dataset.sentence)));
  };
  const focus = (one) => {
    if (!one) return;
    at = one;
    one.focus();
    one.scrollIntoView({ block: "nearest" });
  };
  const toggle = (one) => {
    const { sentence } = one.dataset;
    if (!chosen.delete(sentence)) chosen.add(sentence);
    draw();
    tell(`${chosen.has(sentence) ? "taken" : "left out"}; ${chosen.size} chosen`);
  };
  for (const one of spans) {
    one.setAttribute("role", "checkbox");
    one.tabIndex = -1;
  }
  document.body.classList.add("picking-sentences");
  draw();
  focus(at);
  tell("Choose sentences: arrows move, Space takes or leaves, Enter saves, Escape gives up");
  return new Promise((resolve) => {
    const leave = (answer) => {
      document.removeEventListener("keydown", press, true);
      document.removeEventListener("click", click, true);
      document.body.classList.remove("picking-sentences");
      for (const one of spans) for (const name of ["role", "tabindex", "aria-checked"]) one.removeAttribute(name);
      resolve(answer);
    };
    const result = () => {
      const taken = spans.filter((one) => chosen.has(one.dataset.sentence));
      const side = (wanted) => taken.filter((one) => isSource(one) === wanted);
      const ids = (wanted) => [...new Set(side(wanted).map((one) => one.dataset.sentence))];
      const text = (wanted) => side(wanted).map((one) => one.textContent.trim()).join(" ");
      const same = chosen.size === before.size && [...chosen].every((one) => before.has(one));
      return same || !chosen.size ? null : { source: ids(true), article: ids(false), texts: [text(true), text(false)] };
    };
    const press = (event) => {
      const mine = spans.filter((one) => isSource(one) === isSource(at));
      const other = spans.filter((one) => isSource(one) !== isSource(at));
      if (event.key === "Tab") return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "ArrowDown") focus(mine[mine.indexOf(at) + 1]);
      else if (event.key === "ArrowUp") focus(mine[mine.indexOf(at) - 1]);
      else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        if ((event.key === "ArrowRight") === isSource(at)) focus(nearest(other, at));
      } else if (event.key === " ") toggle(at);
      else if (event.key === "Enter") leave(result());
      else if (event.key === "Escape") leave(null);
    };
    const click = (event) => {
      const one = event.target.closest?.("[data-sentence]");
      if (!one) return;
      event.preventDefault();
      event.stopPropagation();
      at = one;
      toggle(one);
    };
    document.addEventListener("keydown", press, true);
    document.addEventListener("click", click, true);
  });
}

/** The sentence of the other side that stands nearest on the page. */
function nearest(others, to) {
  const top = to.getBoundingClientRect().top;
  const away = (one) => Math.abs(one.getBoundingClientRect().top - top);
  return others.reduce((best, one) => (!best || away(one) < away(best) ? one : best), null);
}
