"""The table of labels: shipped by the codebook, edited by people."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from retold.codebook import Codebook


def ship(connection: sqlite3.Connection, book: Codebook) -> None:
    """Insert labels that are missing and renew those that nobody edited since they were shipped; edited ones stay."""
    present = {row["id"]: dict(row) for row in connection.execute("select * from labels")}
    shipped = {i: json.loads(content) for i, content in connection.execute("select id, content from labels_shipped")}
    for label in book.labels:
        row = label.row()
        if label.id not in present:
            _put(connection, "insert into labels ({}) values ({})", row)
        elif present[label.id] == shipped.get(label.id) != row:
            _put(connection, "replace into labels ({}) values ({})", row)
        connection.execute("replace into labels_shipped values (?, ?)", [label.id, json.dumps(row, sort_keys=True)])


def _put(connection: sqlite3.Connection, sql: str, row: dict[str, Any]) -> None:
    connection.execute(sql.format(", ".join(row), ", ".join(f":{name}" for name in row)), row)
