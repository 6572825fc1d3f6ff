// Undo and redo of one's own deeds, kept for the tab's life across pages. Undoing is a deed like any other: it is
// sent, recorded and can itself be undone; nothing is deleted.

export class Undo {
  constructor(actor, put) {
    this.key = `retold:undo:${actor}`;
    this.put = put;
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) || { done: [], undone: [] };
    } catch {
      return { done: [], undone: [] };
    }
  }

  write(state) {
    sessionStorage.setItem(this.key, JSON.stringify({ done: state.done.slice(-200), undone: state.undone.slice(-200) }));
  }

  push(forward, back) {
    this.write({ done: [...this.read().done, { forward, back, page: location.pathname + location.search }], undone: [] });
  }

  undo() {
    return this.step("done", "undone", "back");
  }

  redo() {
    return this.step("undone", "done", "forward");
  }

  /** Carries out what was meant on the page before. */
  arrive() {
    const meant = sessionStorage.getItem(`${this.key}:meant`);
    sessionStorage.removeItem(`${this.key}:meant`);
    const deed = meant && this.read()[meant === "undo" ? "done" : "undone"].at(-1);
    if (deed && document.getElementById(deed.forward.change_id)) this[meant]();
  }

  /** Takes one deed from a stack and carries it out; one made on another page is carried out there, after going. */
  step(from, to, which) {
    const state = this.read();
    const deed = state[from].pop();
    if (!deed) return false;
    if (!document.getElementById(deed.forward.change_id)) {
      sessionStorage.setItem(`${this.key}:meant`, which === "back" ? "undo" : "redo");
      location.assign(`${deed.page}#${deed.forward.change_id}`);
      return true;
    }
    state[to].push(deed);
    this.write(state);
    this.put(deed[which], false);
    document.getElementById(deed.forward.change_id)?.scrollIntoView({ block: "center" });
    return true;
  }
}
