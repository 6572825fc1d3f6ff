// Which key does what: defaults, what a person changed, and the dialog that lists and rebinds them.

import { element } from "./dialogs.js";

const STORE = "retold:keys";

const DEFAULTS = {
  next: ["j", "next edge"],
  previous: ["k", "previous edge"],
  accept: ["1", "accept suggestion 1 (2 to 9 for the others)", "digit"],
  reject: ["Shift+1", "reject suggestion 1 (2 to 9 for the others)", "digit"],
  label: ["l", "add a label by typing"],
  operation: ["o", "correct the operation"],
  evidence: ["e", "choose evidence on the wire side, word by word"],
  evidence2: ["Shift+e", "choose evidence on the retelling’s side"],
  sentences: ["m", "join or part: pick the sentences that belong together"],
  comment: ["c", "comment"],
  skip: ["s", "skip, next edge"],
  flag: ["f", "flag with a note"],
  done: ["d", "done, next edge"],
  undo: ["u", "undo"],
  redo: ["Shift+u", "redo"],
  view: ["v", "side by side or inline"],
  keys: ["?", "this list"],
};
const WRITES = new Set(["accept", "reject", "label", "operation", "evidence", "evidence2", "sentences", "comment", "skip", "flag", "done", "undo", "redo"]);

function changed() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "{}");
  } catch {
    return {};
  }
}

export const bound = (name) => changed()[name] || DEFAULTS[name][0];

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const digit = /^Digit([1-9])$/.exec(event.code);
  if (digit) return (event.shiftKey ? "Shift+" : "") + digit[1];
  if (event.key === "?") return "?";
  return (event.shiftKey && event.key.length === 1 ? "Shift+" : "") + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** Calls `deeds[name](n)` for every key pressed outside of fields and dialogs. */
export function listen(deeds) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.closest?.("input, textarea, select, dialog, navigation-search")) return;
    const key = pressed(event);
    const digit = /^(Shift\+)?([1-9])$/.exec(key);
    const name = digit ? (digit[1] ? "reject" : "accept") : Object.keys(DEFAULTS).find((one) => bound(one) === key);
    if (!name || !deeds[name]) return;
    event.preventDefault();
    deeds[name](digit ? Number(digit[2]) : undefined);
  });
}

/** The list of keys, as the content of a dialog; `write` says whether those that change data are of use here. */
export function list(write) {
  const rows = Object.entries(DEFAULTS).filter(([name]) => write || !WRITES.has(name));
  return element("dl", {}, rows.flatMap(([name, [, what, fixed]]) => {
    const key = element("kbd", {}, bound(name));
    const change = element("button", { type: "button", class: "aslink", "aria-label": `change the key for: ${what}` }, "change");
    change.addEventListener("click", () => rebind(name, key, change));
    return [element("dt", {}, [key]), element("dd", {}, fixed ? what : [what + " ", change])];
  }));
}

function rebind(name, key, button) {
  button.textContent = "press a key";
  button.addEventListener("keydown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const wanted = pressed(event);
    if (["Shift", "Escape", "Tab", "Enter", ""].includes(wanted)) {
      if (event.key !== "Shift") button.textContent = "change";
      return wanted === "Shift" ? rebind(name, key, button) : undefined;
    }
    const holder = Object.keys(DEFAULTS).find((one) => one !== name && bound(one) === wanted);
    if (holder || /^(Shift\+)?[1-9]$/.test(wanted)) {
      button.textContent = `taken: ${holder ? DEFAULTS[holder][1] : "suggestions"}`;
      return undefined;
    }
    localStorage.setItem(STORE, JSON.stringify({ ...changed(), [name]: wanted }));
    key.textContent = wanted;
    button.textContent = "change";
    return undefined;
  }, { once: true });
}
