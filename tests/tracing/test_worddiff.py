"""Word differences: what counts as typography, and offsets that cover both texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.tracing.words.worddiff import diff, same_words, words

FRAGMENTS = [
    "The ",
    "mayor",
    "’s ",
    '"',
    "“",
    "”",
    "U.S.",
    "US",
    "-",
    "led ",
    " — ",
    "3.5",
    "1,000",
    "%",
    "\n",
    " ",
    "é",
    "🙂",
    ".",
    "\u200b",
]
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))


def changes(source: str, text: str) -> list[tuple[str, str, str]]:
    return [
        (p.op, source[p.source_start : p.source_end], text[p.start : p.end])
        for p in diff(source, text)
        if p.op != "equal"
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("“We left,” she said.", '"We left," she said.'),
        ("The U.S.-led force left the U.S.", "The US-led force left the US."),
        ("It fell – at last – by 10%.", "It fell -- at last -- by 10 per cent."),
        ("Mr. Ito met Dr Vega", "Mr Ito met Dr. Vega"),
        ("about 1,000 sheep", "about 1000  sheep"),
        ("He said: “The road is shut”", "He said: “the road is shut”"),
        ("Council backs new harbour wall", "Council Backs New Harbour Wall"),
        ("a co-operative farm", "a co‑operative farm"),
        ("ferry\u200b lost", "ferry lost"),
        ("", " \n"),
    ],
)
def test_typography_is_no_difference(source: str, text: str) -> None:
    assert same_words(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("They told us to go", "They told US to go"),
        ("a dish from Turkey", "a dish from turkey"),
        ("1,000 sheep", "10,00 sheep"),
        ("It cost 3.5 million", "It cost 35 million"),
        ("she left", "“she left”"),
    ],
)
def test_words_are_a_difference(source: str, text: str) -> None:
    assert not same_words(source, text)


def test_replacement_is_named_word_by_word() -> None:
    assert changes("The mayor may close the pool.", "The mayor will close the pool.") == [("replace", "may", "will")]


def test_insertion_and_deletion() -> None:
    assert changes("Two men fled.", "Two young men fled.") == [("insert", "", "young ")]
    assert changes("Two young men fled.", "Two men fled.") == [("delete", "young ", "")]


def test_a_shared_article_does_not_split_a_rewritten_clause() -> None:
    found = changes(
        "Divers searched muddy water beside the wrecked barge.", "Crews combed silty shallows near the sunken vessel."
    )
    assert len(found) == 1


def test_possessives_of_other_names_do_not_match() -> None:
    assert ("replace", "Vega’s", "Ito’s") in changes("It was Vega’s boat", "It was Ito’s boat")


def test_emoji_count_as_one_code_point() -> None:
    text = "🙂 two left"
    assert [(w.start, w.end) for w in words(text)] == [(0, 1), (2, 5), (6, 10)]


@given(TEXTS, TEXTS)
def test_pieces_cover_both_texts(source: str, text: str) -> None:
    pieces = diff(source, text)
    assert "".join(source[p.source_start : p.source_end] for p in pieces) == source
    assert "".join(text[p.start : p.end] for p in pieces) == text
    for before, after in pairwise(pieces):
        assert (before.source_end, before.end) == (after.source_start, after.start)


@given(TEXTS)
def test_a_text_equals_itself(text: str) -> None:
    assert same_words(text, text)


@given(TEXTS, TEXTS)
def test_one_sided_pieces_have_one_side(source: str, text: str) -> None:
    for piece in diff(source, text):
        widths = piece.source_end > piece.source_start, piece.end > piece.start
        assert {"delete": (True, False), "insert": (False, True), "replace": (True, True)}.get(
            piece.op, widths
        ) == widths
