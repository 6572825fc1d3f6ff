"""One way to write an authored row: under optimistic locking, with its event, and nothing when nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retold.store import fields, history
from retold.store.errors import Invalid, Missing, NotYours, Row, StaleWrite


@dataclass(frozen=True, slots=True)
class Written:
    """The row as it now stands, and whether it is new."""

    row: Row
    created: bool


def save(  # noqa: PLR0913 -- a write is all of these
    connection: sqlite3.Connection,
    table: str,
    id_: str,
    wanted: Mapping[str, Any],
    current: Row | None,
    revision: int | None,
    at: str | None,
    actor: str | None = None,
    action: history.Action | None = None,
) -> Written:
    """Insert or update under optimistic locking, with the event; unchanged content writes nothing.

    ``revision`` is the one the person saw, None where they saw no row. ``actor`` is who acts, where the row has no
    ``annotator`` or belongs to somebody else; ``action`` names the event where "updated" says too little. Raises
    :class:`StaleWrite` with the row as it stands.
    """
    at = at or history.now()
    if current is None:
        if revision is not None:
            raise Invalid({"revision": "There is no such row yet: leave the revision out."})
        row = {"id": id_, **wanted, "revision": 1, "created": at, "updated": at}
        _write(connection, f"insert into {table} ({{names}}) values ({{values}})", row)
        action = "created"
    else:
        if all(current[name] == value for name, value in wanted.items()):
            return Written(current, created=False)
        if not _seen(current, revision):
            raise StaleWrite(current)
        row = {**wanted, "revision": current["revision"] + 1, "updated": at}
        settings = ", ".join(f'"{name}" = :{name}' for name in row)
        id_ = current["id"]
        connection.execute(f"update {table} set {settings} where id = :id", row | {"id": id_})
        action = action or _action(current, wanted)
    stored = history.one(connection, table, id_)
    assert stored is not None
    history.record(connection, action, table, actor or stored["annotator"], current, stored)
    return Written(stored, created=current is None)


def _seen(current: Row, revision: int | None) -> bool:
    """Whether the person saw this row as it stands. A withdrawn row looks like none, so none will do for it."""
    return revision == current["revision"] or (revision is None and bool(current.get("withdrawn")))


def _action(current: Row, wanted: Mapping[str, Any]) -> history.Action:
    before, after = current.get("withdrawn", 0), wanted.get("withdrawn", 0)
    if before == after:
        return "updated"
    return "withdrawn" if after else "restored"


def _write(connection: sqlite3.Connection, sql: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(sql.format(names=names, values=", ".join(f":{name}" for name in row)), row)


# What a row of each table is called, and what to do instead where it is somebody else's.
NAMED = {
    "annotations": ("annotation", "Add your own instead."),
    "comments": ("comment", "Answer it instead."),
    "realignments": ("correction", "Add your own instead."),
}


def own(connection: sqlite3.Connection, table: str, id_: str, annotator: str) -> Row:
    """The person's own row of one of the tables ``NAMED``; raises :class:`Missing` or :class:`NotYours`."""
    name, instead = NAMED[table]
    row = history.one(connection, table, id_)
    if row is None:
        raise Missing(f"No {name} {id_!r}. Reload the page.")
    if row["annotator"] != annotator:
        raise NotYours(f"This {name} is another person's. {instead}")
    return row


def set_withdrawn(
    connection: sqlite3.Connection,
    table: str,
    id_: str,
    given: Any,
    annotator: str,
    withdrawn: bool,
    at: str | None = None,
) -> Written:
    """Take back one's own row, or bring it back. It stays in the table, marked; ``given`` has the ``revision`` seen."""
    revision = fields.read(given, {"revision": fields.integer(1)}, required=("revision",))["revision"]
    current = own(connection, table, id_, annotator)
    return save(connection, table, id_, {"withdrawn": int(withdrawn)}, current, revision, at)
