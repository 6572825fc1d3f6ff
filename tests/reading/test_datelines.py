"""Datelines: place, day and wire at the head of a report, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading.layout import datelines

REST = "The council said on Monday that the bridge would close."


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS (AFP) -",
        "BAGHDAD (Reuters) –",
        "LONDON, Jan 5 (Reuters) -",
        " date 2024-01-05 BAGHDAD (Reuters) –",
        "BAGHDAD/WASHINGTON, Jan 5 (Reuters) -",
        "HELENA, Mont. (AP) —",
        "ST. PAUL, Minn. —",
        "Hallen (dpa) -",
        "Kyiv, Ukraine –",
        "(Reuters) -",
        "OMAHA, Neb., Feb. 2, 2022 /PRNewswire/ --",
        "MURMAREV, March 26. /TASS/.",
        "LIRENZA, June 2 (Xinhua) --",
        "SOLLEN:",
        "**NEW PORT** —",
        "DORRANCE, Pa. (WBTQ) —",
    ],
)
def test_length_of_a_dateline(dateline: str) -> None:
    assert datelines.length(f"{dateline} {REST}") == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        REST,
        f"BREAKING: {REST}",
        f"UPDATE — {REST}",
        "He left - The man was never seen again by anyone.",
        "TRUMP TAKES IOWA - WHAT IT MEANS FOR THE PARTY",
        "U.S.-led forces left on Monday, the ministry said.",
        "Mr. Poe, the chair - The man who built it all.",
        "",
        "   ",
    ],
)
def test_no_dateline(text: str) -> None:
    assert datelines.length(text) == 0


def test_speakers_further_down_are_no_datelines() -> None:
    assert datelines.length("MARLOW: The vote was fair and open.", colon=False) == 0
    assert datelines.length("FAREWELL — The mayor is leaving the town.", opening=False) == 0
    assert datelines.length("LIMA (AP) — The mayor is leaving the town.", colon=False, opening=False) == len(
        "LIMA (AP) —"
    )


def test_dateline_alone_on_its_line() -> None:
    assert datelines.alone("BAGHDAD, Jan 5 (Reuters)")
    assert not datelines.alone("TOP STORIES")
    assert not datelines.alone(f"PARIS (AFP) - {REST}")


@given(st.text(max_size=300))
def test_length_never_exceeds_the_text(text: str) -> None:
    assert 0 <= datelines.length(text) <= len(text)
