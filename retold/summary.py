"""What a build says when it is done: counts that people can check against the pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from retold import codebook
from retold.model import Problem

COUNTED = ("articles", "sentences", "entities", "attributions", "stories")


def summarise(
    connection: sqlite3.Connection, problems: list[Problem], db: Path, seconds: float, more: Sequence[str] = ()
) -> str:
    """The summary as lines of text, ending with the next command to run."""
    lines = [f"{db} holds"]
    lines += [_count(connection, table) for table in COUNTED]
    lines += _retellings(connection)
    lines += ["", "changes by operation", *_by(connection, "changes", "operation", list(codebook.load().operations))]
    labels = [label.id for label in codebook.load().labels]
    lines += ["", "suggestions by label", *_by(connection, "suggestions", "label", labels)]
    if problems:
        lines += ["", f"skipped {len(problems):,}", *(f"  {p.path}: {p.message}" for p in problems)]
    orphans = connection.execute("select count(*) from annotations where orphaned").fetchone()[0]
    if orphans:
        lines += ["", f"{orphans:,} annotations no longer fit an edge; they are kept, marked as orphaned"]
    lines += ["", *more] if more else []
    lines += ["", f"Built in {seconds:.1f} s. Next: make serve, or datasette . --root"]
    return "\n".join(lines)


def _count(connection: sqlite3.Connection, table: str) -> str:
    number = connection.execute(f"select count(*) from {table}").fetchone()[0]
    return f"  {number:>9,}  {table}"


def _retellings(connection: sqlite3.Connection) -> list[str]:
    degrees = dict(connection.execute("select degree, count(*) from derivations group by degree order by degree"))
    total = sum(degrees.values())
    if not total:
        return [f"  {0:>9,}  retellings (no article of these was made from another)"]
    named = ", ".join(f"{number} {name}" for name, number in degrees.items())
    return [f"  {total:>9,}  retellings ({named} derived)"]


def _by(connection: sqlite3.Connection, table: str, column: str, order: list[str]) -> list[str]:
    counts = dict(connection.execute(f"select {column}, count(*) from {table} group by {column}"))
    ranked = sorted(counts, key=lambda name: order.index(name) if name in order else len(order))
    return [f"  {counts[name]:>9,}  {name}" for name in ranked] or ["          none"]
