"""Dates as people and machines write them, to ISO 8601; nothing is guessed.

A value needs a year, a month and a day. Where day and month could be swapped ("05/01/2024") there is no answer, nor
for dates told from now ("10 months ago"). A date alone stays a date; a time of day keeps its offset where the zone is
certain. Months in letters are dateparser's, in its strict mode.
"""

from __future__ import annotations

import re
from calendar import month_name
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

LONGEST = 80
YEARS = range(1600, 2100)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?", re.I)
YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)")
DIGITS = re.compile(r"\d{8}|\d{10}|\d{13}|\d{14}")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(.*))?$")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{2}):?(\d{2})?$")
# Zones whose letters mean one thing; BST, IST, CST and the like mean several, and are left off.
ZONES = {
    "Z": "+00:00",
    "UTC": "+00:00",
    "GMT": "+00:00",
    "EST": "-05:00",
    "EDT": "-04:00",
    "PST": "-08:00",
    "PDT": "-07:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "JST": "+09:00",
}
HALF_DAY = re.compile(r"^\s*[ap]\.?m\b", re.I)
AFTER_CLOCK = re.compile(r"\(?[A-Za-z]{0,5}\)?|(?:UTC|GMT)?\s*[+-]\d{2}:?(?:\d{2})?")
MONTH = re.compile(r"[^\W\d_]{3,}|[月年년월]")
DAY = re.compile(r"(?<!\d)[0-3]?\d(?!\d)")
# The languages of month names that are tried after English; loading all that dateparser knows takes seconds.
LANGUAGES = "fr de es it pt nl ru ar tr pl uk fa hi bn id ja zh ko sv da nb fi cs ro hu el he bg vi th".split()
ZONE_TAIL = re.compile(r"\(?\b([A-Z]{1,5})\)?$")
RELATIVE = re.compile(r"\b(ago|today|yesterday|tomorrow|now|just|last|next)\b", re.I)
EDGES = " \t\n\u00a0.,;:|·•–—-()[]"


@lru_cache(maxsize=4096)
def parse(text: str) -> str | None:
    """The date or time that the whole text is, as ISO 8601, or ``None`` if it is none or not a certain one."""
    tidy = " ".join(text.replace("\u00a0", " ").split()).strip(EDGES)
    if not tidy or len(tidy) > LONGEST or RELATIVE.search(tidy):
        return None
    for attempt in (_digits, _iso, _mail, _numeric, _written):
        if found := attempt(tidy):
            return found
    return None


def ambiguous(text: str) -> bool:
    """Whether the text is a date whose day and month could be swapped."""
    match = NUMERIC.match(" ".join(text.split()).strip(EDGES))
    return bool(match) and match is not None and match[1] != match[3] and max(int(match[1]), int(match[3])) <= 12


def _digits(text: str) -> str | None:
    """``20240105``, ``20240105103000``, and seconds or milliseconds since 1970 as databases export them."""
    if not DIGITS.fullmatch(text):
        return None
    try:
        if len(text) == 8:
            return _within(datetime.strptime(text, "%Y%m%d").date().isoformat())
        if len(text) == 14:
            return _within(datetime.strptime(text, "%Y%m%d%H%M%S").isoformat())
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return _within(datetime.fromtimestamp(int(seconds), UTC).isoformat())
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str) -> str | None:
    match = ISO.match(text)
    if not match:
        return None
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3])).date()
        if not match[4]:
            return _within(day.isoformat())
        if HALF_DAY.search(match[5]):
            return _written(f"{day.day} {month_name[day.month]} {day.year} {match[4]} {match[5]}")
        clock = match[4].replace(",", ".")
        clock = f"0{clock}" if clock[1] == ":" else clock
        moment = datetime.fromisoformat(f"{day}T{clock}{_offset(match[5])}")
    except ValueError:
        return None
    return _within(moment.replace(microsecond=0).isoformat()) if AFTER_CLOCK.fullmatch(match[5]) else None


def _offset(zone: str) -> str:
    """``+02:00`` for what stands behind a time of day; nothing where it is unknown or means several zones."""
    zone = zone.strip(" ()")
    if match := OFFSET.match(zone):
        return f"{match[1]}{match[2]}:{match[3] or '00'}"
    return ZONES.get(zone.upper(), "")


def _mail(text: str) -> str | None:
    """RFC 2822, as feeds write it: ``Fri, 05 Jan 2024 10:30:00 +0000``."""
    if not re.match(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d", text):
        return None
    try:
        return _within(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError):
        return None


def _numeric(text: str) -> str | None:
    """``31/12/2024`` and ``12/31/2024``, where only one order of day and month is possible."""
    match = NUMERIC.match(text)
    if not match or ambiguous(text):
        return None
    first, second = int(match[1]), int(match[3])
    day, month = (second, first) if second > 12 else (first, second)
    if not (clock := text[match.end() :].strip(EDGES)):
        return _iso(f"{match[4]}-{month}-{day}")
    return _written(f"{day} {month_name[month]} {match[4]} {clock}") if month <= 12 else None


def _written(text: str) -> str | None:
    """``Friday, January 5, 2024 10:30 AM EST``, ``5 janvier 2024``: a month in letters."""
    if not YEAR.search(text) or not MONTH.search(text) or not DAY.search(CLOCK.sub(" ", YEAR.sub(" ", text))):
        return None
    zone = ""
    if tail := ZONE_TAIL.search(text):
        timed = CLOCK.search(text[: tail.start()])
        if timed and tail[1] not in {"AM", "PM"}:
            text, zone = text[: tail.start()].strip(EDGES), _offset(tail[1])
    elif (tail := OFFSET.search(text)) and CLOCK.search(text[: tail.start()]):
        text, zone = text[: tail.start()].strip(EDGES), _offset(tail[0])
    moment = _parser_answer(text)
    if moment is None:
        return None
    if not CLOCK.search(text):
        return _within(moment.date().isoformat())
    moment = moment.replace(tzinfo=None, microsecond=0)
    return _within(moment.isoformat() + zone)


def _parser_answer(text: str) -> datetime | None:
    """What dateparser makes of it, English first, then ``LANGUAGES``; ``None`` too where it fails outright."""
    import dateparser  # noqa: PLC0415 (a third of a second to import; most articles need no written date)

    settings: dict[str, Any] = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}
    for languages in (["en"], LANGUAGES):
        try:
            moment: datetime | None = dateparser.parse(text, languages=languages, settings=settings)
            if moment:
                return moment
        except (ValueError, OverflowError, TypeError, RecursionError):
            continue
    return None


def _within(iso: str) -> str | None:
    return iso if int(iso[:4]) in YEARS else None
