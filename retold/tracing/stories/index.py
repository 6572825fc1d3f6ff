"""The search for stories on disk: what is known of every article so far, so that a new one is compared with few.

The tables live in whatever SQLite database they are put. Adding an article and asking for its partners costs the same
whether a thousand others are known or a million, apart from the depth of the trees; memory does not grow with them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import numpy as np

from retold.naming.embeddings import EMBEDDING_SIZE
from retold.tracing.profiles import Integers
from retold.tracing.stories import bags
from retold.tracing.stories.bags import Bag
from retold.tracing.stories.features import SEED, Features, day, term_of
from retold.tracing.weights import Weights

TABLES = """
create table if not exists search_articles (
  number integer primary key, id text not null unique, published text, supersedes text, story_id text,
  settled integer not null default 0, terms blob not null, counts blob not null, keys blob not null,
  lead blob not null, codes blob not null default '');
create index if not exists search_unsettled on search_articles (number) where not settled;
create index if not exists search_story on search_articles (story_id);
create table if not exists search_terms (term integer primary key, stem text not null, articles integer not null);
create table if not exists search_keys (
  key integer, day integer, number integer, primary key (key, day, number)) without rowid;
create table if not exists search_leads (
  sorting integer, code integer, number integer, primary key (sorting, code, number)) without rowid;
create table if not exists search_centre (articles integer not null, total blob not null);
"""
T = TypeVar("T")

UNDATED = 10_000_000
RARE_TERMS = 24
SORTINGS, PROJECTIONS = 4, 32
BATCH = 500
MOST_WEIGHTS = 100_000


class Index:
    """What is known of the articles; ``weights`` are those of a larger corpus that they are part of, if any."""

    def __init__(self, connection: sqlite3.Connection, weights: Weights | None = None) -> None:
        self.connection = connection
        self.given = weights
        self._known: dict[int, tuple[float, bool]] = {}
        self._count: int | None = None
        for statement in TABLES.split(";"):
            connection.execute(statement)

    def add(self, found: Iterable[Features], stems: Iterable[str]) -> None:
        """Enter articles; ``stems`` spells at least all of their terms. They take part once they are settled."""
        names = {term_of(stem): stem for stem in stems}
        for one in found:
            self.connection.execute(
                "insert into search_articles (number, id, published, supersedes, terms, counts, keys, lead)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(one.number, one.id, one.published, one.supersedes, one.terms.tobytes()),
                    *(np.minimum(one.counts, 65535).astype("<u2").tobytes(), one.bands.tobytes(), one.lead.tobytes()),
                ],
            )
            self.connection.executemany(
                "insert into search_terms values (?, ?, 1) on conflict do update set articles = articles + 1",
                [(term, names[term]) for term in one.terms.tolist()],
            )
        self.forget_counts()

    def remove(self, numbers: Iterable[int]) -> None:
        """Forget articles."""
        for number in numbers:
            published, terms, keys, codes = self._row(number, "published, terms, keys, codes")
            self.connection.executemany(
                "update search_terms set articles = articles - 1 where term = ?",
                [(t,) for t in integers(terms).tolist()],
            )
            moment = moment_of(published)
            self.connection.executemany(
                "delete from search_keys where key = ? and day = ? and number = ?",
                [(key, moment, number) for key in integers(keys).tolist()],
            )
            self.connection.executemany(
                "delete from search_leads where sorting = ? and code = ? and number = ?",
                [(sorting, code, number) for sorting, code in enumerate(integers(codes).tolist())],
            )
            self.connection.execute("delete from search_articles where number = ?", [number])
        self.forget_counts()

    def forget_counts(self) -> None:
        """Read weights afresh: articles came or went."""
        self._known.clear()
        self._count = None

    def settle(self) -> list[int]:
        """Give the articles added since the last time their places in the search, and return their numbers in order.

        Which terms of an article count as rare is decided here, over all articles known by now; so is the middle of all
        leads, once.
        """
        sql = "select number from search_articles where not settled order by number"
        fresh = [int(row[0]) for row in self.connection.execute(sql)]
        centre = self._centre()
        for number in fresh:
            self._settle(number, *centre)
        return fresh

    def _settle(self, number: int, count: int, total: Integers) -> None:
        published, terms, counts, bands, lead = self._row(number, "published, terms, counts, keys, lead")
        keys = np.union1d(integers(bands), self._rare(integers(terms), integers(counts, "<u2")))
        moment = moment_of(published)
        self.connection.executemany(
            "insert into search_keys values (?, ?, ?)", [(key, moment, number) for key in keys.tolist()]
        )
        codes = codes_of(integers(lead, "<i2"), count, total)
        self.connection.executemany(
            "insert into search_leads values (?, ?, ?)",
            [(sorting, code, number) for sorting, code in enumerate(codes.tolist())],
        )
        self.connection.execute(
            "update search_articles set settled = 1, keys = ?, codes = ?, lead = '' where number = ?",
            [keys.tobytes(), codes.tobytes(), number],
        )

    def _rare(self, terms: Integers, counts: Integers) -> Integers:
        """The heaviest terms of an article that some other article has too."""
        weights = [weight if shared else 0.0 for weight, shared in self._known_of(terms)]
        weight = np.array(weights, dtype=np.float64) * (1 + np.log(np.maximum(counts, 1)))
        top = np.lexsort((terms, -weight.round(9)))[:RARE_TERMS]
        found: Integers = terms[top[weight[top] > 0]]
        return found

    def _centre(self) -> tuple[int, Integers]:
        """How many leads were summed up to find their middle, and the sum."""
        row = self.connection.execute("select articles, total from search_centre").fetchone()
        if row is None:
            count, total = 0, np.zeros(EMBEDDING_SIZE, dtype=np.int64)
            for lead in self.connection.execute("select lead from search_articles where length(lead) > 0"):
                count, total = count + 1, total + integers(lead[0], "<i2")
            row = count, total.tobytes()
            if count:
                self.connection.execute("insert into search_centre values (?, ?)", row)
        return int(row[0]), integers(row[1])

    def numbers(self, sql: str, parameters: Sequence[object] = ()) -> list[int]:
        """The numbers of the articles for which a condition holds, in order."""
        rows = self.connection.execute(f"select number from search_articles where {sql} order by number", parameters)
        return [int(row[0]) for row in rows]

    def about(self, number: int) -> tuple[str, str | None, str | None, str | None]:
        """An article's id, date, the version it supersedes, and its story if it is in one."""
        found: tuple[str, str | None, str | None, str | None]
        found = self._row(number, "id, published, supersedes, story_id")
        return found

    def settled(self, number: int) -> tuple[int, Integers, Integers]:
        """A settled article's place in the order of days, its keys, and its codes if it has a lead."""
        published, keys, codes = self._row(number, "published, keys, codes")
        return moment_of(published), integers(keys), integers(codes)

    def bag(self, number: int) -> Bag:
        """An article's weighted terms, scaled to length 1."""
        terms, counts = self._row(number, "terms, counts")
        found = integers(terms)
        weights = np.array([weight for weight, _ in self._known_of(found)], dtype=np.float64)
        return bags.unit(found, integers(counts, "<u2"), weights)

    def votes(self, keys: Integers) -> list[float]:
        """What it tells that two articles share each of these keys: a band as much as three rare terms."""
        weights = iter(self._known_of(keys[keys & 1 == 0]))
        return [3.0 if key & 1 else round(next(weights)[0] ** 2, 6) for key in keys.tolist()]

    def frequency(self, numbers: Iterable[int]) -> tuple[int, dict[str, int]]:
        """How many articles are known, and how many of them have each stem that these articles have."""
        terms: set[int] = set()
        for number in numbers:
            terms.update(integers(self._row(number, "terms")[0]).tolist())
        counts: dict[str, int] = {}
        for part in batches(sorted(terms)):
            marks = ", ".join("?" * len(part))
            sql = f"select stem, articles from search_terms where term in ({marks})"
            counts |= {row[0]: row[1] for row in self.connection.execute(sql, part)}
        return self._articles(), counts

    def _known_of(self, terms: Integers) -> list[tuple[float, bool]]:
        """For each term its weight, and whether several articles have it."""
        wanted = terms.tolist()
        missing = [term for term in wanted if term not in self._known]
        if len(self._known) + len(missing) > MOST_WEIGHTS:
            self._known.clear()
            missing = wanted
        for part in batches(missing):
            marks = ", ".join("?" * len(part))
            sql = f"select term, stem, articles from search_terms where term in ({marks})"
            rows = self.connection.execute(sql, part).fetchall()
            weights = self.given or Weights(self._articles(), {stem: count for _, stem, count in rows})
            for term, stem, _ in rows:
                self._known[term] = weights.of_stem(stem), weights.frequency.get(stem, 0) > 1
        return [self._known[term] for term in wanted]

    def _articles(self) -> int:
        if self._count is None:
            self._count = int(self.connection.execute("select count(*) from search_articles").fetchone()[0])
        return self._count

    def _row(self, number: int, columns: str) -> tuple[Any, ...]:
        sql = f"select {columns} from search_articles where number = ?"
        row = self.connection.execute(sql, [number]).fetchone()
        return tuple(row)


def codes_of(lead: Integers, count: int, total: Integers) -> Integers:
    """A lead's place in each sorting: the signs of random projections of how it differs from the middle.

    In whole numbers, so that no rounding can tip a sign.
    """
    if not len(lead):
        return np.zeros(0, dtype=np.int64)
    away = lead.astype(np.int64) * count - total
    random = np.random.default_rng(SEED).integers(-8, 9, (SORTINGS, PROJECTIONS, len(lead)))
    signs = random @ away > 0
    codes: Integers = signs.astype(np.int64) @ (np.int64(1) << np.arange(PROJECTIONS, dtype=np.int64))
    return codes


def moment_of(published: str | None) -> int:
    """A date's place in the order of days; undated articles come last."""
    found = day(published)
    return UNDATED if found is None else found


def integers(blob: bytes, kind: str = "<i8") -> Integers:
    """Whole numbers as they were stored."""
    return np.frombuffer(blob or b"", dtype=kind).astype(np.int64)


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """A few hundred items at a time, as many as a statement may name, or so many as are asked for."""
    remaining = iter(items)
    while part := list(islice(remaining, size)):
        yield part
