"""What people entered about text that a rebuild cut differently: where it might belong now, and putting it there.

Article texts never change, so the offsets of an orphan's old edge, and of its evidence, still hold. Candidates are
edges of the same two articles, those that share most of that text first.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from retold.store import evidence, fields, history, saving
from retold.store.errors import Invalid, Missing, NotYours, Row

OWNER = {"annotations": "annotator", "decisions": "annotator", "comments": "annotator", "adjudications": "adjudicator"}
ONCE = {"decisions": "annotator", "adjudications": "label"}  # beside the edge, what may occur only once on it
SAME = ("suggestion_id", *evidence.OFFSETS)  # beside person, edge and label, what makes two annotations one
CANDIDATES = 5
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edge that an orphan might belong to; ``overlap`` is the share of text that both have, 0 to 1."""

    change_id: str
    overlap: float


def orphans(connection: sqlite3.Connection, person: str | None = None) -> list[tuple[str, Row]]:
    """Every orphan as ``(table, row)``, of one person or of everybody, in the order of the texts.

    What its author took back is left where it was. A comment that answers another orphaned comment goes where that one
    goes, so it is not listed by itself.
    """
    found: list[tuple[str, Row]] = []
    for table, owner in OWNER.items():
        sql = f"""
            select t.* from {table} t join changes c on c.id = t.change_id
            where t.orphaned and (:person is null or t.{owner} = :person) {_BESIDES.get(table, _STANDS)}
            order by c.source_article_id, c.article_id, c.position, t.change_id, t.created, t.id
        """
        found += [(table, row) for row in history.rows(connection, sql, {"person": person})]
    return found


_STANDS = "and not t.withdrawn"
_ROOT = "and not exists (select 1 from comments p where p.id = t.parent_id and p.orphaned and not p.withdrawn)"
_BESIDES = {"adjudications": "", "comments": f"{_STANDS} {_ROOT}"}


def candidates(connection: sqlite3.Connection, row: Row, limit: int = CANDIDATES) -> list[Candidate]:
    """The edges of the same two articles nearest to the orphan's text: largest overlap first, then in text order."""
    old = _edge(connection, row["change_id"])
    sql = """
        select id, source_start, source_end, start, "end", position from changes
        where not retired and source_article_id = ? and article_id = ? order by position, id
    """
    edges = history.rows(connection, sql, [old["source_article_id"], old["article_id"]])
    wanted = [_span(row, old, "source_"), _span(row, old, "")]
    scored = [(_overlap(wanted, edge), abs(edge["position"] - old["position"]), edge) for edge in edges]
    scored.sort(key=lambda one: (-one[0], one[1], one[2]["position"], one[2]["id"]))
    return [Candidate(edge["id"], overlap) for overlap, _, edge in scored[:limit]]


def attach(
    connection: sqlite3.Connection,
    table: str,
    id_: str,
    given: Any,
    actor: str,
    anyones: bool = False,
    at: str | None = None,
) -> saving.Written:
    """Put an orphan on an edge of the same two articles; its evidence stays where it is in the texts.

    ``given``: ``change_id`` and the ``revision`` that the person saw. One's own rows, or with ``anyones`` everybody's,
    rulings included. A comment takes the answers to it along. Repeating it is no error. Raises :class:`Missing`,
    :class:`NotYours`, :class:`Invalid` and :class:`StaleWrite`.
    """
    readers = {"change_id": fields.name, "revision": fields.integer(1)}
    sent = fields.read(given, readers, required=("change_id", "revision"))
    current = _own(connection, table, id_, actor, anyones)
    wanted = {"change_id": sent["change_id"], "orphaned": 0}
    if any(current[name] != value for name, value in wanted.items()) and current["revision"] == sent["revision"]:
        _check(connection, table, current, sent["change_id"])
    written = saving.save(
        connection, table, id_, wanted, current, sent["revision"], at, actor=actor, action="reattached"
    )
    if table == "comments":
        for answer in _answers(connection, id_):
            revision = answer["revision"]
            saving.save(connection, table, answer["id"], wanted, answer, revision, at, actor=actor, action="reattached")
    return written


def _own(connection: sqlite3.Connection, table: str, id_: str, actor: str, anyones: bool) -> Row:
    row = history.one(connection, table, id_) if table in OWNER else None
    if row is None:
        raise Missing(f"No row {id_!r} in {table!r}. Reload the page.")
    if not anyones and (table == "adjudications" or row[OWNER[table]] != actor):
        raise NotYours("This is another person's. Its author or the lead can attach it.")
    return row


def _check(connection: sqlite3.Connection, table: str, current: Row, change_id: str) -> None:
    if not current["orphaned"]:
        raise Invalid({"change_id": "This is attached to an edge already. Reload the page."})
    old, new = _edge(connection, current["change_id"]), history.one(connection, "changes", change_id)
    if new is None or new["retired"]:
        raise Invalid({"change_id": "No such edge any more: the dataset was built anew. Reload the page."})
    if any(old[side] != new[side] for side in ("source_article_id", "article_id")):
        raise Invalid({"change_id": "This edge joins two other articles. Choose one of the same two."})
    if _taken(connection, table, current, change_id):
        raise Invalid({"change_id": "This edge has the same from the same person already. Choose another edge."})
    if table == "comments" and current["parent_id"]:
        parent = history.one(connection, table, current["parent_id"])
        if parent is not None and parent["change_id"] != change_id:
            raise Invalid({"change_id": "It answers a comment on another edge. Attach it there."})


def _taken(connection: sqlite3.Connection, table: str, row: Row, change_id: str) -> bool:
    """Whether the edge holds what this row says: another decision or ruling, or the same annotation."""
    if table == "annotations":
        sql = "select * from annotations where change_id = ? and annotator = ? and label = ? and id <> ?"
        others = history.rows(connection, sql, [change_id, row["annotator"], row["label"], row["id"]])
        return any(all(row[name] == other[name] for name in SAME) for other in others if not other["withdrawn"])
    column = ONCE.get(table)
    if column is None:
        return False
    sql = f"select 1 from {table} where change_id = ? and {column} = ? and id <> ?"
    return connection.execute(sql, [change_id, row[column], row["id"]]).fetchone() is not None


def _answers(connection: sqlite3.Connection, id_: str) -> list[Row]:
    """The orphaned answers to a comment, and the answers to those."""
    sql = """
        with recursive thread (id) as (
          values (?) union select c.id from comments c join thread t on c.parent_id = t.id where c.orphaned
        )
        select * from comments where id in thread and id <> ? order by created, id
    """
    return history.rows(connection, sql, [id_, id_])


def _edge(connection: sqlite3.Connection, change_id: str) -> Row:
    edge = history.one(connection, "changes", change_id)
    assert edge is not None  # a foreign key
    return edge


def _span(row: Row, old: Row, prefix: str) -> Span | None:
    """What the orphan is about on one side: its evidence, or the old edge's text where it has none at all."""
    bare = all(row.get(name) is None for name in ("source_start", "start"))
    start, end = ((old if bare else row)[f"{prefix}{end}"] for end in ("start", "end"))
    return None if start is None or end is None else (start, end)


def _overlap(wanted: list[Span | None], edge: Row) -> float:
    """The characters that both cover on either side, as a share of those that either covers; sides nobody has aside."""
    shared = total = 0
    for mine, prefix in zip(wanted, ("source_", ""), strict=True):
        start, end = edge[f"{prefix}start"], edge[f"{prefix}end"]
        if mine is None:
            continue
        if start is None:
            total += mine[1] - mine[0]
            continue
        both = max(0, min(mine[1], end) - max(mine[0], start))
        shared, total = shared + both, total + (mine[1] - mine[0]) + (end - start) - both
    return shared / total if total else 0.0
