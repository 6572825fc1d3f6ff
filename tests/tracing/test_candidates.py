"""Candidate pairs: bounded in number, found through wording, rare words or meaning; and a made-up corpus end to end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from retold.model import Article, Document
from retold.reading import articles as reading
from retold.tracing import derivation, profiles, stories
from retold.tracing.stories import candidates

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def made() -> tuple[list[Article], dict[str, str]]:
    """120 made-up articles, and the parent of each retelling by document."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from generator import Generator
    finally:
        sys.path.remove(str(BENCHMARKS))
    corpus = Generator(7).make(120)
    articles = [reading.article(document) for document in corpus.documents]
    reading.read_all(articles)
    return articles, corpus.parent


def test_every_article_has_a_bounded_number_of_candidates(made: tuple[list[Article], dict[str, str]]) -> None:
    articles, parent = made
    corpus = profiles.corpus(articles)
    pairs = candidates.propose(corpus)
    assert len(pairs) <= candidates.KEPT * len(articles)
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len({tuple(pair) for pair in pairs.tolist()}) == len(pairs)
    number = {p.article.document: n for n, p in enumerate(corpus.profiles)}
    proposed = {frozenset(pair) for pair in pairs.tolist()}
    missed = [a for a, b in parent.items() if frozenset((number[a], number[b])) not in proposed]
    assert len(missed) <= 0.02 * len(parent)


def test_known_ancestry_is_found_again(made: tuple[list[Article], dict[str, str]]) -> None:
    articles, parent = made
    by_id = {a.id: a for a in articles}
    corpus = profiles.corpus(articles)
    rows = [
        row
        for story in stories.group(articles, corpus)
        for row in derivation.derive(story, [by_id[i] for i in story.article_ids], corpus)
    ]
    found = {by_id[r.article_id].document for r in rows}
    assert len(found & parent.keys()) >= 0.9 * len(parent)
    event = {a.id: a.document.split("-")[0] for a in articles}
    assert all(event[r.source_article_id] == event[r.article_id] for r in rows)


def test_hardly_a_common_word_but_the_same_names_and_figures() -> None:
    texts = {
        "one": "Teresa Ito shut the Northern Grace after 48 centimetres of crack were found at Marlow Bay.",
        "two": "In Marlow Bay no boat sails: a 48 centimetre gap, so Ito, kept Northern Grace ashore.",
        "far": "Growers in Obern lost 12 million francs of apple blossom to frost.",
    }
    articles = [reading.article(Document(n, n, t, metadata={"language": "en"})) for n, t in texts.items()]
    reading.read_all(articles)
    corpus = profiles.corpus(articles)
    names = [p.article.document for p in corpus.profiles]
    assert {"one", "two"} in [{names[a], names[b]} for a, b in candidates.propose(corpus).tolist()]


def test_no_article_or_one_has_no_candidates() -> None:
    assert len(candidates.propose(profiles.corpus([]))) == 0
    assert len(candidates.propose(profiles.corpus([reading.article(Document("a", "a", "Rain."))]))) == 0
