"""The working file beside a database: what a build has to remember so that the next one costs what is new.

It holds nothing that cannot be worked out again. Deleted, damaged or out of step with its database, it is begun anew,
and the next build computes everything; nothing that people entered is ever in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retold.building import beside
from retold.store import schema
from retold.tracing.stories.index import Index

APPLICATION_ID = 0x5265746B  # "Retk"
VERSION = 1
TABLES = """
create table meta (name text primary key, value text not null);
create table inputs (path text primary key, state text not null, problems text not null);
create table documents (
  document text primary key, input text not null, fingerprint text not null, article_id text not null,
  seen integer not null);
create index documents_input on documents (input);
create table spool (
  document text not null, version integer not null, supersedes text, article_id text not null, content blob not null,
  primary key (document, version));
create table lines (line integer, body integer, primary key (line, body)) without rowid;
create table found (
  number integer primary key, article_id text not null, content blob not null);
create table plan (story integer, number integer, primary key (story, number)) without rowid;
create table redo (story_id text primary key);
create table gone (article_id text primary key);
create table nodes (kind text, key text, entity_id text not null, mentions integer not null, primary key (kind, key))
  without rowid;
create table entities (
  id text primary key, name text not null, type text not null, reason text, spellings text not null,
  mentions integer not null, articles integer not null, waiting integer not null default 1);
create index entities_waiting on entities (waiting);
"""

PENDING = "select article_id from found union select article_id from spool union select article_id from gone"


class Workfile:
    """An open working file. Everything between two ``saved`` is kept or forgotten together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, timeout=schema.PATIENCE, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("pragma journal_mode = wal")
        # A power cut may lose the last step, which is then done again; it cannot damage the file.
        self.connection.execute("pragma synchronous = normal")
        self.connection.execute("pragma cache_size = -65536")
        self.index = Index(self.connection)

    def close(self) -> None:
        """Close the file, its log folded into it."""
        self.connection.close()

    @contextmanager
    def saved(self) -> Iterator[None]:
        """All of the block or nothing."""
        self.connection.execute("begin immediate")
        try:
            yield
            self.connection.execute("commit")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("rollback")
            self.index.forget_counts()
            raise

    def rows(self, sql: str, parameters: Iterable[Any] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query, one at a time."""
        yield from self.connection.execute(sql, tuple(parameters))

    def one(self, sql: str, parameters: Iterable[Any] = ()) -> Any:
        """The first value of the first row, None where there is none."""
        row = self.connection.execute(sql, tuple(parameters)).fetchone()
        return None if row is None else row[0]

    def run(self, sql: str, parameters: Iterable[Any] = ()) -> None:
        """One statement."""
        self.connection.execute(sql, tuple(parameters))

    def get(self, name: str) -> str | None:
        """A value that was set."""
        found: str | None = self.one("select value from meta where name = ?", [name])
        return found

    def set(self, name: str, value: str) -> None:
        """Remember a value under a name."""
        self.run("replace into meta values (?, ?)", [name, value])


def open_for(db: Path, recipe: str) -> tuple[Workfile, bool]:
    """The working file of a database, and whether it is a new one: none was there, or it does not fit.

    It fits if the same recipe (code and models) made it and it knows just the articles that the database holds.
    """
    path = beside.work(db)
    if path.exists():
        found = _opened(path)
        if found is not None and found.get("recipe") == recipe and _fits(found, db):
            return found, False
        if found is not None:
            found.close()
        beside.remove(path)
    return _new(path, recipe), True


def _new(path: Path, recipe: str) -> Workfile:
    schema.remove_log(path)
    made = Workfile(path)
    with made.saved():
        for statement in TABLES.split(";"):
            made.run(statement)
        made.run(f"pragma application_id = {APPLICATION_ID}")
        made.run(f"pragma user_version = {VERSION}")
        made.set("recipe", recipe)
    return made


def _opened(path: Path) -> Workfile | None:
    """The file, None where it is none of ours or not whole."""
    try:
        plain = sqlite3.connect(path)
        try:
            ours = plain.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
            ours = ours and plain.execute("pragma user_version").fetchone()[0] == VERSION
        finally:
            plain.close()
        return Workfile(path) if ours else None
    except sqlite3.Error:
        return None


def _fits(work: Workfile, db: Path) -> bool:
    """Whether the database holds what the working file has written to it, in the same stories."""
    if not schema.exists(db):
        return not work.one("select count(*) from search_articles where story_id is not null")
    connection = schema.connect(db)
    try:
        theirs = iter(connection.execute("select id, story_id from articles order by id"))
        ours = work.rows("select s.id, s.story_id from search_articles s where s.story_id is not null order by s.id")
        pending = {row[0] for row in work.rows(PENDING)}
        kept = (row for row in theirs if row["id"] not in pending)
        settled = (row for row in ours if row["id"] not in pending)
        return _same(kept, settled)
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _same(one: Iterator[sqlite3.Row], other: Iterator[sqlite3.Row]) -> bool:
    end = object()
    while True:
        a, b = next(one, end), next(other, end)
        if a is end or b is end:
            return a is b
        if tuple(a) != tuple(b):  # type: ignore[arg-type]
            return False
