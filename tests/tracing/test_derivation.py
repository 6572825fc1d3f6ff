"""Who took it from whom, how far, and whether the row says why."""

# ruff: noqa: E501 -- made-up stories read better unbroken

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import Article, Derivation, Document, Story
from retold.reading import articles as reading
from retold.tracing import derivation
from retold.tracing.derivation import calendar, direction
from retold.tracing.derivation.kinship import longest_chain, longest_run
from retold.tracing.profiles import Runs

WIRE = (
    "Harbour town closes its ferry after inspection finds cracked hull\n\n"
    "The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.\n\n"
    "The ferry, the Northern Grace, carries about 1,200 passengers a day between Marlow Bay and the island of Skell.\n\n"
    "“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito told reporters outside the town hall.\n\n"
    "The Coastal Safety Board said the crack may have been there since a collision with a pier in March.\n\n"
    "Repairs will cost 3.4 million dollars, according to a report by the engineering firm Halden Brothers.\n\n"
    "Islanders said they would have to travel by fishing boat until a replacement arrives.\n\n"
    "The town council will meet on Friday to discuss a temporary bridge.\n"
)
REWRITE = (
    "Ferry shut down over crack in hull\n\n"
    "Marlow Bay has shut its only ferry after an inspection found a crack in the hull, Mayor Teresa Ito said.\n\n"
    "The Northern Grace carries about 1,200 passengers a day between Marlow Bay and the island of Skell.\n\n"
    "“We must not put any passenger at risk, and we will not reopen until the hull has been repaired,” Ito told reporters.\n\n"
    "The crack has been there since a collision with a pier, officials said.\n\n"
    "Islanders said they would travel by fishing boat until a replacement arrives.\n"
)
OWN = (
    "Skell cut off as ferry fails check\n\n"
    "People on Skell woke up on Wednesday without a way to the mainland.\n\n"
    "Our reporter met families at the pier who had waited since dawn with suitcases and schoolbags.\n\n"
    "Teresa Ito, who has been mayor for six years, promised help but gave no date for the Northern Grace.\n\n"
    "Shopkeeper Lena Brandt fears for her stock of vegetables and has asked a cousin with a trawler.\n\n"
    "A school trip to the capital was called off, the headmaster wrote in a letter to parents.\n"
)


def story(**texts: str | tuple[str, dict[str, str]]) -> tuple[Story, dict[str, Article]]:
    """One story of the articles, by name; a pair gives metadata as well."""
    named = {}
    for name, given_text in texts.items():
        text, metadata = given_text if isinstance(given_text, tuple) else (given_text, {})
        named[name] = reading.article(Document(name, name, text, metadata={"language": "en", **metadata}))
    reading.read_all(list(named.values()))
    return Story("s-test", "", None, sorted(a.id for a in named.values())), named


def derived(one: Story, articles: dict[str, Article]) -> dict[str, Derivation]:
    name = {a.id: n for n, a in articles.items()}
    return {name[d.article_id]: d for d in derivation.derive(one, list(articles.values()))}


def test_a_rewrite_derives_from_the_fuller_text() -> None:
    one, articles = story(wire=WIRE, rewrite=REWRITE)
    found = derived(one, articles)
    assert list(found) == ["rewrite"]
    assert one.source_article_id == articles["wire"].id
    assert one.title == articles["wire"].title
    assert articles["wire"].role == "source"
    assert articles["wire"].derivation is None
    assert articles["rewrite"].role == "retelling"
    assert articles["rewrite"].derived_from == articles["wire"].id
    assert found["rewrite"].degree == "wholly"
    assert found["rewrite"].score > 0.8


def test_independent_reports_of_one_event_do_not_derive() -> None:
    one, articles = story(wire=WIRE, own=OWN)
    assert derived(one, articles) == {}
    assert {a.derivation for a in articles.values()} == {"non"}
    assert {a.role for a in articles.values()} == {"unrelated"}
    assert one.source_article_id is None


def test_what_is_half_new_is_partially_derived() -> None:
    one, articles = story(wire=WIRE, mixed=REWRITE + "\n" + OWN.split("\n\n", 2)[2])
    assert derived(one, articles)["mixed"].degree == "partially"


def test_an_earlier_date_makes_the_source() -> None:
    early, late = {"published": "2024-03-19"}, {"published": "2024-03-21"}
    for first, second in (("a", "b"), ("b", "a")):
        one, articles = story(**{first: (WIRE, early), second: (WIRE.replace("Tuesday", "Monday"), late)})
        assert derived(one, articles)[second].source_article_id == articles[first].id


def test_a_wire_dateline_alone_does_not_make_a_source() -> None:
    one, articles = story(full=(WIRE, {}), short=(REWRITE, {"wire": "Reuters"}))
    assert derived(one, articles)["short"].source_article_id == articles["full"].id


def test_the_row_says_where_the_direction_cannot_be_known() -> None:
    one, articles = story(a=WIRE, b=WIRE.replace("3.4 million", "3.5 million"))
    (row,) = derived(one, articles).values()
    assert "not known" in row.evidence


def test_the_evidence_is_in_words() -> None:
    one, articles = story(
        wire=(WIRE, {"wire": "Reuters", "published": "2024-03-19"}), rewrite=(REWRITE, {"published": "2024-03-20"})
    )
    row = derived(one, articles)["rewrite"]
    for part in (
        "counterpart in the source",
        "matched although altered",
        "wire credit (Reuters)",
        "2024-03-19 and 2024-03-20",
        "published earlier",
    ):
        assert part in row.evidence
    assert f"{row.longest_run} words" in row.evidence


def test_versions_are_a_chain_from_old_to_new() -> None:
    one, articles = story(v1=REWRITE, v2=WIRE, v3=OWN)
    articles["v2"].supersedes, articles["v3"].supersedes = articles["v1"].id, articles["v2"].id
    found = derived(one, articles)
    assert found["v2"].source_article_id == articles["v1"].id
    assert found["v3"].source_article_id == articles["v2"].id
    assert found["v3"].score == 1.0
    assert one.source_article_id == articles["v1"].id


def test_later_news_that_cites_the_agency_follows_up() -> None:
    news = (
        "Marlow Bay approves bridge\n\nThe council of Marlow Bay approved a bridge to the island of Skell on March 25, 2024.\n\n"
        "The bridge will be 700 metres long, council leader Dora Venn said.\n\nEngineers will begin work in June with a crane from Torum.\n\n"
        "Nobody should have to cross by fishing boat in winter, Venn told the chamber before the vote.\n\n"
        "Two members voted against because the loan runs for thirty years.\n\n"
        "Marlow Bay closed its only ferry after an inspection found a crack in the hull, Reuters reported.\n\n"
        "The Northern Grace carries about 1,200 passengers a day between Marlow Bay and the island of Skell.\n"
    )
    one, articles = story(wire=(WIRE, {"published": "2024-03-19"}), news=news)
    found = derived(one, articles)
    assert articles["news"].role == "follow_up"
    assert found["news"].source_article_id == articles["wire"].id


def test_the_order_of_the_articles_does_not_matter() -> None:
    one, articles = story(wire=WIRE, rewrite=REWRITE, own=OWN)
    forward = derivation.derive(one, list(articles.values()))
    assert derivation.derive(one, list(articles.values())[::-1]) == forward


def test_scores_and_shares_stay_within_their_bounds() -> None:
    one, articles = story(a=WIRE, b=REWRITE, c="?!", d="“”\n\n…", e=WIRE + WIRE)
    for row in derived(one, articles).values():
        assert all(0 <= x <= 1 for x in (row.score, row.words_found, row.sentences_kept, row.order_kept))


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Reuters quoted the general as saying so.", True),
        ("That is untrue, according to the Associated Press.", True),
        ("The agency AFP reported the deal.", True),
        ("MARLOW BAY (Reuters)", False),
        ("He bought an ap for his phone, she said nothing.", False),
    ],
)
def test_citing_an_agency(text: str, cites: bool) -> None:
    assert direction.cites_agency(text) is cites


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_the_longest_run_is_the_longest_common_stretch(a: list[int], b: list[int]) -> None:
    words = np.array([0x1234567, 0xFEDCBA987, 0x55AA55AA55, 0x777, 0x9999999, 0xABCDEF01234], dtype=np.uint64)
    expected = max(
        (
            n
            for i in range(len(a))
            for j in range(len(b))
            for n in range(1, 31)
            if a[i : i + n] == b[j : j + n] and i + n <= len(a) and j + n <= len(b)
        ),
        default=0,
    )
    assert longest_run(Runs(words[np.array(a, dtype=int)]), Runs(words[np.array(b, dtype=int)])) == expected


def test_the_longest_chain_in_order() -> None:
    assert longest_chain([0, 1, 1, 5, 2, 3]) == 5
    assert longest_chain([]) == 0


def test_days_without_a_year_fall_near_the_story() -> None:
    _, articles = story(
        a=("Rain fell on January 2 and on 30 December. Snow is expected by 2030-01-01.", {"published": "2024-01-03"})
    )
    around = calendar.anchor(articles.values())
    assert around is not None
    days = calendar.resolved(calendar.written(articles["a"]), around)
    assert [day - around for day in days] == [-4, -1]
