// Dialogs of the compare page. All text goes in as text, never as markup.

/** An element with attributes and children; strings become text nodes. */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  made.append(...[children].flat());
  return made;
}

/** Opens a modal dialog and resolves to the value of the button that closed it, "" when it was dismissed. */
export function ask(title, content, buttons) {
  const heading = element("h2", { id: "dialog-title" }, title);
  const row = element("div", { class: "row" }, buttons.map(([value, text]) => element("button", { value }, text)));
  const form = element("form", { method: "dialog" }, [heading, ...[content].flat(), row]);
  const dialog = element("dialog", { class: "ours", "aria-labelledby": "dialog-title" }, [form]);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const value = dialog.returnValue;
      dialog.remove();
      resolve(value);
    });
    dialog.showModal();
  });
}

/** A list to choose from by typing: resolves to `{value, ...fields}` or null. `options` are `{value, text, more}`. */
export async function choose(title, options, fields = []) {
  let open = options;
  let at = 0;
  const input = element("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "choices", "aria-autocomplete": "list", "aria-label": title, autocomplete: "off" });
  const list = element("div", { class: "choices", id: "choices", role: "listbox", "aria-label": title });
  const draw = () => {
    const typed = input.value.trim().toLowerCase();
    open = options.filter((one) => !typed || one.text.toLowerCase().includes(typed) || String(options.indexOf(one) + 1) === typed);
    at = Math.min(at, Math.max(0, open.length - 1));
    list.replaceChildren(...open.map((one, n) => row(one, n)));
    input.setAttribute("aria-activedescendant", open.length ? `choice-${at}` : "");
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  const row = (one, n) => {
    const made = element("div", { role: "option", id: `choice-${n}`, "aria-selected": String(n === at) }, [
      element("b", {}, one.text), element("span", { class: "quiet" }, one.more ? ` ${one.more}` : ""),
    ]);
    made.addEventListener("click", () => { at = n; draw(); });
    return made;
  };
  input.addEventListener("input", () => { at = 0; draw(); });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !open.length) return;
    event.preventDefault();
    at = (at + step + open.length) % open.length;
    draw();
  });
  draw();
  const answer = await ask(title, [input, list, ...fields], [["ok", "save"], ["", "cancel"]]);
  return answer === "ok" && open.length ? open[at].value : null;
}

/** One labelled field; `value()` reads it. */
export function field(label, control) {
  const made = element("label", {}, [label, control]);
  return { made, value: () => control.value };
}

/** Two versions of one row beside each other; resolves to "mine", "theirs" or "". */
export function versions(mine, current) {
  const told = (row, heading) => element("div", {}, [
    element("h3", {}, heading),
    element("dl", {}, ["verdict", "status", "label", "operation", "comment", "updated"].flatMap((name) =>
      row[name] ? [element("dt", {}, name), element("dd", {}, String(row[name]).replaceAll("_", " "))] : [])),
    row.withdrawn ? element("p", {}, "withdrawn") : "",
  ]);
  return ask("This was changed in another window", [
    element("p", {}, "Nothing was overwritten. Choose which of the two stays."),
    element("div", { class: "versions" }, [told(mine, "What you just entered"), told(current, "What is stored now")]),
  ], [["theirs", "keep what is stored"], ["mine", "save what I entered"]]);
}
