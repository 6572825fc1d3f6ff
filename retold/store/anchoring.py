"""After a rebuild: what people entered, moved to the edge that now holds its text, or marked an orphan."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

ACTOR = "retold"

# Tables of rows about an edge, each with the column that, beside the edge, may occur only once there.
ANCHORED: dict[str, str | None] = {
    "annotations": None,
    "decisions": "annotator",
    "adjudications": "label",
    "comments": None,
}


def reanchor(connection: sqlite3.Connection, at: str, within: str = "true") -> None:
    """Re-anchor authored rows whose edge was retired; log each move, mark what fits nowhere as ``orphaned``.

    Article texts never change, so the offsets of the old edge still hold; what changed is how the text was cut. A row
    moves only to an edge of the same two articles that covers the evidence (or, without evidence, the old edge).
    ``within`` is a condition on the edges ``c`` that are looked at.
    """
    for table in ANCHORED:
        for row in connection.execute(
            f"select t.*, c.retired from {table} t join changes c on c.id = t.change_id"
            f" where (c.retired or t.orphaned) and {within}"
        ).fetchall():
            _reanchor_row(connection, table, dict(row), at)


def _reanchor_row(connection: sqlite3.Connection, table: str, row: dict[str, Any], at: str) -> None:
    retired = row.pop("retired")
    old = dict(connection.execute("select * from changes where id = ?", [row["change_id"]]).fetchone())
    after = dict(row, orphaned=0)
    if retired:
        home = _home(connection, old, row)
        taken = home is not None and _taken(connection, table, home, row)
        after |= {"orphaned": 1} if home is None or taken else {"change_id": home}
    if after == row:
        return
    connection.execute(
        f"update {table} set change_id = :change_id, orphaned = :orphaned where id = :id",
        {name: after[name] for name in ("change_id", "orphaned", "id")},
    )
    connection.execute(
        "insert into annotation_events (at, actor, action, table_name, row_id, before, after) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        [at, ACTOR, "orphaned" if after["orphaned"] else "reanchored", table, row["id"], _json(row), _json(after)],
    )


def _home(connection: sqlite3.Connection, old: dict[str, Any], row: dict[str, Any]) -> str | None:
    """The one current edge that covers the evidence on every side that has any."""
    wanted = {}
    for side in ("source_start", "source_end", "start", "end"):
        wanted[side] = row[side] if row.get(side) is not None else old[side]
    if row.get("source_start") is not None and row.get("start") is None:
        wanted["start"] = wanted["end"] = None
    if row.get("start") is not None and row.get("source_start") is None:
        wanted["source_start"] = wanted["source_end"] = None
    found = connection.execute(
        """select id from changes where not retired and source_article_id = :source and article_id = :article
           and (:source_start is null or (source_start <= :source_start and source_end >= :source_end))
           and (:start is null or (start <= :start and "end" >= :end)) limit 2""",
        wanted | {"source": old["source_article_id"], "article": old["article_id"]},
    ).fetchall()
    return str(found[0]["id"]) if len(found) == 1 else None


def _taken(connection: sqlite3.Connection, table: str, home: str, row: dict[str, Any]) -> bool:
    column = ANCHORED[table]
    if column is None:
        return False
    sql = f"select 1 from {table} where change_id = ? and {column} = ?"
    return connection.execute(sql, [home, row[column]]).fetchone() is not None


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
