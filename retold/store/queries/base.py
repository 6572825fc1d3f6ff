"""What all page queries share."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

Row = dict[str, Any]

OPERATIONS = ("kept", "reworded", "merged", "split", "dropped", "added")


def rows(connection: sqlite3.Connection, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """All rows as mappings by column name, whatever row factory the connection has."""
    cursor = connection.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, tuple(found), strict=True)) for found in cursor]


def one(connection: sqlite3.Connection, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
    """The first row, or None."""
    found = rows(connection, sql, params)
    return found[0] if found else None


def marks(count: int) -> str:
    """``count`` question marks for an ``in (...)``."""
    return ", ".join("?" * count)


def outlet(article: Row) -> str:
    """What people call an article in a narrow column: its publisher, else the name of its file.

    A wire copy without a publisher goes by its wire; a retelling does not, or it would pass for the wire copy.
    """
    wire = article.get("wire") if article.get("role") == "source" else None
    return str(article.get("publisher") or wire or PurePosixPath(article["document"]).stem)
