"""What the inputs hold against what is known of them: new and changed articles are laid by, gone ones are marked.

A file whose size and time have not changed is not opened. Nothing is held in memory but one article at a time.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from retold.building import lines
from retold.building.packing import pack_document
from retold.building.workfile import Workfile
from retold.model import Document, Problem, digest
from retold.reading import articles as reading
from retold.reading import documents
from retold.reading.formats.source import Source
from retold.store import previous
from retold.tracing.stories.features import number_of
from retold.tracing.stories.index import batches

# The name of an article of a file that came earlier in the same look.
TAKEN = """
    select 1 from documents where document = ?1
    and (seen = ?2 or input in (select path from temp.visited))
"""
# Not among the inputs any more: its file is not there, or is there and no longer holds it.
LEFT = "input not in (select path from temp.visited) or document in (select document from temp.left)"
RECENT = 2.0  # seconds: a file touched so lately may yet change without its time showing it


@dataclass(slots=True)
class Taken:
    """How many articles the inputs hold, what could not be used, and how many are to be read."""

    read: int = 0
    waiting: int = 0
    gone: int = 0
    problems: list[Problem] = field(default_factory=list)


class Intake:
    """One look through the inputs. ``db`` is the database as it stands, None where there is none yet."""

    def __init__(self, work: Workfile, db: sqlite3.Connection | None, fresh: bool) -> None:
        self.work, self.db, self.fresh = work, db, fresh
        self.run = int(work.get("run") or 0) + 1
        self.taken = Taken()
        for table, column in (("visited", "path"), ("left", "document")):
            work.run(f"drop table if exists temp.{table}")
            work.run(f"create temp table {table} ({column} text primary key) without rowid")

    def take(
        self, inputs: Sequence[str], stdin: BinaryIO | None = None, tick: Callable[[int], None] | None = None
    ) -> Taken:
        """Go through the inputs; afterwards the working file says what is to be read and what has to go."""
        with self.work.saved():
            self.work.set("run", str(self.run))
            self._compare_corrections()
        for part in batches(documents.walk(inputs, stdin=stdin)):
            with self.work.saved():
                for source in part:
                    if isinstance(source, Problem):
                        self.taken.problems.append(source)
                    else:
                        self._source(source)
            if tick is not None:
                tick(len(part))
        self.taken.read = self._read()
        if self.taken.read:
            with self.work.saved():
                self._mark_gone()
        self.taken.waiting = int(self.work.one("select count(*) from spool"))
        self.taken.gone = int(self.work.one("select count(*) from gone"))
        return self.taken

    def _read(self) -> int:
        """How many articles the inputs hold."""
        return int(self.work.one(f"select count(*) from documents where not ({LEFT})"))

    def _compare_corrections(self) -> None:
        """An article whose correction changed is read again, with whatever else is in its file."""
        rows = previous.corrections(self.db) if self.db is not None else {}
        now = json.dumps(rows, sort_keys=True)
        before: dict[str, object] = json.loads(self.work.get("corrections") or "{}")
        for document in before.keys() | rows.keys():
            if before.get(document) != rows.get(document):
                self.work.run(
                    "delete from inputs where path in (select input from documents where document = ?)", [document]
                )
        self.corrections = rows
        self.work.set("corrections", now)

    def _source(self, source: Source) -> None:
        state = _state(source)
        known = self.work.connection.execute("select * from inputs where path = ?", [source.path]).fetchone()
        if known is not None and state and known["state"] == state:
            self.work.run("insert or ignore into temp.visited values (?)", [source.path])
            self.taken.problems += [Problem(*one) for one in json.loads(known["problems"])]
            return
        problems = list(self._documents(source))
        if any(problem.stage == "naming twice" for problem in problems):
            state = ""  # the other article of that name may go
        for problem in problems:
            problem.stage = "reading"
        self.taken.problems += problems
        kept = json.dumps([[p.path, p.stage, p.message] for p in problems])
        self.work.run("replace into inputs values (?, ?, ?)", [source.path, state, kept])
        self.work.run("insert or ignore into temp.visited values (?)", [source.path])
        self.work.run(
            "insert into temp.left select document from documents where input = ? and seen <> ?",
            [source.path, self.run],
        )

    def _documents(self, source: Source) -> Iterator[Problem]:
        for found in documents.of(source):
            if isinstance(found, Problem):
                yield found
            elif self.work.one(TAKEN, [found.document, self.run]):
                yield Problem(found.path, "naming twice", documents.taken(found.document))
            else:
                self._document(found, source.path)

    def _document(self, document: Document, path: str) -> None:
        correction = self.corrections.get(document.document, {})
        mark = fingerprint(document, correction)
        known = self.work.connection.execute(
            "select * from documents where document = ?", [document.document]
        ).fetchone()
        if known is not None and known["input"] != path:
            self.work.run("delete from inputs where path = ?", [known["input"]])
        article = reading.article(document).id
        self.work.run(
            "replace into documents values (?, ?, ?, ?, ?)", [document.document, path, mark, article, self.run]
        )
        if known is None or known["fingerprint"] != mark:
            if known is not None:
                self._unwrite(known["article_id"], article)
            self._lay_by(document, article)

    def _unwrite(self, before: str, now: str) -> None:
        """Forget what was read of an article that changed before it was written, or is to be read again as it is."""
        self.work.run("delete from spool where article_id = ?", [before])
        number = number_of(before)
        written = self.work.one("select story_id from search_articles where number = ?", [number]) is not None
        if before == now or not written:
            forget(self.work, before)

    def _lay_by(self, document: Document, article: str) -> None:
        """Put a document where articles wait to be read, and in a new working file its earlier versions too."""
        versions = previous.versions(self.db, document.document) if self.db is not None else []
        ids = [version.article_id for version in versions]
        if self.fresh:
            for version in versions:
                if version.article_id != article:
                    self.spool(version.document, version.version, version.supersedes, ids)
        forget(self.work, article)
        if article in ids:
            same = versions[ids.index(article)]
            self.spool(document, same.version, same.supersedes, ids)
        elif versions:
            self.spool(document, versions[-1].version + 1, versions[-1].article_id, ids)
        else:
            self.spool(document, 1, None, ids)

    def spool(self, document: Document, version: int, supersedes: str | None, present: list[str]) -> None:
        """Lay one version of a document by."""
        self.work.run(
            "replace into spool values (?, ?, ?, ?, ?)",
            [
                *(document.document, version, supersedes if supersedes in present else None),
                *(reading.article(document).id, pack_document(document)),
            ],
        )
        lines.count(self.work, document.text)

    def _mark_gone(self) -> None:
        """Articles whose documents the inputs no longer hold, apart from those that people judged."""
        self.work.run("delete from inputs where path not in (select path from temp.visited)")
        left = [row[0] for row in self.work.rows(f"select document from documents where {LEFT} order by 1")]
        annotated = previous.annotated(self.db) if self.db is not None and (left or self.fresh) else set()
        for document in left:
            waiting = [r[0] for r in self.work.rows("select article_id from spool where document = ?", [document])]
            versions = previous.versions(self.db, document) if self.db is not None else []
            written = {version.article_id for version in versions}
            current = self.work.one("select article_id from documents where document = ?", [document])
            for article in {*waiting, current, *written} - (annotated & written):
                self._mark(article, article in written)
            self.work.run("delete from documents where document = ?", [document])
        if self.fresh and self.db is not None:
            self._clear_out(annotated)

    def _mark(self, article: str, written: bool) -> None:
        forget(self.work, article)
        self.work.run("delete from spool where article_id = ?", [article])
        if written:
            self.work.run("insert or ignore into gone values (?)", [article])

    def _clear_out(self, annotated: set[str]) -> None:
        """With a new working file: what the database holds beyond the inputs is read again or has to go."""
        assert self.db is not None
        names = [row[0] for row in self.db.execute("select distinct document from articles order by 1")]
        for document in names:
            if self.work.one("select 1 from documents where document = ?", [document]):
                continue
            versions = previous.versions(self.db, document)
            kept = [version for version in versions if version.article_id in annotated]
            ids = [version.article_id for version in kept]
            for version in kept:
                self.spool(version.document, version.version, version.supersedes, ids)
            for version in versions:
                if version.article_id not in ids:
                    self.work.run("insert or ignore into gone values (?)", [version.article_id])


def forget(work: Workfile, article: str) -> None:
    """Take an article out of the search; its story, if it is in one, is to be looked at again."""
    number = number_of(article)
    row = work.connection.execute("select story_id from search_articles where number = ?", [number]).fetchone()
    if row is None:
        return
    if row["story_id"] is not None:
        work.run("insert or ignore into redo values (?)", [row["story_id"]])
    work.index.remove([number])
    work.run("delete from found where number = ?", [number])
    work.run("delete from plan where story in (select story from plan where number = ?)", [number])


def fingerprint(document: Document, correction: dict[str, str]) -> str:
    """Digest of everything that an article's reading depends on, apart from code and other articles."""
    values = [repr(sorted(each.items())) for each in (document.metadata, document.provenance, correction)]
    return digest(document.path, document.encoding, document.text, *values, length=32)


def _state(source: Source) -> str:
    """What tells that a file is as it was, empty where nothing can."""
    try:
        found = os.stat(source.path)
    except OSError:
        return ""
    if time.time() - found.st_mtime < RECENT:
        return ""
    said = repr((sorted(source.sidecar.values.items()), sorted(source.sidecar.provenance.items())))
    return digest(str(found.st_size), str(found.st_mtime_ns), source.document, said, length=32)
