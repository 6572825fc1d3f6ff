"""Numbers and days: what is read, what counts as one value, and offsets that never lie."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.tracing.words.numbers import equivalent, find

DAY = date(2024, 1, 5)
BITS = [
    "12",
    "1,200",
    "$",
    "3.4",
    " million",
    "bn",
    "%",
    " per cent",
    " to ",
    "-",
    "five",
    " and ",
    "six",
    "half",
    " a ",
    "dozen",
    "4 January",
    "Thursday",
    " 2019",
    "31 June",
    "km",
    " ",
    "🙂",
    "nearly ",
    "third",
    " of ",
    "10.30am",
    "°C",
    "1990s",
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(BITS), max_size=15).map("".join))


def same(a: str, b: str) -> bool:
    (one, *_), (other, *_) = find(a, DAY), find(b, DAY)
    return equivalent(one, other)


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("1.2 million sheep", "count", 1_200_000, 1_200_000),
        ("twenty-five sheep", "count", 25, 25),
        ("one hundred and one sheep", "count", 101, 101),
        ("three hundred and fifty thousand", "count", 350_000, 350_000),
        ("a hundred boats", "count", 100, 100),
        ("two dozen boats", "count", 24, 24),
        ("10 to 15 boats", "count", 10, 15),
        ("£20-30m", "money", 20_000_000, 30_000_000),
        ("$3.4bn", "money", 3.4e9, 3.4e9),
        ("25 per cent", "percent", 25, 25),
        ("3 percentage points", "points", 3, 3),
        ("two-thirds of them", "fraction", 2 / 3, 2 / 3),
        ("the 21st century", "ordinal", 21, 21),
        ("in 2014", "year", 2014, 2014),
        ("the 1990s", "year", 1990, 1999),
        ("minus six degrees", "measure", -6, -6),
        ("5 km", "measure", 5000, 5000),
        ("at 10.30am", "time", 630, 630),
        ("at 3 p.m.", "time", 900, 900),
    ],
)
def test_reads(text: str, kind: str, low: float, high: float) -> None:
    (one,) = find(text)
    assert (one.kind, one.low, one.high) == (kind, pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text", ["an F-16 jet", "Covid-19", "one of them", "no one", "I may go", "march on", "31 June 99999x"]
)
def test_leaves_names_and_verbs_alone(text: str) -> None:
    assert [n for n in find(text) if n.kind in ("day", "year")] == []
    assert text.startswith("31") or find(text) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("59.6", "nearly 60"),
        ("1,234", "about 1,200"),
        ("112", "more than 100"),
        ("half of them", "50%"),
        ("36", "dozens"),
        ("12", "10 to 15"),
        ("5 miles", "8 km"),
        ("36 months", "three years"),
        ("aged 40", "40-year-old"),
        ("Thursday", "4 January"),
        ("Thursday", "January 4, 2024"),
        ("4 January 2024", "2024-01-04"),
        ("January 2024", "January"),
    ],
)
def test_one_value(a: str, b: str) -> None:
    assert same(a, b)
    assert same(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("48", "nearly 60"),
        ("3.4 million", "3.4bn"),
        ("$5", "€5"),
        ("2014", "2015"),
        ("5 miles", "5 km"),
        ("19", "20"),
        ("Thursday", "3 January"),
        ("Thursday", "Friday"),
        ("4 January", "4 February"),
    ],
)
def test_two_values(a: str, b: str) -> None:
    assert not same(a, b)
    assert not same(b, a)


def test_a_weekday_without_the_day_of_publication_contradicts_no_date() -> None:
    (one,), (other,) = find("on Thursday"), find("on 3 January")
    assert equivalent(one, other)


@given(TEXTS)
def test_numbers_stay_inside_the_text_and_apart(text: str) -> None:
    found = find(text, DAY)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
    for one, other in zip(found, found[1:], strict=False):  # noqa: RUF007
        assert one.end <= other.start


@given(TEXTS)
def test_every_number_equals_itself(text: str) -> None:
    assert all(equivalent(one, one) for one in find(text, DAY))
