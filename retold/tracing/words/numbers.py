"""Numbers, amounts and dates in running text, normalised so that two ways of writing one value compare equal.

Read: digits and words (``twenty-five``, ``1.2 million``, ``a dozen``), ranges, fractions, percentages and percentage
points, money, measures with units, ages, years, calendar dates, weekdays and relative days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retold.tracing.words.dates import Day, find_days
from retold.tracing.words.language import FUNCTION_WORDS, vocabulary
from retold.tracing.words.units import CURRENCIES, UNITS

NumberKind = Literal["count", "percent", "points", "money", "measure", "year", "ordinal", "fraction", "day", "time"]
Bound = Literal["", "about", "under", "over", "most", "least"]

_ONES = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
_VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 1999),
    "thousands": (2e3, 19999),
    "millions": (2e6, 2e9),
    "billions": (2e9, 2e12),
}
_ORDINALS = {
    w: i + 3
    for i, w in enumerate("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split())
}
_FRACTIONS = {
    **{"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fifth": 1 / 5},
    **{"fifths": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10},
}
_WORD = rf"(?:{'|'.join([*sorted(_ONES, key=len, reverse=True), *_TENS, *_SCALES])})"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VALUE = (
    rf"(?:(?:{_DIGITS})"
    r"(?:[\s-]?(?:hundred|thousand|million|billion|trillion)\b|\s?(?:bn|mn|mln|tn|trn|m|k|b)\b)?"
    rf"|(?:\ba\s+(?=hundred\b|thousand\b|million\b|billion\b))?\b{_WORD}(?:(?:(?<=dred)\s+and\s+|(?<=sand)\s+and\s+|(?<=lion)\s+and\s+|[\s-]){_WORD})*\b)"
)
_NUMBER = re.compile(
    rf"""
    (?P<fraction>(?:\b(?P<top>an?|one|two|three|four)[\s-]+)?\b(?:half|quarters?)\b
      |\b(?P<top2>an?|one|two|three|four)[\s-](?:thirds?|fifths?|sixth|eighth|tenths?)\b(?=\s+of\b|\s+in\b|[.,]))
  | (?P<time>\b\d{{1,2}}[.:]\d\d\s?[ap]\.?m\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}\s?[ap]\.?m\b)
  | (?P<decade>\b(?:1[5-9]|20)\d0s\b)
  | (?P<ordinal>\b(?:\d+(?:st|nd|rd|th)|{"|".join(_ORDINALS)})\b)
  | (?P<vague>\b(?:{"|".join(_VAGUE)})\b)
  | (?P<dozen>\b(?:(?:a|two|three|four)\s+|half\s+a\s+)?dozen\b)
  | (?P<amount>(?:(?P<symbol>(?:US|A|C|NZ|HK|S)?\$|£|€|¥|₹|\b(?:USD|EUR|GBP))\s?)?
      (?P<low>{_VALUE})
      (?:(?P<join>\s?[-–—]\s?|\s+(?:to|and|or)\s+)(?P<symbol2>[$£€])?(?P<high>{_VALUE}))?
      (?P<percent>\s?%|[\s-]per\s?cent(?:age\s+points?)?\b|\s+percent(?:age\s+points?)?\b)?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_HINTS = frozenset({*_ONES, *_TENS, *_SCALES, *_VAGUE, *_ORDINALS, *_FRACTIONS, "fifths", "sixths", "dozen"})
"""Without a digit or one of these words a text holds no number."""
_BOUND_WORDS: list[tuple[Bound, str]] = [
    ("under", "nearly|almost|just under|close to|not quite|approaching"),
    ("over", "more than|over|just over|above|upwards of|in excess of|exceeding"),
    ("least", "at least|no fewer than|no less than|a minimum of"),
    ("most", "up to|at most|as many as|as much as|no more than|fewer than|less than|under|below|a maximum of"),
    ("about", "about|around|roughly|approximately|some|circa|an estimated|estimated|more or less|or so"),
]
_BOUNDS = [(bound, re.compile(rf"\b(?:{words})\s*(?:an?\s+)?$", re.IGNORECASE)) for bound, words in _BOUND_WORDS]
_UNIT_AFTER = re.compile(
    r"[\s-]?(?P<unit>[^\W\d_]+(?:\s(?:miles|metres|meters|feet|kilometres|kilometers|km|ft|m)\b)?|°[CF]|[\"′″])"
)


@dataclass(slots=True, frozen=True)
class Number:
    """One value with its place: ``low`` to ``high`` in the base unit of its ``unit``; ``step`` is the last digit given.

    ``unit`` is a dimension (``metre``), a currency code, the kind of time (``year``) or empty; ``noun`` is the word
    counted. ``day`` is set on dates alone.
    """

    start: int
    end: int
    kind: NumberKind
    low: float
    high: float
    step: float = 1.0
    bound: Bound = ""
    unit: str = ""
    noun: str = ""
    day: Day | None = None
    raw: float | None = None


def find(text: str, published: date | None = None) -> list[Number]:
    """The numbers of a text in order, none overlapping another; weekdays resolve against ``published``."""
    days = find_days(text, published)
    found = [Number(d.start, d.end, "day", 0, 0, unit="day", day=d) for d in days]
    if _HINTS.isdisjoint(vocabulary(text)) and _DIGIT.search(text) is None:
        return found  # days without a digit: they are in order
    position = 0
    while match := _NUMBER.search(text, position):
        position = match.end()
        if any(match.start() < day.end and day.start < match.end() for day in days):
            continue
        if (number := _read(match, text)) is not None:
            found.append(number)
            position = max(number.end, match.start() + 1)
    return sorted(found, key=lambda n: (n.start, n.end))


def _read(match: re.Match[str], text: str) -> Number | None:  # noqa: PLR0911 -- one return for each kind
    start, end, raw = match.start(), match.end(), match.group()
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    if text[start].isalnum() and re.search(r"[\w.]$|[^\W\d_]-$", text[max(0, start - 2) : start]):
        return None  # part of a name: F-16, Covid-19, B2
    if match["time"]:
        return _clock(raw, start, end)
    if match["decade"]:
        return Number(start, end, "year", int(raw[:4]), int(raw[:4]) + 9)
    if match["fraction"]:
        top = (match["top"] or match["top2"] or "a").casefold()
        share = _FRACTIONS[re.split(r"[\s-]+", raw.casefold())[-1]] * (1 if top in ("a", "an") else _ONES[top])
        return Number(start, end, "fraction", share, share, 0.01, _bound(text, start))
    if match["ordinal"]:
        value = _ORDINALS.get(raw.casefold()) or int(re.sub(r"\D", "", raw))
        return Number(start, end, "ordinal", value, value, noun=_noun(text, end))
    if match["vague"]:
        low, high = _VAGUE[raw.casefold()]
        return Number(start, end, "count", low, high, low, "about", noun=_noun(text, end))
    if match["dozen"]:
        value = 6 if "half" in raw.casefold() else 12 * _ONES.get(raw.split()[0].casefold(), 1)
        return Number(start, end, "count", value, value, 1, _bound(text, start), noun=_noun(text, end))
    return _amount(match, text, start, end)


def _clock(raw: str, start: int, end: int) -> Number:
    hour, minute = (int(part) for part in [*re.findall(r"\d+", raw), "0"][:2])
    afternoon = re.search(r"p\.?m", raw, re.I) is not None
    minutes = (hour % 12 + 12 * afternoon if re.search(r"[ap]\.?m", raw, re.I) else hour) * 60 + minute
    return Number(start, end, "time", minutes, minutes)


def _amount(match: re.Match[str], text: str, start: int, end: int) -> Number | None:
    if match["low"].casefold() == "one" and not match["symbol"] and not match["percent"] and not match["high"]:
        return None  # "one of", "no one", "one day": rarely a count
    bound = _bound(text, start)
    joined = match["join"]
    # "five and six" are two numbers unless "between" precedes; a hyphen between digits is a range or a score.
    if joined and joined.strip() in ("and", "or") and not re.search(r"\bbetween\s*$", text[:start], re.I):
        match = _NUMBER.match(text, start, match.end("low")) or match
        end, joined = match.end(), None
        if match["low"] is None:
            return None
    low, step = _value(match["low"])
    high = _value(match["high"])[0] if joined and match["high"] else low
    if joined and match["high"]:
        scale = re.search(r"(hundred|thousand|million|billion|trillion|bn|m|k)$", match["high"], re.I)
        if scale and low < 1000 <= high:
            low *= _SCALES.get(scale[1].casefold()) or _SHORT[scale[1].casefold()]
    low, high = min(low, high), max(low, high)
    if re.search(r"\bminus\s$|[−]$|(?<!\w)-$", text[max(0, start - 6) : start], re.I):
        low, high = -high, -low
    return _typed(match, text, (start, end), (low, high, step), bound)


def _typed(
    match: re.Match[str], text: str, span: tuple[int, int], value: tuple[float, float, float], bound: Bound
) -> Number:
    """The number with its kind, unit and noun, from what stands around it."""
    (start, end), (low, high, step) = span, value
    if match["percent"]:
        kind: NumberKind = "points" if "point" in match["percent"].casefold() else "percent"
        return Number(start, end, kind, low, high, step, bound)
    symbol = (match["symbol"] or "").strip().upper()
    after = _UNIT_AFTER.match(text, end)
    word = after["unit"].casefold() if after else ""
    if symbol or (word in CURRENCIES and (word != "p" or text[end] == "p")):
        stop = end if symbol or after is None else after.end()
        return Number(start, stop, "money", low, high, step, bound, CURRENCIES[symbol.casefold() or word])
    if after and word in UNITS:
        base, factor, offset = UNITS[word]
        stop, raw = after.end(), low
        return Number(
            start, stop, "measure", low * factor + offset, high * factor + offset, step * factor, bound, base, raw=raw
        )
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", match.group().strip()) and not _counts(text, start, end):
        return Number(start, end, "year", low, high)
    return Number(start, end, "count", low, high, step, bound, noun=_noun(text, end))


def _counts(text: str, start: int, end: int) -> bool:
    """True if four digits count something ("1,900 people" is caught by its comma; "2000 people" by its noun)."""
    before = re.search(
        r"\b(in|since|until|by|from|of|during|after|before|early|late|and|to|around)\s+$", text[:start], re.I
    )
    noun = _noun(text, end)
    return before is None and noun.endswith("s") and noun not in ("olympics", "games", "elections")


def _bound(text: str, start: int) -> Bound:
    before = text[max(0, start - 24) : start]
    return next((bound for bound, pattern in _BOUNDS if pattern.search(before)), "")


def _noun(text: str, end: int) -> str:
    """The word counted: the first noun-like word after the number, over up to two adjectives."""
    match = re.match(r"[\s-]+((?:[^\W\d_]+[\s-]+){0,2}[^\W\d_]+)", text[end : end + 60])
    if not match:
        return ""
    words = match[1].casefold().replace("-", " ").split()
    plural = next((w for w in words if w.endswith("s") and len(w) > 3), "")
    return plural or (words[0] if words[0] not in FUNCTION_WORDS else "")


def _value(raw: str) -> tuple[float, float]:
    """The value and the size of its last given digit."""
    text = raw.casefold().strip()
    if text[0].isdigit():
        match = re.match(r"([\d,]*\d(?:\.\d+)?)[\s-]*([a-z]*)", text)
        assert match is not None
        digits = match[1].replace(",", "")
        scale = _SCALES.get(match[2]) or _SHORT.get(match[2]) or 1.0
        return float(digits) * scale, _step(digits) * scale
    return _spelled(text)


def _step(digits: str) -> float:
    if "." in digits:
        return float(10 ** -len(digits.split(".")[1]))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if digits.strip("0") else 1.0


def _spelled(text: str) -> tuple[float, float]:
    total = current = 0.0
    scale = 1.0
    for word in re.split(r"[\s-]+", text):
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, _TENS.get(word, 0))
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            scale = _SCALES[word]
            total, current = total + (current or 1) * scale, 0.0
    value = total + current
    return value, max(1.0, scale if not current else 1.0)


def equivalent(a: Number, b: Number) -> bool:
    """True if the two can state one value: the same after rounding, or within what "nearly" and "about" allow."""
    if (a.day is None) != (b.day is None):
        return _year_of_day(a, b) or _year_of_day(b, a)
    if a.day is not None and b.day is not None:
        return a.day.agrees(b.day)
    if {a.kind, b.kind} == {"fraction", "percent"}:
        share, percent = (a, b) if a.kind == "fraction" else (b, a)
        return abs(share.low * 100 - percent.low) <= (5 if share.bound or percent.bound else 2)
    if {a.kind, b.kind} == {"count", "measure"}:  # "aged 40" and "40 years old"
        return (a.low if a.raw is None else a.raw) == (b.low if b.raw is None else b.raw)
    if a.unit != b.unit or not comparable(a, b):
        return False
    return _rounds_to(a, b) or _rounds_to(b, a)


def comparable(a: Number, b: Number) -> bool:
    """True if the two are numbers of one sort, so that a difference between them would be a change of value."""
    if a.kind == b.kind:
        return a.kind != "measure" or a.unit == b.unit
    return {a.kind, b.kind} in ({"fraction", "percent"}, {"percent", "points"}, {"day", "year"})


def _year_of_day(day: Number, year: Number) -> bool:
    return day.day is not None and year.kind == "year" and day.day.year in (None, int(year.low))


def _rounds_to(exact: Number, rounded: Number) -> bool:
    """True if ``rounded`` is a fair rounding of ``exact``; its bound says which way it may err and how far."""
    if exact.low >= rounded.low and exact.high <= rounded.high:
        return True
    if exact.kind in ("year", "ordinal", "time"):
        return False
    slack = min(0.5 * rounded.step, 0.03 * abs(rounded.low))
    if abs(exact.low - rounded.low) <= slack and rounded.step < max(rounded.low, 1e-9) and rounded.step > exact.step:
        return True
    low, high = rounded.low, rounded.high
    span = {"about": (0.92, 1.08), "under": (0.92, 1.0), "over": (1.0, 1.12), "least": (1.0, 1.05), "most": (0.95, 1.0)}
    factors = span.get(rounded.bound)
    if factors is None:
        return exact.unit == rounded.unit and rounded.kind == "measure" and abs(exact.low - low) <= 0.04 * abs(low)
    return low * factors[0] <= exact.low and exact.high <= high * factors[1]
