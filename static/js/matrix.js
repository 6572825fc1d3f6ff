// The fate matrix: both texts beside the cell that has the pointer or the focus. Without this script the cell's title says the same.

const peek = document.createElement("div");
peek.className = "peek";
peek.hidden = true;
peek.setAttribute("role", "tooltip");
peek.id = "peek";
document.body.append(peek);

function line(tag, text, name) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.dir = "auto";
  made.textContent = text;
  return made;
}

function show(cell) {
  const row = cell.closest("tr");
  const told = cell.dataset.told ?? (cell.dataset.told = cell.title);
  cell.removeAttribute("title");
  const [what, ...rest] = told.split(": ");
  peek.replaceChildren(line("p", "wire", "kicker"), line("p", row.querySelector("th .text").textContent));
  peek.append(line("p", what, "kicker"));
  if (rest.length) peek.append(line("p", rest.join(": ")));
  peek.hidden = false;
  cell.setAttribute("aria-describedby", "peek");
  const box = cell.getBoundingClientRect();
  const below = box.bottom + 8 + peek.offsetHeight < window.innerHeight;
  peek.style.top = `${window.scrollY + (below ? box.bottom + 8 : Math.max(0, box.top - 8 - peek.offsetHeight))}px`;
  peek.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - peek.offsetWidth - 8))}px`;
}

function hide() {
  peek.hidden = true;
}

for (const table of document.querySelectorAll("table.fate tbody")) {
  for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    table.addEventListener(start, (event) => {
      const cell = event.target.closest("td a");
      if (cell) show(cell);
    });
    table.addEventListener(end, hide);
  }
}
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
