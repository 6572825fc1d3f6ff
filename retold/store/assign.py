"""Who is to judge what: the lead's assignments, and the next edge for a person."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from retold.model import digest
from retold.store import fields, history, saving
from retold.store.errors import Invalid, Row

Order = Literal["story_order", "most_suggestions", "least_agreed"]
ORDERS: dict[Order, str] = {
    "story_order": "c.source_article_id, c.article_id, c.position",
    "most_suggestions": "(select count(*) from suggestions s where s.change_id = c.id) desc",
    "least_agreed": "disputed desc, judges desc",
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
    found = history.rows(connection, _queue_sql(order) + " limit 1", values)
    if not found:
        return None
    until = (now + LEASE).isoformat(timespec="seconds")
    connection.execute("delete from leases where annotator = ? or until < ?", [annotator, values["now"]])
    connection.execute("insert or replace into leases values (?, ?, ?)", [found[0]["id"], annotator, until])
    return found[0]


def progress(connection: sqlite3.Connection, annotator: str | None = None) -> Progress:
    """How far one person is, or everybody together (an edge counts as done once anybody did it)."""
    total = connection.execute("select count(*) from changes where not retired and operation <> 'kept'").fetchone()[0]
    sql = """
        select d.status, count(distinct d.change_id) from decisions d join changes c on c.id = d.change_id
        where not c.retired and c.operation <> 'kept' and not d.withdrawn and (? is null or d.annotator = ?)
        group by d.status
    """
    counts = dict(connection.execute(sql, [annotator, annotator]).fetchall())
    return Progress(total, *(counts.get(status, 0) for status in ("done", "skipped", "flagged")))


def _queue_sql(order: Order) -> str:
    return f"""
        with judged as (
          select change_id, annotator from decisions where status = 'done' and not withdrawn
          union select change_id, annotator from annotations where not withdrawn
        ), mine as (
          select change_id, status from decisions where annotator = :me and not withdrawn
        ), others as (
          select change_id, count(*) as judges from judged where annotator <> :me group by change_id
        ), votes as (
          select change_id, label, sum(verdict <> 'rejected') as yes, sum(verdict = 'rejected') as no
          from annotations where not withdrawn group by change_id, label
        )
        select c.id, c.source_article_id, c.article_id, c.operation, a.story_id,
               coalesce(o.judges, 0) as judges,
               exists (select 1 from votes v where v.change_id = c.id and v.yes and v.no) as disputed,
               coalesce((select pass from assignments s where s.annotator = :me and s.story_id = a.story_id
                         and not s.withdrawn), 'assisted') as pass
        from changes c
        join articles a on a.id = c.article_id
        left join mine m on m.change_id = c.id
        left join others o on o.change_id = c.id
        left join assignments s on s.annotator = :me and s.story_id = a.story_id and not s.withdrawn
        left join leases l on l.change_id = c.id and l.annotator <> :me and l.until >= :now
        where not c.retired and c.derivation_id is not null
          and (:story is null or a.story_id = :story) and (:after is null or c.id <> :after)
          and coalesce(m.status, 'skipped') = 'skipped'
          and (s.id is not null or not :assigned)
          and coalesce(o.judges, 0) < coalesce(s.annotators_per_edge, 1)
          and (l.change_id is null or coalesce(s.annotators_per_edge, 1) > 1)
        order by m.status is not null, c.operation = 'kept', {ORDERS[order]},
                 c.source_article_id, c.article_id, c.position, c.id
    """
