"""Who is to judge what: the lead's assignments, and the next edge for a person."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from retold.model import digest
from retold.store import counts, fields, history, saving
from retold.store.errors import Invalid, Row

Order = Literal["story_order", "most_suggestions", "least_agreed"]
STORY_ORDER = "c.source_article_id, c.article_id, c.position, c.id"
ORDERS: dict[Order, str] = {
    "story_order": STORY_ORDER,
    "most_suggestions": f"c.suggestions desc, {STORY_ORDER}",
    "least_agreed": f"disputed desc, judges desc, {STORY_ORDER}",
}
LEASE = timedelta(minutes=15)

ASSIGNMENT: dict[str, fields.Reader] = {
    "annotator": fields.name,
    "story_id": fields.name,
    "pass": fields.one_of("blind", "assisted"),
    "annotators_per_edge": fields.integer(1, 100),
    "withdrawn": fields.integer(0, 1),
    "revision": fields.integer(1),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Edges by what one person, or everybody, did with them; ``left`` counts those still to be judged."""

    total: int
    done: int
    skipped: int
    flagged: int

    @property
    def left(self) -> int:
        return max(0, self.total - self.done - self.flagged)


def assign(connection: sqlite3.Connection, given: Any, actor: str, at: str | None = None) -> saving.Written:
    """Give a person a story to judge, change the terms, or take it back (``withdrawn``)."""
    sent = fields.read(given, ASSIGNMENT, required=("annotator", "story_id"))
    if history.one(connection, "stories", sent["story_id"]) is None:
        raise Invalid({"story_id": "No such story in this dataset. Choose one of the list."})
    revision = sent.pop("revision", None)
    id_ = "a-" + digest(sent["annotator"], sent["story_id"], length=20)
    current = history.one(connection, "assignments", id_)
    kept = {"pass": "assisted", "annotators_per_edge": 1, "withdrawn": 0}
    given = {name: value for name, value in sent.items() if value is not None}  # null is for "as it stands"
    row = {name: current[name] if current else value for name, value in kept.items()} | given | {"assigned_by": actor}
    return saving.save(connection, "assignments", id_, row, current, revision, at, actor=actor)


def assignments(connection: sqlite3.Connection, annotator: str | None = None) -> list[Row]:
    """Those that stand, of one person or of everybody."""
    sql = "select * from assignments where not withdrawn and (? is null or annotator = ?) order by annotator, story_id"
    return history.rows(connection, sql, [annotator, annotator])


def next_edge(
    connection: sqlite3.Connection,
    annotator: str,
    order: Order = "story_order",
    story_id: str | None = None,
    after: str | None = None,
) -> Row | None:
    """The next edge for this person, leased to them for a quarter of an hour; None when nothing is left.

    With assignments: edges of the stories assigned, as long as fewer others than ``annotators_per_edge`` judged them.
    Without: edges that nobody else judged or holds. Kept sentences come last, skipped ones after everything else.
    ``after`` leaves out the edge just shown. Expects to run inside a write transaction.
    """
    now = datetime.now(UTC)
    values = {
        "me": annotator,
        "now": now.isoformat(timespec="seconds"),
        "story": story_id,
        "after": after,
        "assigned": int(bool(assignments(connection, annotator))),
    }
    among = _among_stories if values["assigned"] or story_id else _among_all
    found = among(connection, order, values)
    if found is None:
        return None
    until = (now + LEASE).isoformat(timespec="seconds")
    connection.execute("delete from leases where annotator = ? or until < ?", [annotator, values["now"]])
    connection.execute("insert or replace into leases values (?, ?, ?)", [found["id"], annotator, until])
    return found


def progress(connection: sqlite3.Connection, annotator: str | None = None) -> Progress:
    """How far one person is, or everybody together (an edge counts as done once anybody did it)."""
    total = sum(n for operation, n in counts.by_key(connection, "operation").items() if operation != "kept")
    sql = """
        select d.status, count(distinct d.change_id) from decisions d join changes c on c.id = d.change_id
        where not c.retired and c.operation <> 'kept' and not d.withdrawn and (? is null or d.annotator = ?)
        group by d.status
    """
    found = {status: n for status, n in connection.execute(sql, [annotator, annotator])}
    return Progress(total, *(found.get(status, 0) for status in ("done", "skipped", "flagged")))


def _among_stories(connection: sqlite3.Connection, order: Order, values: Row) -> Row | None:
    """The next edge of the stories that are assigned or asked for: all of theirs are looked at, and no others."""
    sql = f"""
        with wanted as (
          select distinct s.id from stories s
          where (s.id = :story or :story is null) and (not :assigned or s.id in
            (select story_id from assignments where annotator = :me and not withdrawn))
        )
        select {_COLUMNS} from wanted w cross join articles a on a.story_id = w.id
        cross join changes c on c.article_id = a.id
        left join assignments s on s.annotator = :me and s.story_id = a.story_id and not s.withdrawn
        where {_OPEN} and coalesce({_MINE}, 'skipped') = 'skipped'
          and {_JUDGES} < coalesce(s.annotators_per_edge, 1)
          and (coalesce(s.annotators_per_edge, 1) > 1 or not {_HELD})
        order by {_MINE} is not null, c.operation = 'kept', {ORDERS[order]} limit 1
    """
    return next(iter(history.rows(connection, sql, values)), None)


def _among_all(connection: sqlite3.Connection, order: Order, values: Row) -> Row | None:
    """The next edge of the whole dataset for somebody without assignments, whom an edge that others judged never gets.

    Each step walks an index in the order wanted and stops at the first edge that will do, where one query for all of it
    would sort the dataset.
    """
    # Without others' judgements there is nothing to agree or differ on.
    by = ORDERS["story_order" if order == "least_agreed" else order]
    fresh = f"{_OPEN} and {_MINE} is null"
    steps = [f"{_EVERY} where {fresh} and c.operation <> 'kept'", f"{_EVERY} where {fresh} and c.operation = 'kept'"]
    if order == "most_suggestions":
        steps.insert(0, f"{_EVERY} where {fresh} and c.operation <> 'kept' and c.suggestions > 0")
    steps.append(f"decisions m cross join changes c on c.id = m.change_id {_OF_MINE} and {_OPEN}")
    for n, step in enumerate(steps, 1):
        last = "c.operation = 'kept', " if n == len(steps) else ""
        sql = f"""
            select {_COLUMNS} from {step} and {_JUDGES} = 0 and not {_HELD} order by {last}{by} limit 1
        """
        if found := history.rows(connection, sql, values):
            return found[0]
    return None


_EVERY = "changes c cross join articles a on a.id = c.article_id left join assignments s on false"
_OF_MINE = """
    cross join articles a on a.id = c.article_id left join assignments s on false
    where m.annotator = :me and m.status = 'skipped' and not m.withdrawn
"""
_OPEN = "not c.retired and c.derivation_id is not null and (:after is null or c.id <> :after)"
_MINE = "(select status from decisions d where d.change_id = c.id and d.annotator = :me and not d.withdrawn)"
_HELD = "exists (select 1 from leases l where l.change_id = c.id and l.annotator <> :me and l.until >= :now)"
# Besides this person: how many marked the edge done or annotated it.
_JUDGES = """(select count(*) from (
      select d.annotator from decisions d
      where d.change_id = c.id and d.annotator <> :me and d.status = 'done' and not d.withdrawn
      union select n.annotator from annotations n
      where n.change_id = c.id and n.annotator <> :me and not n.withdrawn))"""
_DISPUTED = """exists (select 1 from annotations n where n.change_id = c.id and not n.withdrawn
      group by n.label having sum(n.verdict <> 'rejected') and sum(n.verdict = 'rejected'))"""
_COLUMNS = f"""c.id, c.source_article_id, c.article_id, c.operation, a.story_id, {_JUDGES} as judges,
      {_DISPUTED} as disputed, coalesce(s.pass, 'assisted') as pass"""
