"""What the schema promises, read back from the database: types, keys, references, allowed values."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field

from retold.sharing import tables

_CHECK_IN = re.compile(r'check\s*\(\s*"?(\w+)"?\s+in\s*\(([^)]*)\)', re.IGNORECASE)
_CHECK_BETWEEN = re.compile(r'check\s*\(\s*"?(\w+)"?\s+between\s+(\d+)\s+and\s+(\d+)\s*\)', re.IGNORECASE)


@dataclass(slots=True)
class Column:
    """One column: ``type`` is SQLite's (text, integer, real); ``allowed`` and ``bounds`` come from its CHECK."""

    name: str
    type: str
    required: bool
    unique: bool = False
    allowed: list[str] = field(default_factory=list)
    bounds: tuple[int, int] | None = None


@dataclass(slots=True)
class Reference:
    """A foreign key of one column."""

    column: str
    table: str
    to: str


@dataclass(slots=True)
class Table:
    """One table of the contract."""

    name: str
    columns: list[Column]
    key: list[str]
    references: list[Reference]


def read(connection: sqlite3.Connection) -> list[Table]:
    """Every table that leaves the house, with what the schema promises of it."""
    return [_table(connection, name) for name in tables.TABLES]


def _table(connection: sqlite3.Connection, name: str) -> Table:
    sql = connection.execute("select sql from sqlite_master where type = 'table' and name = ?", [name]).fetchone()[0]
    allowed = {column: re.findall(r"'([^']*)'", values) for column, values in _CHECK_IN.findall(sql)}
    bounds = {column: (int(low), int(high)) for column, low, high in _CHECK_BETWEEN.findall(sql)}
    info = connection.execute(f'pragma table_xinfo("{name}")').fetchall()
    key = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
    unique = _unique(connection, name)
    columns = [
        Column(
            name=row[1],
            type=row[2].lower(),
            required=bool(row[3]) or row[1] in key,
            unique=[row[1]] == key or row[1] in unique,
            # "in (0, 1)" has no quoted values: a flag is bounded, not enumerated.
            allowed=allowed.get(row[1], []),
            bounds=(0, 1) if allowed.get(row[1]) == [] else bounds.get(row[1]),
        )
        for row in info
    ]
    foreign = connection.execute(f'pragma foreign_key_list("{name}")').fetchall()
    references = [Reference(row[3], row[2], row[4]) for row in sorted(foreign, key=lambda row: str(row[3]))]
    return Table(name, columns, key, references)


def _unique(connection: sqlite3.Connection, name: str) -> set[str]:
    found = set()
    for index in connection.execute(f'pragma index_list("{name}")').fetchall():
        columns = [row[2] for row in connection.execute(f'pragma index_info("{index[1]}")')]
        if index[2] and len(columns) == 1:
            found.add(columns[0])
    return found
