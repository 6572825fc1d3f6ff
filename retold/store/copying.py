"""Copies of a database that is in use: one moment of it, whole, checked before they count."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from retold.model import Fault
from retold.store import faults, schema

PAGES = 1_000


class Damaged(Fault):
    """The copy cannot be trusted; the message says what was found and what to do."""


def save(source: Path, target: Path, check: bool = True) -> None:
    """A copy of ``source`` at ``target``, which appears whole or not at all; raises :class:`Damaged`.

    It needs no log beside it, so that it can be read where nothing may be written.
    """
    part = target.with_name(f".{target.name}.part")
    remove(part)  # of a process that was killed
    try:
        copy(source, part)
        with _blamed_on(source):
            use_log(part, "delete")
        if check:
            verify(part, source)
        part.replace(target)
    finally:
        remove(part)


def copy(
    source: Path, target: Path, pages: int = PAGES, progress: Callable[[int, int, int], None] | None = None
) -> None:
    """Copy page by page into ``target``, in one transaction of its own if it is a database in use."""
    origin = schema.connect(source)
    try:
        with _blamed_on(source), faults.explained(target):
            _into(origin, target, pages, progress)
    finally:
        origin.close()


@contextmanager
def _blamed_on(source: Path) -> Iterator[None]:
    """A copy that turns out damaged was so before it was copied."""
    try:
        yield
    except Fault as fault:
        if getattr(fault.__cause__, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise Damaged(f"{source} is damaged ({fault.__cause__}); restore an older copy of it") from fault
        raise


def verify(path: Path, origin: Path | None = None) -> None:
    """Raise :class:`Damaged` unless the file is sound: pages, indexes, foreign keys. It may be a copy of ``origin``."""
    try:
        connection = schema.connect(path)
        try:
            wrong = [str(row[0]) for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
            loose = connection.execute("pragma foreign_key_check").fetchall()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{origin or path} cannot be read ({error}); take another copy") from error
    path = origin or path
    if wrong:
        raise Damaged(f"{path} is damaged: {' '.join(wrong[0].split())}; take another copy, or restore an older one")
    if loose:
        raise Damaged(f"{path} has {len(loose)} rows that point nowhere, first in {loose[0][0]}; take another copy")


def use_log(path: Path, mode: str) -> None:
    """Keep changes in a log beside the file (``wal``: readers and a writer at once), or not (``delete``)."""
    with faults.explained(path):
        connection = schema.connect(path)
        try:
            connection.execute(f"pragma journal_mode = {mode}")
        finally:
            connection.close()


def remove(path: Path) -> None:
    """Remove a database file with its log."""
    path.unlink(missing_ok=True)
    schema.remove_log(path)


def _into(
    origin: sqlite3.Connection, target: Path, pages: int, progress: Callable[[int, int, int], None] | None
) -> None:
    copied = schema.connect(target)
    try:
        origin.backup(copied, pages=pages, progress=progress)
    finally:
        copied.close()
