"""The rows of a database as Parquet, in folders by story, for DuckDB, Spark and whatever else reads those.

``FOLDER/<table>/story=<xx>/part-0.parquet``: the first two digits of a story's number choose its folder, so that all
that belongs to one story lies in one folder of each table, and there are never more than 256 of these.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from retold.model import Fault
from retold.sharing import formats, tables
from retold.sharing.tables import Row
from retold.store import schema

MARK = "_retold.json"
DIGITS = slice(2, 4)  # of s-0123456789ab
_ARTICLES = "join articles a on a.id = t.article_id"
_CHANGES = "join changes c on c.id = t.change_id join articles a on a.id = c.article_id"
BY_STORY = {
    "stories": ("", "t.id"),
    "articles": ("", "t.story_id"),
    "sentences": (_ARTICLES, "a.story_id"),
    "mentions": (_ARTICLES, "a.story_id"),
    "attributions": (_ARTICLES, "a.story_id"),
    "derivations": (_ARTICLES, "a.story_id"),
    "changes": (_ARTICLES, "a.story_id"),
    "change_sentences": (_CHANGES, "a.story_id"),
    "suggestions": (_CHANGES, "a.story_id"),
}
WHOLE = ("entities",)
"""Tables of what stands in many stories."""


def write(db: Path, folder: Path, tick: Callable[[int], None] | None = None) -> int:
    """Make ``folder`` hold the rows of a database; returns how many were written, 0 if it held them already.

    The rows are laid beside it and put in its place once all are there. A folder that holds anything else is refused
    with a :class:`Fault`.
    """
    check(folder)
    with closing(schema.connect(db)) as connection:
        connection.execute("begin")  # one state of the database, whatever people write meanwhile
        last = connection.execute("select id, finished from builds order by id desc limit 1").fetchone()
        mark = {"database": str(db.resolve()), "build": last["id"], "finished": last["finished"]}
        if _marked(folder) == mark:
            return 0
        fresh = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        count = _write(connection, fresh, tick or (lambda n: None))
        (fresh / MARK).write_text(json.dumps(mark), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return count


def check(folder: Path) -> None:
    """Refuse a folder that holds anything but what this module writes."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and _marked(folder) is None)):
        raise Fault(f"{folder} holds something other than what --parquet writes; give another folder, or empty it")


def _marked(folder: Path) -> object:
    """Which build's rows a folder holds, None where it is none of ours."""
    try:
        return json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(connection: sqlite3.Connection, folder: Path, tick: Callable[[int], None]) -> int:
    count = sum(_table(connection, name, "", "t.*", folder / name) for name in WHOLE)
    stories = connection.execute("select distinct substr(id, 1, 4) from stories order by 1").fetchall()
    for (prefix,) in stories:
        for name, (join, story) in BY_STORY.items():
            where = f"{story} >= '{prefix}' and {story} < '{prefix}~'"
            told = "t.*" if story == "t.story_id" else f"t.*, {story} as story_id"
            count += _table(connection, name, f"{join} where {where}", told, folder / name / f"story={prefix[DIGITS]}")
        tick(1)
    return count


def _table(connection: sqlite3.Connection, name: str, which: str, told: str, folder: Path) -> int:
    cursor = connection.execute(f'select {told} from "{name}" t {which} order by {_key(connection, name)}')
    columns = [column[0] for column in cursor.description]
    kinds = tables.describe(connection, name)
    rows: Iterator[Row] = (dict(zip(columns, tuple(values), strict=True)) for values in cursor)
    first = next(rows, None)
    if first is None:
        return 0
    folder.mkdir(parents=True)
    types = [kinds.get(column, "text") for column in columns]
    with (folder / "part-0.parquet").open("wb") as out:
        return formats.write("parquet", columns, types, chain([first], rows), out)


def _key(connection: sqlite3.Connection, name: str) -> str:
    found = [row for row in connection.execute(f'pragma table_xinfo("{name}")') if row[5]]
    return ", ".join(f't."{row[1]}"' for row in sorted(found, key=lambda row: row[5]))
