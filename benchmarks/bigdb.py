"""A large database with made-up content, written straight into the real schema: for measuring how it is served.

    python benchmarks/bigdb.py big.db [--sentences 1000000] [--judgements 20000] [--seed 1]

Stories of ten articles: a wire copy and nine that kept, reworded, dropped and added sentences of it. Sizes, shares and
skews are those of builds of real news, the sentences those of generator.py; models take no part, so the rows say
nothing true of their texts. Every offset, reference and count holds. The same arguments give the same rows.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from generator import Generator

from retold import codebook
from retold.model import digest
from retold.store import counts, labels, schema, writing

Row = tuple[Any, ...]
ARTICLES, SENTENCES = 10, 25  # to a story, to an article
BATCH = 50  # stories to a transaction
ENTITIES = 30_000
AT = "2026-01-01T00:00:00.000+00:00"
OPERATIONS = {"kept": 0.22, "reworded": 0.4, "dropped": 0.24, "merged": 0.07, "split": 0.07}
RULES = {
    ("style_only", "reworded_without_other_change"): 0.3, ("claim_added", "new_assertion"): 0.2,
    ("opinion_added", "evaluation_in_the_outlets_voice"): 0.15, ("detail_dropped", "name_number_or_time_lost"): 0.12,
    ("context_added", "background_or_definition"): 0.08, ("detail_dropped", "clause_lost"): 0.05,
    ("loaded_wording", "charged_or_softened_word"): 0.04, ("quote_altered", "words_inside_marks_differ"): 0.03,
    ("certainty_shifted", "reporting_verb_takes_a_side"): 0.02,
    ("attribution_dropped", "claim_without_its_source"): 0.01,
}  # fmt: skip
TYPES = {"PERSON": 0.34, "GPE": 0.3, "ORG": 0.24, "NORP": 0.07, "LOC": 0.03, "FAC": 0.015, "EVENT": 0.005}
SOURCES = {
    "named_person": 0.45, "organisation": 0.2, "unnamed_person": 0.17, "document": 0.08, "media": 0.06, "unknown": 0.04,
}  # fmt: skip
PEOPLE = ("ada", "ben", "cleo", "dan", "eva")


@dataclass
class Side:
    """One article while it is made: its stretches of text as (sentence id, start, end, text), headline first."""

    id: str
    text: str
    stretches: list[tuple[str, int, int, str]] = field(default_factory=list)


class Maker:
    """Makes rows story by story; ``rows`` holds those not yet written, by table."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.world = Generator(seed)
        self.rows: dict[str, list[Row]] = {}
        self.outlets = [f"The {self.world._word(2, 3).title()} {kind}" for kind in ("Post", "Star") for _ in range(150)]
        self.types = self._pick(TYPES, ENTITIES)
        self.mentioned: dict[int, list[str]] = {}

    def story(self, number: int) -> None:
        """One story with its articles and all that hangs on them."""
        facts = self.world._facts()
        id_, day = f"s-{digest(str(number))}", date(2020, 1, 1) + timedelta(days=self.random.randrange(2000))
        report = [self._sentence(facts) for _ in range(SENTENCES - 2)]
        cast = [self._entity() for _ in range(12)]
        source = self._article(number, 0, id_, day, report, cast, None)
        self._add("stories", id_, source.text.split("\n", 1)[0], source.id, ARTICLES, str(day), str(day))
        for n in range(1, ARTICLES):
            plan = [
                (op, self._told(op, s, facts))
                for op, s in zip(self._pick(OPERATIONS, len(report)), report, strict=True)
            ]
            told = [text for _, text in plan if text]
            added = [self._sentence(facts) for _ in range(SENTENCES - 2 - len(told) + self.random.randrange(3))]
            article = self._article(number, n, id_, day, told + added, cast, source.id)
            self._compare(source, article, plan, len(added))

    def _article(
        self, story: int, n: int, story_id: str, day: date, body: list[str], cast: list[int], parent: str | None
    ) -> Side:
        title = " ".join(body[0].rstrip(".").split()[:9])
        pieces = [title, *body, "Share this article"]
        text = "\n".join(pieces)
        document = f"made/wire-{story:06d}-{n}.txt"
        side = Side(f"wire-{story:06d}-{n}-{digest(document, text)}", text)
        words, start = 0, 0
        for position, piece in enumerate(pieces):
            end, count = start + len(piece), piece.count(" ") + 1
            sentence = f"{side.id}.{start}-{end}"
            kind = "headline" if position == 0 else "furniture" if position == len(pieces) - 1 else self._kind()
            self._add("sentences", sentence, side.id, position, position, kind, piece, start, end, count)
            side.stretches.append((sentence, start, end, piece))
            self._named(side.id, sentence, start, piece, cast)
            words, start = words + count, end + 1
        skew = int(len(self.outlets) * self.random.random() ** 3)
        self._add(
            "articles", side.id, story_id, document, 1, None, title, self.outlets[skew] if n else None, None, None,
            str(day), None, None if n else self.random.choice(("Reuters", "AP", "AFP")), "en", text,
            digest(text, length=64), words, len(pieces), "retelling" if n else "source", parent,
            self._one({"wholly": 0.6, "partially": 0.4}) if n else None, document, "utf-8", "{}",
        )  # fmt: skip
        return side

    def _named(self, article: str, sentence: str, start: int, piece: str, cast: list[int]) -> None:
        """Two names to a sentence, and in every third who said it."""
        for word in range(2):
            who, at = self.random.choice(cast), start + word
            self.mentioned.setdefault(who, []).append(article)
            id_ = f"{article}.m{at}-{start + 3 + word}"
            self._add(
                "mentions", id_, sentence, article, f"e-{who}", piece[word : 3 + word], at, start + 3 + word,
                self.types[who], None,
            )  # fmt: skip
        if self.random.random() < 0.35:
            middle, end = start + len(piece) // 3, start + len(piece)
            cue = piece[middle - start : middle - start + 4]
            self._add(
                "attributions", f"{article}.a{middle}-{middle + 4}", article, sentence,
                self._one({"indirect": 0.6, "direct": 0.25, "mixed": 0.15}), piece[:3], start, start + 3,
                f"e-{self.random.choice(cast)}", self._one(SOURCES), cue, middle, middle + 4,
                piece[middle + 4 - start :], middle + 4, end, json.dumps([[middle + 4, end]]), None,
            )  # fmt: skip

    def _compare(self, source: Side, article: Side, plan: list[tuple[str, str]], added: int) -> None:
        derivation = f"d-{digest(source.id, article.id)}"
        score = round(0.5 + self.random.random() / 2, 4)
        self._add(
            "derivations", derivation, source.id, article.id, score, "wholly" if score > 0.7 else "partially", score,
            12, score, 0.9, f"{score:.0%} of the article's text has a counterpart in the source",
        )  # fmt: skip
        told = iter(article.stretches[1:-1])
        pairs = [
            (op, one, next(told) if text else None)
            for (op, text), one in zip(plan, source.stretches[1:-1], strict=True)
        ]
        pairs += [("added", None, next(told)) for _ in range(added)]
        for position, (operation, left, right) in enumerate(pairs):
            self._edge(derivation, source.id, article.id, position, operation, left, right)

    def _edge(
        self, derivation: str, source: str, article: str, position: int, operation: str, left: Any, right: Any
    ) -> None:
        id_ = f"c-{digest(derivation, str(position))}"
        similarity = {"kept": 1.0, "dropped": 0.0, "added": 0.0}.get(operation, round(self.random.random(), 4))
        _, *a = left or (None,) * 4
        _, *b = right or (None,) * 4
        parts = [json.dumps([s[:2]] if s[0] is not None else []) for s in (a, b)]
        moved = int(operation == "reworded" and self.random.random() < 0.1)
        self._add(
            "changes", id_, derivation, source, article, position, operation, moved, similarity, a[2], b[2], a[0], a[1],
            b[0], b[1], *parts, 0,
        )  # fmt: skip
        for side, stretch in (("source", left), ("article", right)):
            if stretch:
                self._add("change_sentences", id_, stretch[0], side, 1)
        if operation != "kept" and self.random.random() < 0.55:
            for (label, rule), n in zip(self._pick(RULES, 1 + (self.random.random() < 0.15)), range(2), strict=False):
                confidence = round(0.4 + self.random.random() / 2, 2)
                self._add(
                    "suggestions", f"g-{digest(id_, str(n))}", id_, label, rule, confidence, a[0], a[1], b[0], b[1],
                    a[2], b[2], "Words of the one stand in the other, in another order.",
                )  # fmt: skip

    def entities(self) -> Iterator[Row]:
        for who in range(ENTITIES):
            seen = self.mentioned.get(who, [])
            name = f"{self.world.places[who % 1500]} {self.world.lexicon[who % 8999].title()}"
            yield (f"e-{who}", name, self.types[who], len(seen), len(set(seen)), json.dumps([name]), "one spelling")

    def _told(self, operation: str, sentence: str, facts: dict[str, list[str]]) -> str:
        if operation == "dropped":
            return ""
        return sentence if operation == "kept" else self.world._reworded(sentence)

    def _sentence(self, facts: dict[str, list[str]]) -> str:
        return self.world._sentence(self.world._frame(), facts)

    def _kind(self) -> str:
        return self._one({"body": 0.94, "subheading": 0.025, "caption": 0.02, "credit": 0.01, "dateline": 0.005})

    def _entity(self) -> int:
        return int(ENTITIES * self.random.random() ** 4)

    def _one(self, shares: dict[str, float]) -> str:
        return str(self._pick(shares, 1)[0])

    def _pick(self, shares: dict[Any, float], count: int) -> list[Any]:
        return self.random.choices(list(shares), list(shares.values()), k=count)

    def _add(self, table: str, *row: Any) -> None:
        self.rows.setdefault(table, []).append(row)


def make(path: Path, sentences: int, judgements: int, seed: int) -> None:
    """The database at ``path``, which must not exist."""
    schema.ensure(path)
    connection = schema.connect(path)
    connection.execute("pragma synchronous = off")
    connection.execute("pragma cache_size = -400000")
    connection.execute("pragma foreign_keys = off")
    labels.ship(connection, codebook.load())
    search = without_search(connection)
    maker, numbers = Maker(seed), iter(range(max(1, sentences // (ARTICLES * SENTENCES))))
    while batch := list(islice(numbers, BATCH)):
        for number in batch:
            maker.story(number)
        put(connection, maker.rows)
        maker.rows = {}
    put(connection, {"entities": list(maker.entities())})
    put(connection, authored(connection, judgements, seed))
    with writing.transaction(connection):
        counts.refresh(connection)
        for table in schema.SEARCHED:
            connection.execute(f"insert into {table}_fts ({table}_fts) values ('rebuild')")
        for sql in search:
            connection.execute(sql)
    build = (AT, AT, "made up", "[]", 0, 0, 0, "{}")
    connection.execute(f"insert into builds values (null, {', '.join('?' * len(build))})", build)
    connection.execute("pragma analysis_limit = 1000")  # as the build does it
    connection.execute("analyze")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def without_search(connection: sqlite3.Connection) -> list[str]:
    """Take away the triggers that feed the search indexes, which are filled faster at once; the SQL of each."""
    sql = "select name, sql from sqlite_master where type = 'trigger' and sql like '%_fts%'"
    found = connection.execute(sql).fetchall()
    for name, _ in found:
        connection.execute(f"drop trigger [{name}]")
    return [sql for _, sql in found]


def put(connection: sqlite3.Connection, rows: dict[str, list[Row]]) -> None:
    connection.execute("begin immediate")
    for table, found in rows.items():
        if found:
            names = [f'"{r[1]}"' for r in connection.execute(f"pragma table_info({table})")][: len(found[0])]
            marks = ", ".join("?" * len(names))
            connection.executemany(f"insert into {table} ({', '.join(names)}) values ({marks})", found)
    connection.execute("commit")


def authored(connection: sqlite3.Connection, judgements: int, seed: int) -> dict[str, list[Row]]:
    """Decisions and verdicts on the first edges that carry a suggestion; every tenth edge is judged by two people."""
    sql = """select c.id, c.article_id, c.source_article_id, g.id, g.label from changes c
             join suggestions g on g.change_id = c.id order by c.source_article_id, c.article_id, c.position limit ?"""
    edges = {row[0]: tuple(row) for row in connection.execute(sql, [judgements])}
    pick, rows = random.Random(seed), {name: list[Row]() for name in ("annotations", "decisions", "annotation_events")}
    for n, (change, article, source, suggestion, label) in enumerate(edges.values()):
        for who in pick.sample(PEOPLE, 2 if n % 10 == 0 else 1):
            verdict = pick.choice(("accepted", "accepted", "rejected"))
            ids = [f"{letter}-{digest(change, who)}" for letter in "nd"]
            rows["annotations"].append(
                (ids[0], change, article, source, suggestion, label, verdict, None, None, None, None, None, None,
                 None, None, "", who, 1, "assisted", 0, 0, 1, AT, AT)
            )  # fmt: skip
            rows["decisions"].append((ids[1], change, who, "done", None, "", 0, 0, 1, AT, AT))
            for table, id_ in zip(("annotations", "decisions"), ids, strict=True):
                rows["annotation_events"].append((None, AT, who, "created", table, id_, None, "{}"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("db", type=Path)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--judgements", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.db.exists():
        parser.error(f"{given.db} is there already")
    began = time.perf_counter()
    make(given.db, given.sentences, given.judgements, given.seed)
    print(f"{given.db}: {given.db.stat().st_size / 1e6:,.0f} MB in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
