"""What a build changes, worked out before the database is locked, so that the lock is held for the changes alone.

The rows that the build wants are laid in SQLite's temporary database, which lives in a nameless file and goes with the
process, and compared with those that stand. People may go on writing meanwhile: only a build writes derived tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import chain, islice

from retold.store.rows import Row

BATCH = 5000


def stage(connection: sqlite3.Connection, table: str, found: Iterable[Row], scope: str = "true") -> int:
    """Leave the rows to write in ``temp.put_<table>`` and the keys to remove in ``temp.gone_<table>``; their number.

    A row is to be written if it is new or differs from the one of the same key. Rows all have the columns of the
    first, and these include the key. Only rows for which ``scope`` holds, SQL over the row ``m``, may be removed.
    """
    key, types = _shape(connection, table)
    rows = iter(found)
    first = next(rows, None)
    names = _lay_out(connection, table, key, types, list(first) if first else None)
    if first:
        _fill(connection, table, chain([first], rows), names)
    _compare(connection, table, key, names, scope)
    return sum(int(_count(connection, f"temp.{kind}_{table}")) for kind in ("put", "gone"))


def _lay_out(
    connection: sqlite3.Connection, table: str, key: list[str], types: dict[str, str], names: list[str] | None
) -> list[str]:
    """The temporary tables for a table's rows, empty; those of the last time where they fit, since making them takes
    longer than filling them with a few rows. Returns the columns."""
    there = [row[1] for row in connection.execute(f"pragma temp.table_info(wanted_{table})")]
    if there and names in (None, there):
        for kind in ("wanted", "put", "gone"):
            connection.execute(f"delete from temp.{kind}_{table}")
        return there
    wanted = names or list(types)
    for kind, columns in (("wanted", wanted), ("put", wanted), ("gone", [name.strip('"') for name in key])):
        connection.execute(f"drop table if exists temp.{kind}_{table}")
        listed = ", ".join(f'"{name}" {types[name]}' for name in columns)
        unique = f", primary key ({', '.join(key)})" if kind == "wanted" else ""
        connection.execute(f"create temp table {kind}_{table} ({listed}{unique})")
    return wanted


def key_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of the primary key, quoted, in order."""
    return _shape(connection, table)[0]


def _shape(connection: sqlite3.Connection, table: str) -> tuple[list[str], dict[str, str]]:
    # table_info leaves generated columns out, as it should.
    info = connection.execute(f"pragma main.table_info({table})").fetchall()
    return [f'"{r[1]}"' for r in sorted(info, key=lambda r: r[5]) if r[5]], {r[1]: r[2] for r in info}


def _fill(connection: sqlite3.Connection, table: str, rows: Iterable[Row], names: list[str]) -> None:
    rows = iter(rows)
    sql = f"insert into temp.wanted_{table} values ({', '.join(f':{name}' for name in names)})"
    while batch := list(islice(rows, BATCH)):
        connection.execute("begin")
        connection.executemany(sql, batch)
        connection.execute("commit")


def _compare(connection: sqlite3.Connection, table: str, key: list[str], names: list[str], scope: str) -> None:
    same_key = " and ".join(f"w.{k} = m.{k}" for k in key)
    same = " and ".join(f'w."{name}" is m."{name}"' for name in names)
    connection.execute(
        f"insert into temp.put_{table} select w.* from temp.wanted_{table} w"
        f" where not exists (select 1 from main.{table} m where {same_key} and {same}) order by w.rowid"
    )
    connection.execute(
        f"insert into temp.gone_{table} select {', '.join(f'm.{k}' for k in key)} from main.{table} m"
        f" where {scope} and not exists (select 1 from temp.wanted_{table} w where {same_key})"
    )
    connection.execute(f"delete from temp.wanted_{table}")


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchone()[0])
