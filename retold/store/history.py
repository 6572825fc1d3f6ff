"""Who did what when: the append-only record behind every authored row, and an edge with all that people made of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from retold.store.errors import Missing, Row

Action = Literal["created", "updated", "withdrawn", "restored", "reattached"]
AUTHORED = ("annotations", "decisions", "adjudications", "comments")  # the tables of rows about one edge


def now() -> str:
    """The present moment, ISO 8601 in UTC to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def rows(connection: sqlite3.Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """The rows as plain mappings, whatever the connection's row factory."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one(connection: sqlite3.Connection, table: str, id_: str) -> Row | None:
    return next(iter(rows(connection, f"select * from {table} where id = ?", [id_])), None)


def record(
    connection: sqlite3.Connection, action: Action, table: str, actor: str, before: Row | None, after: Row
) -> None:
    """Append one event; ``after`` is the row just written, its ``updated`` the time of the event."""
    connection.execute(
        "insert into annotation_events (at, actor, action, table_name, row_id, before, after)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [after["updated"], actor, action, table, after["id"], before and _json(before), _json(after)],
    )


def change(connection: sqlite3.Connection, change_id: str, only: str | None = None) -> Row:
    """One edge with its suggestions and all that people made of it (withdrawn rows too) and events, oldest first.

    ``only`` leaves out the suggestions and whatever is not that annotator's own, as a blind pass needs it.
    Raises :class:`Missing`.
    """
    edge = one(connection, "changes", change_id)
    if edge is None:
        raise Missing(f"No edge {change_id!r} in this dataset.")
    found = {"change": edge, "suggestions": [] if only else _of(connection, "suggestions", change_id, "id")}
    for table in AUTHORED:
        own = _of(connection, table, change_id, "created, id")
        found[table] = [row for row in own if only is None or row.get("annotator") == only]
    found["realignments"] = rows(connection, _REALIGNMENTS, {"change": change_id, "only": only})
    return found | {"events": _events(connection, found)}


# Corrections stand across edges: each belongs to those whose sentences it takes.
_REALIGNMENTS = """
    select * from realignments r where exists (select 1 from json_each(r.replaces) where value = :change)
    and (:only is null or annotator = :only) order by created, id
"""


def _of(connection: sqlite3.Connection, table: str, change_id: str, order: str) -> list[Row]:
    return rows(connection, f"select * from {table} where change_id = ? order by {order}", [change_id])


def _events(connection: sqlite3.Connection, found: Row) -> list[Row]:
    ids = [[table, row["id"]] for table in (*AUTHORED, "realignments") for row in found[table]]
    sql = """
        select e.* from annotation_events e join json_each(?) k
        on e.table_name = k.value ->> 0 and e.row_id = k.value ->> 1 order by e.id
    """
    events = rows(connection, sql, [json.dumps(ids)])
    for event in events:
        event |= {side: event[side] and json.loads(event[side]) for side in ("before", "after")}
    return events


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
