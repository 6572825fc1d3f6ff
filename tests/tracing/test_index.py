"""The search for stories on disk: what comes and goes, and partners that do not depend on the order of coming."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import Article, Document
from retold.reading import articles as reading
from retold.tracing import profiles
from retold.tracing.stories import bags, candidates, features, grouping, index
from retold.tracing.stories.index import Index

PLACES = ("Marlow Bay", "Obern", "Skell", "Tarn", "Kolm", "Northern Quay")
THINGS = ("ferry", "blossom", "tunnel", "harbour", "orchard", "railway", "bridge", "council", "frost", "repair")


def articles(count: int, seed: int = 1) -> list[Article]:
    """Small reports, some of one event."""
    chance = random.Random(seed)
    found = []
    for n in range(count):
        event = random.Random(n // 3)
        place = event.choice(PLACES)
        one, two, three = ("".join(event.choice("bdfgklmnprst") + event.choice("aeiou") for _ in "abc") for _ in "abc")
        text = (
            f"The {one} of {place} was {two}ed after {event.randrange(20, 900)} people asked {three.title()} for it. "
            f"Nobody in {place} had seen a {one} for {event.randrange(3, 80)} years, said {three.title()} of {two}. "
            f"It was {chance.choice(THINGS)} number {n}."
        )
        known = {"language": "en"} | ({"published": f"2024-03-{1 + n // 3 % 28:02d}"} if n % 4 else {})
        found.append(reading.article(Document(f"a{n}", f"a{n}", text, metadata=known)))
    reading.read_all(found)
    return found


def filled(found: list[Article], parts: int = 1, path: Path | None = None) -> Index:
    """An index to which the articles were added in so many parts."""
    made = Index(sqlite3.connect(path or ":memory:", isolation_level=None))
    for part in range(parts):
        corpus = profiles.corpus(found[part::parts])
        made.add(features.of(corpus), corpus.stems)
    return made


def content(made: Index) -> list[object]:
    tables = ("search_articles", "search_terms", "search_keys", "search_leads", "search_centre")
    return [sorted(map(repr, made.connection.execute(f"select * from {t}").fetchall())) for t in tables]


def test_the_order_in_which_articles_come_does_not_matter() -> None:
    found = articles(30)
    one = filled(found)
    random.Random(3).shuffle(found)
    other = filled(found, parts=4)
    assert one.settle() == other.settle()
    assert content(one) == content(other)
    fresh = one.numbers("true")
    assert (grouping.links(one, fresh) == grouping.links(other, fresh)).all()


def test_what_goes_leaves_nothing_behind() -> None:
    found = articles(30)
    kept, gone = found[:20], found[20:]
    one = filled(found)
    one.settle()
    one.remove(features.number_of(a.id) for a in gone)
    left = set(one.numbers("true"))
    assert left == {features.number_of(a.id) for a in kept}
    for table in ("search_keys", "search_leads"):
        assert {row[0] for row in one.connection.execute(f"select distinct number from {table}")} <= left
    counted = dict(one.connection.execute("select stem, articles from search_terms where articles > 0"))
    assert counted == dict(filled(kept).connection.execute("select stem, articles from search_terms"))


def test_a_late_article_finds_its_story_and_leaves_the_others_alone() -> None:
    found = articles(30)
    one = filled(found[:-1])
    for n, members in enumerate(grouping.group(one, one.settle())):
        for number in members:
            one.connection.execute("update search_articles set story_id = ? where number = ?", [f"s{n}", number])
    corpus = profiles.corpus(found[-1:])
    one.add(features.of(corpus), corpus.stems)
    groups = grouping.group(one, one.settle())
    assert len(groups) == 1, "the stories that it does not join are not touched"
    kin = {features.number_of(a.id) for a in found[27:]}
    assert kin <= set(groups[0]), "the one it joins comes whole"
    assert len(groups[0]) < len(found)


def test_a_story_to_be_told_again_is_told_though_nothing_joins_it() -> None:
    one = filled(articles(9))
    for number in grouping.group(one, one.settle())[0]:
        one.connection.execute("update search_articles set story_id = 's' where number = ?", [number])
    assert grouping.group(one, []) == []
    assert len(grouping.group(one, [], redo=["s"])) == 1
    assert grouping.group(one, [], redo=["nowhere"]) == []


def test_many_bearers_of_a_key_are_never_all_compared() -> None:
    made = Index(sqlite3.connect(":memory:", isolation_level=None))
    for number in range(1, 400):
        made.connection.execute("insert into search_keys values (7, ?, ?)", [number // 2, number])
    near = candidates._bearers(made, 7, 100, 200)
    assert sorted(near) == [n for n in range(194, 207) if n != 200]


def test_it_is_all_on_disk(tmp_path: Path) -> None:
    found = articles(12)
    made = filled(found, path=tmp_path / "work")
    fresh = made.settle()
    expected = grouping.links(made, fresh)
    made.connection.close()
    again = Index(sqlite3.connect(tmp_path / "work"))
    assert again.settle() == []
    assert (grouping.links(again, fresh) == expected).all()


sparse = st.dictionaries(st.integers(0, 60), st.floats(0.01, 5), max_size=20)


@given(sparse, sparse)
def test_bags_multiply_and_add_as_vectors_do(one: dict[int, float], other: dict[int, float]) -> None:
    dense = [np.array([each.get(n, 0.0) for n in range(61)]) for each in (one, other)]
    made = [
        bags.Bag(np.array(sorted(each), dtype=np.int64), np.array([each[n] for n in sorted(each)], dtype=np.float64))
        for each in (one, other)
    ]
    assert made[0].dot(made[1]) == pytest.approx(float(dense[0] @ dense[1]))
    both = made[0].plus(made[1])
    assert both.terms.tolist() == sorted(one.keys() | other.keys())
    assert both.dot(both) == pytest.approx(float((dense[0] + dense[1]) @ (dense[0] + dense[1])))


@given(st.lists(st.integers(-4096, 4096), min_size=8, max_size=8), st.integers(1, 50))
def test_the_middle_itself_is_on_no_side(lead: list[int], count: int) -> None:
    vector = np.array(lead, dtype=np.int64)
    codes = index.codes_of(vector, count, vector * count)
    assert codes.tolist() == [0] * index.SORTINGS
