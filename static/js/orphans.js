// Orphans by key: j and k travel, a digit presses the button of that candidate. The forms work without this script.

import { listen } from "./keys.js";

const orphans = [...document.querySelectorAll("#orphans > .orphan")];
const list = document.getElementById("orphans");
let current = null;

function mark(one) {
  current?.classList.remove("on");
  current = one;
  current?.classList.add("on");
}

function go(step) {
  const at = orphans.indexOf(current);
  const next = orphans[at < 0 ? 0 : Math.min(orphans.length - 1, Math.max(0, at + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}

list.classList.add("js");
list.addEventListener("focusin", (event) => mark(event.target.closest(".orphan")));
listen({
  next: () => go(1),
  previous: () => go(-1),
  accept: (n) => (current ? current.querySelectorAll("form.candidate button")[n - 1]?.click() : go(1)),
});
