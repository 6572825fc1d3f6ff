"""A corpus that grew beside the same corpus built from nothing: how well either finds stories, how far they agree.

    python benchmarks/growing.py [--gold GOLD] [--articles 3000]

Half of the articles come first, the rest in ten parts, in the order of their dates as an archive would grow (undated
ones last). Made-up articles belong together where they tell one event; with the gold folder, OneStopEnglish and
same_event too.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import corpora
import kinds
from corpora import Labelled

from retold.model import Article, Story
from retold.reading import articles as reading
from retold.tracing import profiles
from retold.tracing.stories import features, grouping
from retold.tracing.stories.index import Index


def made_up(count: int) -> Labelled:
    """A mixed corpus; a story is everything that tells one event."""
    made = kinds.corpus("mixed", count, seed=4)
    articles = [reading.article(document) for document in made.documents]
    reading.read_all(articles)
    return Labelled(articles, {document: str(event) for document, event in made.event.items()})


def grown(parts: list[list[Article]]) -> list[Story]:
    """The stories of articles that come in parts, each part compared with what is there."""
    index = Index(sqlite3.connect(":memory:", isolation_level=None))
    named: dict[int, str] = {}
    ids: dict[int, str] = {}
    for number, part in enumerate(parts):
        corpus = profiles.corpus(part)
        index.add(features.of(corpus), corpus.stems)
        ids |= {features.number_of(a.id): a.id for a in part}
        for n, members in enumerate(grouping.group(index, index.settle())):
            for one in members:
                named[one] = f"{number}-{n}"
                index.connection.execute("update search_articles set story_id = ? where number = ?", [named[one], one])
    stories: dict[str, list[str]] = {}
    for one, name in named.items():
        stories.setdefault(name, []).append(ids[one])
    return [Story(name, name, None, sorted(members)) for name, members in sorted(stories.items())]


def in_parts(articles: list[Article], more: int = 10) -> list[list[Article]]:
    """Half of them, then the rest in so many parts."""
    ordered = sorted(articles, key=lambda a: (a.published or "9999", a.id))
    half = len(ordered) // 2
    return [ordered[:half], *(ordered[half + n :: more] for n in range(more))]


def pairs(stories: list[Story]) -> Iterator[frozenset[str]]:
    """Every two articles of one story."""
    for story in stories:
        for n, one in enumerate(story.article_ids):
            yield from (frozenset((one, other)) for other in story.article_ids[n + 1 :])


def report(name: str, labelled: Labelled) -> None:
    """One line: pair F1 of either, and the share of pairs that both have."""
    whole, parts = grown([labelled.articles]), grown(in_parts(labelled.articles))
    one, other = set(pairs(whole)), set(pairs(parts))
    f1 = [corpora.pair_f1(found, labelled) for found in (whole, parts)]
    agree = len(one & other) / max(len(one | other), 1)
    figures = " | ".join(f"{p:.3f} / {r:.3f} / {f:.3f}" for p, r, f in f1)
    print(f"| {name} | {len(labelled.articles):,} | {figures} | {agree:.3f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    given = parser.parse_args()
    print("| corpus | articles | from nothing: pair P / R / F1 | grown in eleven parts | pairs in both, of either |")
    print("|---|---|---|---|---|")
    report("made up", made_up(given.articles))
    if given.gold:
        report("onestop_english as labelled", corpora.onestop(given.gold))
        report("same_event", corpora.same_event(given.gold))


if __name__ == "__main__":
    main()
