"""Two releases of a dataset compared: which rows are new, which changed, which are gone, table by table."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from retold.store import schema

# The log of builds differs whenever anybody builds; everything else has a key to compare by.
UNCOMPARED = {"builds", "build_errors", "labels_shipped", "leases", "counts", "authored_counts"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Row counts of one table: in the new release only, in both but not alike, in the old release only, alike."""

    table: str
    added: int
    changed: int
    gone: int
    same: int
    columns: tuple[str, ...] = ()


def compare(old: Path, new: Path) -> list[Difference]:
    """How ``new`` differs from ``old``, both Retold databases; raises ``schema.Unusable``."""
    for path in (old, new):
        if not schema.exists(path):
            raise schema.Unusable(f"there is no database {path}; give the paths of two releases")
    connection = schema.connect(new)
    try:
        connection.execute("attach ? as old", [str(old)])
        return [_difference(connection, table) for table in _tables(connection)]
    finally:
        connection.close()


def _tables(connection: sqlite3.Connection) -> list[str]:
    sql = "select name from {}.sqlite_master where type = 'table' order by name"
    names = [{r[0] for r in connection.execute(sql.format(schema_name))} for schema_name in ("main", "old")]
    return [
        n
        for n in sorted(names[0] & names[1])
        if "_fts" not in n and not n.startswith("sqlite_") and n not in UNCOMPARED
    ]


def _difference(connection: sqlite3.Connection, table: str) -> Difference:
    info = connection.execute(f'pragma main.table_info("{table}")').fetchall()
    older = {row[1] for row in connection.execute(f'pragma old.table_info("{table}")')}
    key = [f'"{row[1]}"' for row in sorted(info, key=lambda row: row[5]) if row[5]]
    rest = [f'"{row[1]}"' for row in info if not row[5] and row[1] in older]
    joined = " and ".join(f"n.{k} = o.{k}" for k in key)
    differs = " or ".join(f"n.{c} is not o.{c}" for c in rest) or "0"
    columns = ", ".join(f"sum(n.{c} is not o.{c})" for c in rest) or "0"

    def number(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    missing = f'select count(*) from {{}}."{table}" n where not exists (select 1 from {{}}."{table}" o where {joined})'
    both = f'from main."{table}" n join old."{table}" o on {joined}'
    changed = number(f"select count(*) {both} where {differs}")
    touched = connection.execute(f"select {columns} {both}").fetchone()
    return Difference(
        table,
        added=number(missing.format("main", "old")),
        changed=changed,
        gone=number(missing.format("old", "main")),
        same=number(f"select count(*) {both}") - changed,
        columns=tuple(c.strip('"') for c, count in zip(rest, touched, strict=False) if count),
    )
