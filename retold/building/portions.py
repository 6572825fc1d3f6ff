"""The order of a build in portions: read and name, search for stories, trace them, write them as they come.

Each step ends in a file, so a build that was stopped goes on where it was. What is new costs; what is known does not.
A corpus built from nothing depends on its articles alone. One that grew keeps what was decided before about names,
lines and stories, until it is built anew with ``--force``.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from retold.building import beside, names, packing, request, workfile
from retold.building.engines import Engine, Local
from retold.building.intake import Intake, Taken
from retold.building.lines import Recurring
from retold.building.request import DONE, NOTHING_DONE, SKIPPED_SOME, Request
from retold.building.stages import Read, Told, Untold, Waiting
from retold.building.workfile import Workfile
from retold.model import Article, Document, Fault, Problem
from retold.naming import attributions, entities
from retold.naming.cache import CacheUse
from retold.naming.pipeline import is_english
from retold.progress import Reporter
from retold.store import loading, schema, slices
from retold.tracing import profiles
from retold.tracing.stories import features, grouping
from retold.tracing.stories.index import batches

BATCH = 32
HELD = 0.03
"""Seconds for which one transaction should keep people who annotate waiting; pieces are cut so that they take it."""
FEWEST, MOST = 100, 4_000


NEXT = "select * from spool where (document, version) > (?, ?) order by document, version limit ?"
UNDONE = ("spool", "found", "plan", "redo", "gone")


@dataclass(slots=True)
class Done:
    """What a build did: articles read and stories written, and what the cache of sentences spared."""

    read: int = 0
    stories: int = 0
    gone: int = 0
    use: CacheUse = field(default_factory=CacheUse)
    problems: list[Problem] = field(default_factory=list)


def build(wanted: Request) -> int:
    """Build in portions, going on from where the last build came to; returns the exit status."""
    clock, started = time.perf_counter(), request.now()
    reporter, wanted.in_portions = wanted.reporter, True
    if wanted.force:
        beside.remove(beside.work(wanted.db))
    work, fresh = workfile.open_for(wanted.db, request.recipe())
    with closing(work), _engine(wanted) as engine:
        portions = Portions(work, wanted.db, engine, reporter, wanted.portion)
        taken = portions.take(wanted.inputs, fresh, wanted.stdin())
        request.warn_of(taken.problems, reporter)
        if not taken.read:
            reporter.warn(request.NO_ARTICLE)
            return NOTHING_DONE
        status = SKIPPED_SOME if taken.problems else DONE
        if not portions.waiting():
            seconds = time.perf_counter() - clock
            reporter.say(f"Nothing to do: {wanted.db} was built from these {taken.read:,} articles ({seconds:.1f} s).")
            return status
        done = portions.run(started)
        if done.problems:
            request.warn_of(done.problems, reporter)
            status = SKIPPED_SOME
        taken.problems += done.problems
        read = taken.read - len(done.problems)
        log = request.log_of(wanted, started, read, taken.problems, {"portion": wanted.portion})
        request.finish(log)
        portions.log(log, taken.problems)
    request.summarise(wanted, taken.problems, time.perf_counter() - clock, _said(done))
    return status


def _engine(wanted: Request) -> AbstractContextManager[Engine]:
    sentences = beside.sentences(wanted.db)
    if wanted.engine == "local":
        return Local(wanted.cores(), sentences)
    try:
        from retold.building.cluster import Cluster  # noqa: PLC0415
    except ImportError as error:
        raise Fault(f"--engine dask needs what is not installed ({error.name}): pip install 'retold[dask]'") from error
    return Cluster(wanted.reporter, wanted.cores(), wanted.scheduler, sentences)


def _said(done: Done) -> list[str]:
    """What this build added to what was there."""
    read = f"this build read {done.read:,} articles, wrote {done.stories:,} stories, removed {done.gone:,} articles"
    return [read, *request.spared(done.use)]


class Portions:
    """One build of ``db`` in portions of ``size`` articles, remembered in ``work``."""

    def __init__(self, work: Workfile, db: Path, engine: Engine, reporter: Reporter, size: int = 1_000) -> None:
        self.work, self.db, self.engine, self.reporter, self.size = work, db, engine, reporter, size
        self.done = Done()
        self.at = ""
        self._rows = FEWEST
        self._ends: deque[bool] = deque()

    def take(self, inputs: list[str], fresh: bool, stdin: BinaryIO | None = None) -> Taken:
        """See what is new, changed and gone; ``fresh`` says that nothing is known of what the database holds."""
        with self.reporter.step("looking through the inputs") as tick:
            if not schema.exists(self.db):
                return Intake(self.work, None, fresh).take(inputs, stdin, tick)
            with closing(schema.connect(self.db)) as connection:
                return Intake(self.work, connection, fresh).take(inputs, stdin, tick)

    def waiting(self) -> bool:
        """Whether anything is left to do."""
        return any(self.work.one(f"select 1 from {table} limit 1") for table in UNDONE)

    def run(self, at: str) -> Done:
        """Do everything that is left to do. ``at`` is the time that the history gives to what moves."""
        self.at = at
        self._read()
        schema.ensure(self.db)
        with closing(schema.connect(self.db)) as connection:
            slices.ship_labels(connection)
            while self.waiting():
                self._plan()
                names.write(self.work, connection)
                self._write_stories(connection)
                self._remove(connection)
            names.recount(self.work, connection)
            slices.tell_the_planner(connection)
        return self.done

    def log(self, log: dict[str, Any], problems: list[Problem]) -> None:
        """Enter the build in the database's log."""
        with closing(schema.connect(self.db)) as connection:
            slices.log(connection, log, problems)

    def _read(self) -> None:
        total = int(self.work.one("select count(*) from spool"))
        if not total:
            return
        with self.reporter.step("reading and naming", total) as tick:
            found: list[Read] = []
            # In one go, so that while names are settled here the others have the next portion to read.
            for one in self.engine.read(self._batches()):
                found.append(one)
                self.done.use += one.use
                tick(len(one.articles))
                if self._ends.popleft():
                    self._take_in(found)
                    found = []

    def _batches(self) -> Iterator[list[Waiting]]:
        """All that is to be read, a batch at a time; ``_ends`` says of each whether a portion ends with it."""
        last: tuple[str, int] = "", 0
        while portion := self._portion(*last):
            last = portion[-1].document.document, portion[-1].version
            for n in range(0, len(portion), BATCH):
                self._ends.append(n + BATCH >= len(portion))
                yield portion[n : n + BATCH]

    def _take_in(self, found: list[Read]) -> None:
        """Settle the names of a portion over all of it, and keep it."""
        articles = [article for one in found for article in one.articles]
        with self.work.saved():
            self._settle_names(articles)
            for one in found:
                self.work.index.add(one.features, one.stems)
                for left in one.unread:
                    self._leave_out(left.document, left.version)
            self._keep(articles)
        self.done.read += len(articles)

    def _leave_out(self, document: Document, version: int) -> None:
        """Go on without what ends every process that reads it; the next build tries again."""
        name = document.document
        self.work.run("delete from spool where document = ? and version = ?", [name, version])
        self.work.run("delete from inputs where path in (select input from documents where document = ?)", [name])
        self.work.run("delete from documents where document = ?", [name])
        self.done.problems.append(Problem(document.path, "reading", request.DEADLY))

    def _portion(self, name: str, number: int) -> list[Waiting]:
        """The next documents to be read after this one, in the order of their names."""
        recurring = Recurring(self.work)
        return [
            Waiting(
                document := packing.unpack_document(row["content"]),
                row["version"],
                row["supersedes"],
                self._corrections.get(document.document, {}),
                recurring.of(document.text),
            )
            for row in self.work.rows(NEXT, [name, number, self.size])
        ]

    @cached_property
    def _corrections(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = json.loads(self.work.get("corrections") or "{}")
        return found

    def _settle_names(self, articles: list[Article]) -> None:
        english = [article for article in articles if is_english(article)]
        attributions.resolve(english, names.adopt(self.work, english, entities.resolve(english)))

    def _keep(self, articles: list[Article]) -> None:
        """Lay read articles by until their story is written."""
        for article in articles:
            self.work.run(
                "replace into found values (?, ?, ?)",
                [features.number_of(article.id), article.id, packing.pack(article)],
            )
            self.work.run("delete from spool where document = ? and version = ?", [article.document, article.version])

    def _plan(self) -> None:
        """Decide which articles are one story, unless that was decided before the build was stopped."""
        undecided = self.work.one("select 1 from found where number not in (select number from plan) limit 1")
        if not undecided and not self.work.one("select 1 from redo limit 1"):
            return
        numbers = [row[0] for row in self.work.rows("select number from found order by number")]
        with self.reporter.step("finding stories", len(numbers)) as tick, self.work.saved():
            self.work.index.settle()
            links = self.engine.links(self.work.index, numbers, tick)
            redo = [row[0] for row in self.work.rows("select story_id from redo order by 1")]
            self.work.run("delete from plan")
            for story, members in enumerate(grouping.group(self.work.index, numbers, links, redo)):
                for number in members:
                    self.work.run("insert into plan values (?, ?)", [story, number])
            self.work.run("delete from redo")

    def _write_stories(self, connection: sqlite3.Connection) -> None:
        stories = [row[0] for row in self.work.rows("select distinct story from plan order by story")]
        if not stories:
            return
        with self.reporter.step("tracing and writing stories", len(stories)) as tick:
            piece = slices.Piece()
            for told in self.engine.tell(self._untold(connection, stories)):
                _add(piece, told)
                if len(piece) >= self._rows:
                    self._write(connection, piece)
                    tick(len(piece.stories))
                    piece = slices.Piece()
            self._write(connection, piece)
            tick(len(piece.stories))

    def _untold(self, connection: sqlite3.Connection, stories: Iterable[int]) -> Iterator[Untold]:
        gone = {row[0] for row in self.work.rows("select article_id from gone")}
        for story in stories:
            numbers = [row[0] for row in self.work.rows("select number from plan where story = ?", [story])]
            articles = self._articles(connection, numbers)
            fresh = frozenset(i for i, (_, is_fresh) in articles.items() if is_fresh)
            for article, _ in articles.values():
                article.supersedes = None if article.supersedes in gone else article.supersedes
            documents, frequency = self.work.index.frequency(numbers)
            yield Untold(
                [article for article, _ in articles.values()],
                fresh,
                slices.standing(connection, articles.keys() - fresh),
                documents,
                frequency,
            )

    def _articles(self, connection: sqlite3.Connection, numbers: list[int]) -> dict[str, tuple[Article, bool]]:
        """The articles of a story by id, each with whether it is fresh."""
        found: dict[str, tuple[Article, bool]] = {}
        others: list[str] = []
        for number in numbers:
            content = self.work.one("select content from found where number = ?", [number])
            if content is None:
                others.append(self.work.index.about(number)[0])
            else:
                article = packing.unpack(content)
                found[article.id] = article, True
        for part in batches(others):
            found |= {i: (article, False) for i, article in loading.articles(connection, part).items()}
        return found

    def _write(self, connection: sqlite3.Connection, piece: slices.Piece) -> None:
        if not piece.stories:
            return
        held = slices.write(connection, piece, self.at)
        self._rows = int(min(MOST, max(FEWEST, len(piece) * HELD / held)))
        self.done.stories += len(piece.stories)
        with self.work.saved():
            for article in piece.articles:
                number = features.number_of(article.id)
                self.work.run("update search_articles set story_id = ? where number = ?", [article.story_id, number])
                self.work.run("delete from found where number = ?", [number])
                self.work.run("delete from plan where story in (select story from plan where number = ?)", [number])

    def _remove(self, connection: sqlite3.Connection) -> None:
        """Articles that went; those that people judged while the build ran stay, and their stories are told again."""
        gone = [row[0] for row in self.work.rows("select article_id from gone order by 1")]
        if not gone:
            return
        with self.reporter.step("removing", len(gone)) as tick:
            for part in batches(gone, 20):
                names.doubt(self.work, connection, part)
                kept = slices.remove(connection, part)
                with self.work.saved():
                    self._take_back(connection, kept)
                    for article in part:
                        self.work.run("delete from gone where article_id = ?", [article])
                self.done.gone += len(part) - len(kept)
                tick(len(part))

    def _take_back(self, connection: sqlite3.Connection, ids: Iterable[str]) -> None:
        for article in loading.articles(connection, ids).values():
            if article.story_id is not None:
                self.work.run("insert or ignore into redo values (?)", [article.story_id])
            known = profiles.corpus([article])
            self.work.index.add(features.of(known), known.stems)
            self._keep([article])


def _add(piece: slices.Piece, told: Told) -> None:
    piece.stories.append(told.story)
    piece.articles += told.articles
    piece.fresh |= told.fresh
    piece.standing |= told.standing
    piece.derivations += told.derivations
    piece.edges += told.edges
    piece.suggestions += told.suggestions
