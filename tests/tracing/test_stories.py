"""Articles into stories."""

# ruff: noqa: E501 -- made-up stories read better unbroken

from __future__ import annotations

import random

from retold.model import Article, Document, Story
from retold.reading import articles as reading
from retold.tracing import stories

FERRY = (
    "The harbour town of Marlow Bay closed its only ferry after an inspection found a crack in the hull, Mayor Teresa Ito said. "
    "The Northern Grace carries about 1,200 passengers a day to the island of Skell. Repairs will cost 3.4 million dollars."
)
FERRY_OWN = (
    "Passengers to Skell were stranded after Marlow Bay took the Northern Grace out of service. Teresa Ito, the mayor, spoke of "
    "a cracked hull. The thousand islanders who sail each day must wait."
)
APPLES = (
    "A late frost destroyed half of the apple blossom in the Tarn valley, growers said. Temperatures fell to minus six degrees. "
    "Maria Keller of Obern said that she had never seen such a spring. The union wants 12 million francs."
)
BRIDGE = (
    "Engineers opened a railway tunnel below the Kolm mountains on Sunday. The tunnel is 57 kilometres long. Trains will run "
    "every ten minutes, the operator said, and freight will follow in autumn."
)


def articles(*texts: tuple[str, str, str | None]) -> list[Article]:
    """Articles by name, text and date, read as the build reads them."""
    found = []
    for name, text, published in texts:
        metadata = {"published": published} if published else {}
        found.append(reading.article(Document(name, name, text, metadata={**metadata, "language": "en"})))
    reading.read_all(found)
    return found


def grouped(found: list[Story], everything: list[Article]) -> set[frozenset[str]]:
    name = {a.id: a.document for a in everything}
    return {frozenset(name[i] for i in story.article_ids) for story in found}


def test_one_event_is_one_story_and_another_is_another() -> None:
    read = articles(("wire", FERRY, "2024-03-19"), ("own", FERRY_OWN, "2024-03-19"), ("apples", APPLES, "2024-03-19"))
    found = stories.group(read)
    assert grouped(found, read) == {frozenset({"wire", "own"}), frozenset({"apples"})}
    assert {a.story_id for a in read} == {s.id for s in found}


def test_dates_far_apart_keep_like_reports_apart() -> None:
    near = articles(("wire", FERRY, "2024-03-19"), ("own", FERRY_OWN, "2024-03-20"))
    far = articles(("wire", FERRY, "2024-03-19"), ("own", FERRY_OWN, "2023-01-20"))
    assert len(stories.group(near)) == 1
    assert len(stories.group(far)) == 2


def test_the_order_of_the_input_does_not_matter() -> None:
    read = articles(
        ("a", FERRY, None), ("b", FERRY_OWN, None), ("c", APPLES, None), ("d", BRIDGE, None), ("e", APPLES, None)
    )
    expected = [(s.id, s.article_ids) for s in stories.group(read)]
    random.Random(5).shuffle(read)
    assert [(s.id, s.article_ids) for s in stories.group(read)] == expected


def test_a_later_article_does_not_change_the_id_of_its_story() -> None:
    before = stories.group(articles(("wire", FERRY, "2024-03-19"), ("apples", APPLES, "2024-03-19")))
    after = stories.group(
        articles(("wire", FERRY, "2024-03-19"), ("apples", APPLES, "2024-03-19"), ("own", FERRY_OWN, "2024-03-20"))
    )
    assert [s.id for s in before] == [s.id for s in after]


def test_versions_of_a_document_stay_together_whatever_they_say() -> None:
    read = articles(("one", FERRY, "2020-01-01"), ("two", APPLES, "2024-01-01"))
    read[1].supersedes = read[0].id
    assert len(stories.group(read)) == 1


def test_a_chain_of_neighbours_does_not_tie_unrelated_events() -> None:
    parts = [FERRY, APPLES, BRIDGE]
    bridged = [parts[n].split(". ")[0] + ". " + ". ".join(parts[(n + 1) % 3].split(". ")[1:]) for n in range(3)]
    read = articles(
        *((f"event{n}{c}", text, None) for n, text in enumerate(parts) for c in "ab"),
        *((f"mix{n}", t, None) for n, t in enumerate(bridged)),
    )
    found = stories.group(read)
    assert max(len(s.article_ids) for s in found) < 6


def test_odd_articles_are_stories_of_their_own() -> None:
    read = articles(("empty", "?!", None), ("marks", "“”", None), ("emoji", "🙂 🙂 🙂", None), ("words", APPLES, None))
    assert len(stories.group(read)) == 4
    assert stories.group([]) == []
