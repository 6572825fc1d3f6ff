"""Dates to ISO 8601, without guessing."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading.facts import dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-01-05", "2024-01-05"),
        ("2024/1/5", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("2024-01-05T10:30:00Z", "2024-01-05T10:30:00+00:00"),
        ("2024-01-05 9:30", "2024-01-05T09:30:00"),
        ("2024-01-05 9:30 PM", "2024-01-05T21:30:00"),
        ("2024-01-05T10:30:00.123+0530", "2024-01-05T10:30:00+05:30"),
        ("1704450600", "2024-01-05T10:30:00+00:00"),
        ("1704450600000", "2024-01-05T10:30:00+00:00"),
        ("Fri, 05 Jan 2024 10:30:00 +0000", "2024-01-05T10:30:00+00:00"),
        ("January 5, 2024", "2024-01-05"),
        ("Friday 5th January 2024", "2024-01-05"),
        ("Sept. 5, 2024 10:15 PM EST", "2024-09-05T22:15:00-05:00"),
        ("5 Jan 2024, 10:15 PM", "2024-01-05T22:15:00"),
        ("05 Jan 2024, 10:15 PM BST", "2024-01-05T22:15:00"),
        ("13/01/2024", "2024-01-13"),
        ("01/13/2024 10:30 PM", "2024-01-13T22:30:00"),
        ("5/5/2024", "2024-05-05"),
        ("5 janvier 2024", "2024-01-05"),
        ("5. Januar 2024", "2024-01-05"),
        ("5 января 2024 г.", "2024-01-05"),
        ("2024年1月5日", "2024-01-05"),
        (" |\u00a0January\n5,  2024 • ", "2024-01-05"),
    ],
)
def test_dates_as_they_are_written(text: str, iso: str) -> None:
    assert dates.parse(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "", "10 months ago", "yesterday", "Friday", "12:30", "2024", "January 2024", "Jan 5", "5 January",
        "Feb 30, 2024", "2023-02-29", "99/99/9999", "20241305", "2024-01-05T25:00", "1704450600.5",
        "The council met on 5 January 2024 to talk about the ferry", "0000-00-00", "1066-10-14", "x" * 100_000,
        "+1 202 555 0143", "v2024.1", "May", "2024-01-05 10:30 harbour time",
    ],
)  # fmt: skip
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert dates.parse(text) is None


@pytest.mark.parametrize("text", ["05/01/2024", "1-5-2024", "05.01.2024 10:30"])
def test_a_date_that_could_be_two_days_is_neither(text: str) -> None:
    assert dates.parse(text) is None
    assert dates.ambiguous(text)


@pytest.mark.parametrize("text", ["13/01/2024", "5/5/2024", "2024-05-01", "May 1, 2024", ""])
def test_dates_that_are_one_day_are_not_called_ambiguous(text: str) -> None:
    assert not dates.ambiguous(text)


@given(st.dates(date(1600, 1, 1), date(2099, 12, 31)))
def test_every_day_in_its_usual_forms(day: date) -> None:
    assert dates.parse(day.isoformat()) == day.isoformat()
    assert dates.parse(f"{day.day} {day:%B} {day.year}") == day.isoformat()
    assert dates.parse(f"{day:%b} {day.day}, {day.year}") == day.isoformat()


@given(st.datetimes(datetime(1600, 1, 1), datetime(2099, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))
def test_every_moment_of_iso(moment: datetime) -> None:
    assert dates.parse(moment.isoformat()) == moment.isoformat()
    assert dates.parse(f"{moment:%Y-%m-%d %I:%M:%S %p}") == moment.isoformat()


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = dates.parse(text)
    assert found is None or datetime.fromisoformat(found)
