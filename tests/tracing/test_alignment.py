"""Sentence alignment: what is joined, what is left out, in which order, and what it is called."""

# ruff: noqa: E501 -- made-up stories read better unbroken

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model import Article, Edge, Sentence
from retold.tracing.alignment import ALIGNED_KINDS, align

LEAD = "The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack in the hull."
FARE = "The Northern Grace carries about 1,200 passengers a day between Marlow Bay and the island of Skell."
QUOTE = "“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito said."
COST = "Repairs will cost 3.4 million dollars, according to the engineering firm Halden Brothers."
BOATS = "Islanders said they would have to travel by fishing boat until a replacement arrives."
COUNCIL = "The town council will meet on Friday to discuss a temporary bridge."
OPINION = "Nobody should be surprised when politicians forget the people who elected them."


def made(name: str, *told: str | tuple[str, str], language: str | None = None) -> Article:
    """An article of one sentence a paragraph; a pair gives the kind before the text."""
    article = Article(name, name, 1, None, name, "", "0", language=language)
    for position, one in enumerate(told):
        kind, text = one if isinstance(one, tuple) else ("body", one)
        start = len(article.text)
        article.text += text + "\n\n"
        words = len(text.split())
        sentence = Sentence(f"{name}.{start}", name, position, position, kind, text, start, start + len(text), words)  # type: ignore[arg-type]
        article.sentences.append(sentence)
    return article


def joined(edges: list[Edge]) -> dict[str, list[str]]:
    """For each article sentence the source sentences it is joined with."""
    return {s.text: [o.text for o in e.source_sentences] for e in edges for s in e.sentences}


def operation(edges: list[Edge], text: str) -> str:
    return next(e.operation for e in edges for s in (*e.sentences, *e.source_sentences) if s.text == text)


def test_same_words_are_kept_whatever_the_typography() -> None:
    edges = align(
        made("a", LEAD, QUOTE),
        made("b", LEAD.replace("Marlow Bay", "Marlow  Bay"), QUOTE.replace("“", '"').replace("”", '"')),
    )
    assert [e.operation for e in edges] == ["kept", "kept"]
    assert [e.similarity for e in edges] == [1.0, 1.0]
    assert not any(e.moved for e in edges)


def test_a_reworded_sentence_finds_its_source() -> None:
    other = "An inspection found that the hull was cracked, so Marlow Bay shut down its only ferry."
    edges = align(made("a", FARE, LEAD, COST), made("b", other))
    assert joined(edges)[other] == [LEAD]
    assert operation(edges, other) == "reworded"
    assert 0.3 < next(e.similarity for e in edges if e.sentences) < 1


def test_two_source_sentences_merge_into_one() -> None:
    merged = (
        "Islanders would have to travel by fishing boat until a replacement arrives, and the town council will meet on "
        "Friday to discuss a temporary bridge."
    )
    edges = align(made("a", LEAD, BOATS, COUNCIL, COST), made("b", LEAD, merged, COST))
    assert joined(edges)[merged] == [BOATS, COUNCIL]
    assert operation(edges, merged) == "merged"


def test_one_source_sentence_splits_into_two() -> None:
    first, second = (
        "Marlow Bay closed its only ferry on Tuesday.",
        "The inspection of the harbour town had found a crack in the hull.",
    )
    edges = align(made("a", LEAD, FARE), made("b", first, second, FARE))
    assert joined(edges)[first] == joined(edges)[second] == [LEAD]
    assert operation(edges, first) == "split"


def test_what_has_no_counterpart_is_dropped_or_added() -> None:
    edges = align(made("a", LEAD, COUNCIL), made("b", LEAD, OPINION))
    assert operation(edges, COUNCIL) == "dropped"
    assert operation(edges, OPINION) == "added"
    assert all(e.similarity == 0 for e in edges if e.operation in ("dropped", "added"))


def test_a_sentence_out_of_order_is_moved_and_the_others_are_not() -> None:
    edges = align(made("a", LEAD, FARE, COST, BOATS), made("b", COST, LEAD, FARE, BOATS))
    assert {e.sentences[0].text for e in edges if e.moved} == {COST}


def test_dropped_sentences_follow_their_source_neighbours() -> None:
    edges = align(made("a", COUNCIL, LEAD, QUOTE, FARE), made("b", LEAD, FARE))
    order = [(e.sentences or e.source_sentences)[0].text for e in edges]
    assert order == [COUNCIL, LEAD, QUOTE, FARE]
    assert [e.position for e in edges] == [0, 1, 2, 3]


def test_an_altered_quotation_anchors_its_sentence() -> None:
    altered = "The mayor was firm: “We must not put any passenger at risk, and we will not reopen until the hull has been repaired.”"
    edges = align(made("a", LEAD, QUOTE, COST), made("b", altered))
    assert joined(edges)[altered] == [QUOTE]


def test_a_headline_stands_against_a_headline_not_against_the_body() -> None:
    source = made("a", ("headline", "Harbour town closes ferry over cracked hull"), LEAD, FARE)
    article = made("b", ("headline", "Ferry shut down over crack in hull"), FARE, LEAD)
    edges = align(source, article)
    assert joined(edges)["Ferry shut down over crack in hull"] == ["Harbour town closes ferry over cracked hull"]


def test_a_headline_never_reaches_past_the_lead() -> None:
    edges = align(made("a", OPINION, LEAD), made("b", ("headline", LEAD), COUNCIL))
    assert joined(edges)[LEAD] == []


@pytest.mark.parametrize("kind", ["furniture", "caption", "credit", "dateline"])
def test_furniture_captions_credits_and_datelines_take_no_part(kind: str) -> None:
    edges = align(made("a", (kind, FARE), LEAD), made("b", (kind, FARE), LEAD))
    assert [s.text for e in edges for s in (*e.source_sentences, *e.sentences)] == [LEAD, LEAD]


def test_other_languages_are_aligned_by_their_words() -> None:
    source = made(
        "a",
        "Die Fähre nach Skell wurde am Dienstag wegen eines Risses geschlossen.",
        "Der Rat berät am Freitag über 3,4 Millionen.",
        language="de",
    )
    article = made(
        "b",
        "Am Freitag berät der Rat über 3,4 Millionen.",
        "Am Dienstag wurde die Fähre nach Skell geschlossen.",
        language="de",
    )
    edges = align(source, article)
    assert [s.text[:3] for e in edges for s in e.source_sentences] == ["Der", "Die"]


def test_nothing_to_align() -> None:
    assert align(made("a"), made("b")) == []
    assert [e.operation for e in align(made("a"), made("b", LEAD))] == ["added"]
    assert [e.operation for e in align(made("a", LEAD), made("b"))] == ["dropped"]


def test_ids_depend_on_the_joined_sentences_alone() -> None:
    first = {e.id for e in align(made("a", LEAD, COST), made("b", LEAD), derivation_id="d-1") if e.sentences}
    second = {
        e.id for e in align(made("a", LEAD, COST), made("b", LEAD, OPINION)) if e.source_sentences and e.sentences
    }
    assert first == second


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([LEAD, FARE, QUOTE, COST, BOATS, COUNCIL, OPINION]),
        st.text(min_size=1, max_size=60).filter(str.strip),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_each_sentence_is_in_exactly_one_edge(left: list[str], right: list[str]) -> None:
    source, article = made("a", *left), made("b", *right)
    edges = align(source, article)
    assert sorted(s.id for e in edges for s in e.source_sentences) == sorted(s.id for s in source.sentences)
    assert [s.id for e in edges for s in e.sentences] == [
        s.id for e in edges for s in sorted(e.sentences, key=lambda s: s.start)
    ]
    assert sorted(s.id for e in edges for s in e.sentences) == sorted(s.id for s in article.sentences)
    assert all(0 <= e.similarity <= 1 for e in edges)
    assert [e.position for e in edges] == list(range(len(edges)))
    assert [e.id for e in align(source, article)] == [e.id for e in edges]
    assert len({e.id for e in edges}) == len(edges)
    assert all(s.kind in ALIGNED_KINDS for e in edges for s in e.sentences)


PUMPS = "Engineers will fit three new pumps at the Alder Street station before the autumn storms."
FLOOD = "Last winter floodwater stood a metre deep in 240 cellars of the lower town."
SHARED = [
    (FLOOD, PUMPS, "After floodwater filled 240 cellars last winter, engineers will fit three new pumps at Alder Street."),
    (BOATS, COST, "Until repairs costing 3.4 million dollars are done, islanders would have to travel by fishing boat."),
    (FARE, COUNCIL, "The council, which meets on Friday about a temporary bridge, says the Northern Grace carries 1,200 passengers a day."),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "told"), SHARED)
def test_a_sentence_with_the_content_of_two_is_a_merge(first: str, second: str, told: str) -> None:
    edges = align(made("a", LEAD, first, second, OPINION), made("b", LEAD, told))
    assert joined(edges)[told] == [first, second]
    assert operation(edges, told) == "merged"


def test_a_neighbour_that_brings_nothing_of_its_own_is_not_merged() -> None:
    near = "The ferry has served the harbour town of Marlow Bay since the war."
    told = "Marlow Bay, a harbour town, closed its only ferry after an inspection found a crack in the hull."
    edges = align(made("a", LEAD, near, COST), made("b", told, COST))
    assert joined(edges)[told] == [LEAD]
    assert operation(edges, near) == "dropped"


def test_a_weak_likeness_out_of_order_is_no_edge() -> None:
    vague = "Council members meet rarely in summer."
    edges = align(made("a", LEAD, FARE, COST, BOATS, COUNCIL), made("b", vague, LEAD, FARE, COST, BOATS))
    assert not any(e.moved for e in edges)
    assert operation(edges, vague) == "added"


def test_the_sure_edge_is_not_the_one_that_moved() -> None:
    edges = align(made("a", LEAD, QUOTE, COST), made("b", QUOTE, COST, "The harbour town's only ferry was closed."))
    assert not next(e.moved for e in edges if e.sentences and e.sentences[0].text == QUOTE)
    assert not next(e.moved for e in edges if e.sentences and e.sentences[0].text == COST)


def test_a_subheading_names_a_topic_and_is_no_counterpart() -> None:
    source = made("a", LEAD, BOATS, COUNCIL)
    article = made("b", LEAD, ("subheading", "Islanders and Fishing Boats"), COUNCIL)
    assert operation(align(source, article), "Islanders and Fishing Boats") == "added"
    same = align(made("a", ("subheading", "A temporary bridge"), COUNCIL), made("b", ("subheading", "A temporary bridge"), COUNCIL))  # fmt: skip
    assert [e.operation for e in same] == ["kept", "kept"]


def test_sentences_that_differ_in_a_number_only_are_told_apart() -> None:
    """Such texts have more possible blocks than any article; once they kept the aligner busy for ever."""
    lines = [f"Sentence number {n} of the long report on the harbour was read to the council." for n in range(40)]
    other = [line.replace("the council", "the town council") for line in lines]
    edges = align(made("wire", *lines), made("copy", *other))
    pairs = [
        (e.source_sentences[0].position, e.sentences[0].position) for e in edges if e.source_sentences and e.sentences
    ]
    assert [a for a, b in pairs if a != b] == []
    assert len(pairs) >= 35
