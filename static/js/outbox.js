// Every decision goes through here: written to the browser's storage first, then sent in order, one at a time.
// Closing the tab, losing the network or restarting the server loses nothing; the server takes a repeated request
// for what it already holds, so an answer that got lost on the way does no harm either.

const RETRY = 3000;
const KINDS = ["annotation", "decision", "comment", "realignment", "adjudication"]; // what an answer holds the row under

export class Outbox {
  /** `on` is called with (event, item, detail): waiting, saved, failed, refused, stale. */
  constructor(actor, root, on) {
    this.key = `retold:outbox:${actor}`;
    this.root = root;
    this.on = on;
    this.stopped = false;
    this.waiting = [];
    this.others = window.BroadcastChannel && new BroadcastChannel(this.key);
    if (this.others) this.others.onmessage = ({ data }) => this.on("saved", data.item, data.row);
    window.addEventListener("online", () => this.send());
    window.addEventListener("storage", (event) => event.key === this.key && this.on("waiting"));
  }

  items() {
    try {
      return JSON.parse(localStorage.getItem(this.key) || "[]");
    } catch {
      return [];
    }
  }

  store(items) {
    localStorage.setItem(this.key, JSON.stringify(items));
  }

  /** `row` names what the item writes to, so that a later item on the same row continues from its answer. */
  add(item) {
    this.store([...this.items(), { ...item, ticket: crypto.randomUUID?.() ?? String(Date.now() + Math.random()) }]);
    this.on("waiting", item);
    this.send();
  }

  drop(ticket) {
    this.store(this.items().filter((item) => item.ticket !== ticket));
  }

  /** After a stale write: the person chose their own version over the one that `current` shows. */
  overwrite(ticket, current) {
    this.store(this.items().map((item) => (item.ticket === ticket ? continued(item, current) : item)));
  }

  /** Settles when everything is sent; rejects when it cannot be now. */
  drained() {
    if (!this.items().length) return Promise.resolve();
    if (this.stopped) return Promise.reject(new Error("waiting for a choice"));
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  settle(how) {
    for (const one of this.waiting.splice(0)) one[how]();
  }

  resume() {
    this.stopped = false;
    this.send();
  }

  async send() {
    if (this.sending || this.stopped) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      this.last = "reject";
      if (navigator.locks) await navigator.locks.request(this.key, () => this.drain());
      else await this.drain();
    } finally {
      this.sending = false;
    }
    if (this.items().length && this.last === "resolve") return this.send(); // added just as the last one was sent
    this.settle(this.last);
    if (!this.stopped && this.items().length) this.timer = setTimeout(() => this.send(), RETRY);
  }

  async drain() {
    for (let item = this.items()[0]; item && !this.stopped; item = this.items()[0]) {
      const answer = await this.post(item);
      if (!answer) return this.on("failed", item, "no answer from the server");
      if (answer.status >= 500 || answer.status === 429) return this.on("failed", item, answer.body.error || `the server answered ${answer.status}`);
      if (answer.status === 409 || answer.status >= 400) {
        this.stopped = true;
        return this.on(answer.status === 409 ? "stale" : "refused", item, answer.body);
      }
      const row = KINDS.map((kind) => answer.body[kind]).find(Boolean);
      const rest = this.items().filter((one) => one.ticket !== item.ticket);
      this.store(rest.map((one) => (one.row === item.row ? continued(one, row) : one)));
      this.on("saved", item, row);
      this.others?.postMessage({ item, row });
    }
    this.last = "resolve";
    this.on("idle");
    return undefined;
  }

  async post(item) {
    try {
      const response = await fetch(this.root + item.path.replace("{id}", encodeURIComponent(item.id || "")), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(item.body),
      });
      const body = await response.json().catch(() => ({ error: `the server answered ${response.status}` }));
      return { status: response.status, body };
    } catch {
      return null;
    }
  }
}

function continued(item, row) {
  return { ...item, id: row.id, body: { ...item.body, revision: row.revision } };
}
