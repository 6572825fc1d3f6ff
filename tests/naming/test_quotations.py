"""Quotation marks of every style, paired; odd ones never crash and never swallow the article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.naming.quotations import Quotation, inside, quotations


def texts(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said, "We go." "And you?" she said.', ['"We go."', '"And you?"']),
        ("“One “two” three” ends", ["“One “two” three”"]),
        ("“She told me ‘never again’ twice,” he said.", ["“She told me ‘never again’ twice,”"]),
        ('"He said "go" to me" end', ['"He said "go" to me"']),
        ("«Bonjour» „Hallo“ »Welt« 「日本」", ["«Bonjour»", "„Hallo“", "»Welt«", "「日本」"]),
        ("``We left'' he said", ["``We left''"]),
        ("”wrong” said “also“ here", ["”wrong”", "“also“"]),
        ('A “mixed" and "match” pair', ['“mixed"', '"match”']),
        ("‘the workers’ union is right’ he said", ["‘the workers’ union is right’"]),
        ("the workers’ union: ‘He is right’", ["‘He is right’"]),
        ("'Fake news' isn't 'bad', it's said", ["'Fake news'", "'bad'"]),
    ],
)
def test_pairs_marks_of_every_style(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'a stray " mark here',
        "rock 'n' roll of the '90s and '80s",
        "the workers’ union and the parents’ club",
        'a board of 5" x 7" and of 3"',
        '"',
        "“”",
        "''",
        "",
        "\n \n",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert quotations(text) == []


def test_inches_do_not_open_a_quotation() -> None:
    assert texts('He is 6\'2" tall and "happy".') == ['"happy"']


def test_a_quotation_over_paragraphs_is_linked() -> None:
    text = "“First part.\n\n“Second part,” he said.\n\n“Another.”"
    assert [(text[q.start : q.end], q.closed, q.continues) for q in quotations(text)] == [
        ("“First part.", False, False),
        ("“Second part,”", True, True),
        ("“Another.”", True, False),
    ]


def test_a_quotation_over_lines_without_a_repeated_mark_is_linked() -> None:
    text = '"It began here\nand ended there," she said, "at last".'
    assert [(text[q.start : q.end], q.continues) for q in quotations(text)] == [
        ('"It began here', False),
        ('and ended there,"', True),
        ('"at last"', False),
    ]


def test_a_forgotten_closing_mark_stops_at_its_paragraph() -> None:
    text = "“We go.\n\nThe rain fell.\n\n“Late,” he said."
    assert texts(text) == ["“We go.", "“Late,”"]


def test_inner_offsets_leave_the_marks_out() -> None:
    text = "She said: “Now.”"
    (found,) = quotations(text)
    assert text[found.inner_start : found.inner_end] == "Now."
    assert found == Quotation(10, 16, 11, 15)


def test_inside_wants_the_whole_stretch() -> None:
    quoted = quotations("“Now,” he said")
    assert inside(quoted, 1, 4)
    assert not inside(quoted, 4, 9)


@given(st.text(alphabet="ab .,\n5“”\"'‘’«»„`‹›「」s", max_size=60) | st.text(max_size=60))
def test_quotations_are_ordered_and_lie_in_the_text(text: str) -> None:
    at = 0
    for q in quotations(text):
        assert at <= q.start <= q.inner_start < q.inner_end <= q.end <= len(text)
        assert q.closed == (q.inner_end < q.end)
        assert "\n" not in text[q.start : q.end]
        at = q.end


@given(st.lists(st.text(alphabet="abc d", min_size=1, max_size=12).filter(lambda t: t.strip() == t), max_size=5))
def test_well_formed_quotations_are_found_again(parts: list[str]) -> None:
    text = " and ".join(f"“{part}”" for part in parts)
    assert [text[q.inner_start : q.inner_end] for q in quotations(text)] == parts


@pytest.mark.parametrize("piece", ["“", '"', "'", "‘a ", "“a ", '"a ', "«»", "a' "])
def test_long_lines_of_marks_stay_linear(piece: str) -> None:
    began = time.perf_counter()
    quotations(piece * 10_000)
    assert time.perf_counter() - began < 5
