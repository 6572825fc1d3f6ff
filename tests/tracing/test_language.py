"""Shortcuts through texts must find what the plain way finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retold.tracing.words import dates, numbers
from retold.tracing.words.language import lexicon, matched, matches, pattern

NAMES = ["reporting", "certainty", "negation", "opinion", "background"]
ENTRIES = sorted({item for name in NAMES for items in lexicon(name).values() for item in items})
PIECES = st.one_of(
    st.sampled_from(ENTRIES),
    st.sampled_from(ENTRIES).map(str.upper),
    st.sampled_from(
        ["ıs", "ſaid", "İt", "can’t", "’said", "unsaid", "said_so", "two said", "“may”", "wıll", "\u212anown"]
    ),
    st.text(alphabet="ais ’'-.,ſıİ\u212a", max_size=6),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", "", "-", "’", ", ", "\n"])), max_size=8).map(
    lambda pieces: "".join(a + b for a, b in pieces)
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
@example(text="She wıll, and ſurely so, \u212anown as denıed and İn the past")
def test_entries_are_found_wherever_the_expression_finds_them(name: str, text: str) -> None:
    plain = [(m.span(), m.lastgroup) for m in pattern(name).finditer(text)]
    assert [(m.span(), m.lastgroup) for m in matches(name, text)] == plain
    first = matched(name, text)
    assert (first.span() if first else None) == (plain[0][0] if plain else None)


VALUES = (
    "one twenty-five dozens DOZEN half a third of tenth, fifths Marching May today Yesterday June ſix nıne 3 million"
).split()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*VALUES, "the", "people", "said_one", "a", "hundred", "—", "on Sunday"]), max_size=6))
@example(["ſix", "people"])
@example(["nıne", "people"])
@example(["Marching"])
@example(["half", "a", "million"])
def test_no_number_is_missed_for_want_of_a_hint(words: list[str]) -> None:
    text = " ".join(words)
    # A digit far behind turns every shortcut off and is itself no neighbour of what is found before it.
    whole = f"{text}; and so on and on and on: 7"
    assert numbers.find(f"{text}; and so on and on and on:") == [n for n in numbers.find(whole) if n.start < len(text)]
    assert dates.find_days(text, None) == [d for d in dates.find_days(whole, None) if d.start < len(text)]
