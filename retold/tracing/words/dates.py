"""Days named in a text: calendar dates whole or in part, weekdays, today and yesterday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_FULL = "|".join(month.title() for month in MONTHS)
_MONTH = rf"(?:{_FULL}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_BEFORE_MONTH = re.compile(r"\b(?:in|of|by|since|until|last|next|early|late|mid|from|to|and)[\s-]$")
_DAY = re.compile(
    rf"""
    \b(?P<iso>\d{{4}}-\d\d-\d\d)\b
  | \b(?:the\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>\d{{4}})\b)?
  | \b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s+(?P<y2>\d{{4}})\b)?
  | \b(?P<m3>{_FULL})
      (?:(?:\s+of)?,?\s+(?P<y3>\d{{4}})\b)?
  | \b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b
  | \b(?P<relative>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b
    """,
    re.VERBOSE,
)
_NAMES = (*_FULL.split("|"), *(day.title() for day in WEEKDAYS), "esterday", "oday", "omorrow", "onight")
_DIGIT = re.compile(r"\d")
"""Without a digit or one of the names no day is named."""
_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


@dataclass(slots=True, frozen=True)
class Day:
    """A day as far as the text says; ``candidates`` are the dates a weekday can mean, given the day of publication."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    candidates: tuple[date, ...] = ()

    def agrees(self, other: Day) -> bool:
        """True unless the two cannot mean one day. What is unknown on either side contradicts nothing."""
        if self.weekday is not None and other.weekday is not None and self.weekday == other.weekday:
            return True
        if self.candidates and other.candidates:
            return bool(set(self.candidates) & set(other.candidates))
        if self.candidates or other.candidates:
            resolved, partial = (self, other) if self.candidates else (other, self)
            return partial.month is None or any(partial.covers(one) for one in resolved.candidates)
        if self.weekday is not None or other.weekday is not None:
            return self.weekday is None or other.weekday is None
        pairs = (self.year, other.year), (self.month, other.month), (self.day, other.day)
        return all(a is None or b is None or a == b for a, b in pairs)

    def covers(self, one: date) -> bool:
        """True if ``one`` fits all that this day states."""
        pairs = (self.year, one.year), (self.month, one.month), (self.day, one.day)
        return all(a is None or a == b for a, b in pairs)


def find_days(text: str, published: date | None) -> list[Day]:
    """Every day named in a text, in order. Impossible dates (31 June) are left alone."""
    found: list[Day] = []
    if not any(name in text for name in _NAMES) and _DIGIT.search(text) is None:
        return found
    for match in _DAY.finditer(text):
        one = _read(match, text, published)
        if one is not None:
            found.append(one)
    return found


def _read(match: re.Match[str], text: str, published: date | None) -> Day | None:  # noqa: PLR0911 -- one for each form
    start, end = match.span()
    if match["relative"]:
        offset = _RELATIVE[match["relative"].casefold()]
        # "today" in a quotation or in "today's youth" means nowadays; without the day of publication it says nothing.
        return Day(start, end, candidates=(published + timedelta(offset),)) if published else None
    if match["weekday"]:
        number = WEEKDAYS.index(match["weekday"].casefold())
        return Day(start, end, weekday=number, candidates=_nearest(number, published))
    if match["iso"]:
        return _dated(start, end, *(int(part) for part in match["iso"].split("-")))
    if match["d1"]:
        return _dated(start, end, _year(match["y1"]), _month(match["m1"]), int(match["d1"]))
    if match["d2"]:
        return _dated(start, end, _year(match["y2"]), _month(match["m2"]), int(match["d2"]))
    if (
        match["m3"] in ("May", "March")
        and not match["y3"]
        and not _BEFORE_MONTH.search(text[max(0, start - 8) : start])
    ):
        return None  # the verb, or a woman's name
    return Day(start, end, _year(match["y3"]), _month(match["m3"]))


def _nearest(weekday: int, published: date | None) -> tuple[date, ...]:
    """The last such weekday up to publication and the next after it."""
    if published is None:
        return ()
    back = published - timedelta((published.weekday() - weekday) % 7)
    return back, back + timedelta(7)


def _dated(start: int, end: int, year: int | None, month: int, day: int) -> Day | None:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    return Day(start, end, year, month, day)


def _year(raw: str | None) -> int | None:
    return int(raw) if raw else None


def _month(raw: str) -> int:
    short = raw.casefold().rstrip(".")[:3]
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(short))
