// One edge after the other: the next one is fetched when this one is saved, and put in its place.

import { adopt, outbox } from "./annotate.js";
import { page, renew } from "./compare.js";
import { tell } from "./paint.js";

const next = () => document.getElementById("queue").dataset.next;
const address = (edge) => `${next()}&edge=${encodeURIComponent(edge.id)}#${edge.id}`;

/** Whoever types on while the next edge is on its way types into that one: see `on` in annotate.js. */
page.advance = (edge) => {
  page.moving ??= onward(edge).finally(() => (page.moving = null));
};

async function onward(edge) {
  try {
    await outbox.drained(); // or the server would hand out the same edge
    const url = `${next()}&after=${encodeURIComponent(edge.id)}`;
    const answer = await fetch(url);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && fresh.getElementById("edges")) show(fresh);
    else location.assign(url);
  } catch {
    tell("Kept in this browser. The next edge comes when the server answers: press d again.");
  }
}

function show(fresh) {
  const box = document.importNode(fresh.getElementById("queue"), true);
  const list = box.querySelector("#edges");
  for (const { name, value } of list.attributes) page.list.setAttribute(name, value);
  page.list.classList.add("js");
  page.list.replaceChildren(...list.children);
  list.replaceWith(page.list);
  document.getElementById("queue").replaceWith(box);
  const told = document.importNode(fresh.getElementById("progress"), true);
  told.querySelector("#saved").replaceWith(document.getElementById("saved"));
  document.getElementById("progress").replaceWith(told);
  document.querySelector("#top .where").replaceWith(document.importNode(fresh.querySelector("#top .where"), true));
  document.title = fresh.title;
  renew();
  adopt();
  arrive();
}

function arrive() {
  const [edge] = page.edges;
  history.replaceState(history.state, "", address(edge));
  edge.focus({ preventScroll: true });
  page.mark(edge);
  edge.scrollIntoView({ block: "nearest" });
}

arrive();
