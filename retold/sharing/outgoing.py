"""One door for everything that leaves: a name, a format, a place to write to."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from retold.model import Fault
from retold.sharing import brat, bundle, conll, formats, labelstudio, tables, tei, webannotation
from retold.sharing.about import About
from retold.store import backup

KINDS = ("dataset", "database", "webannotation", "tei", "brat", "labelstudio", "conll")
FOLDERS = ("tei", "brat")  # formats of many files


class NeedsPlace(Fault):
    """This cannot be written to standard output; the message says what to give."""


def export(
    connection: sqlite3.Connection,
    what: str,
    format_: str | None,
    out: Path,
    with_text: bool = True,
    about: About | None = None,
) -> int:
    """Write ``what`` (a table, a join, or one of ``KINDS``) to ``out``; returns how many rows or files.

    ``-`` is standard output. A file appears whole or not at all. ``about`` is needed for ``dataset``.
    """
    if what == "dataset" and about is not None:
        return sum(bundle.save(connection, about, _place(out, "--out retold.zip"), with_text).values())
    if what == "database":
        name = next(row[2] for row in connection.execute("pragma database_list") if row[1] == "main")
        backup.backup(Path(name), _place(out, "--out copy.db"))
        return int(connection.execute("select count(*) from articles").fetchone()[0])
    if what in FOLDERS:
        return _folder(connection, what, _place(out, "--out a-folder"))
    if what in KINDS:
        return _write(out, lambda target: _annotations(connection, what, target))
    columns = tables.describe(connection, what)
    rows = tables.stream(connection, what, with_text)
    kind = format_ or "csv"
    return _write(out, lambda target: formats.write(kind, list(columns), list(columns.values()), rows, target))


def _place(out: Path, example: str) -> Path:
    if out == Path("-"):
        raise NeedsPlace(f"this needs a place to go: give {example}")
    return out


def _write(out: Path, write: Callable[[BinaryIO], int]) -> int:
    if out == Path("-"):
        count = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return count
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as target:
            count = write(target)
            target.flush()
            os.fsync(target.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return count


def _annotations(connection: sqlite3.Connection, what: str, out: BinaryIO) -> int:
    if what == "conll":
        return _lines(out, conll.lines(connection))
    if what == "webannotation":
        page = webannotation.page(connection)
        out.write(json.dumps(page, ensure_ascii=False, indent=1).encode() + b"\n")
        return len(page["items"])
    tasks = list(labelstudio.tasks(connection))
    out.write(json.dumps(tasks, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(tasks)


def _lines(out: BinaryIO, lines: Iterable[str]) -> int:
    count = 0
    for line in lines:
        out.write(line.encode() + b"\n")
        count += 1
    return count


def _folder(connection: sqlite3.Connection, what: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    if what == "tei":
        return sum(_file(folder / f"{name}.xml", content) for name, content in tei.documents(connection))
    _file(folder / "annotation.conf", brat.configuration(connection).encode())
    count = 0
    for name, text, standoff in brat.documents(connection):
        _file(folder / f"{name}.txt", text.encode())
        count += _file(folder / f"{name}.ann", standoff.encode())
    return count


def _file(path: Path, content: bytes) -> int:
    with closing(path.open("wb")) as out:
        out.write(content)
    return 1
