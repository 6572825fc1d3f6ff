"""The days that a text names: enough to say which of two articles knows of later ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from retold.model import Article
from retold.reading.extent import readable

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"\b(?:"
    + _MONTH.format("m1")
    + r"\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>(?:19|20)\d\d))?"
    + r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?"
    + _MONTH.format("m2")
    + r"(?:,?\s+(?P<y2>(?:19|20)\d\d))?"
    + r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))\b",
    re.IGNORECASE,
)
REACH = 60
"""Days around a story's time within which a named day can be news."""


def published(article: Article) -> int | None:
    """The day of publication as a number (``date.toordinal``), None if unknown."""
    try:
        return date.fromisoformat((article.published or "")[:10]).toordinal()
    except ValueError:
        return None


Written: TypeAlias = tuple[int | None, int, int]
"""A day as a text writes it: year if given, month, day of the month."""


def written(article: Article) -> list[Written]:
    """The days that an article names anywhere outside its furniture, captions and datelines included."""
    text = "\n".join(readable(s.text) for s in article.sentences if s.kind != "furniture")
    return [_parts(match) for match in _DATE.finditer(text)]


def resolved(days: list[Written], around: int) -> list[int]:
    """The days within ``REACH`` of ``around``, as numbers; a day without a year falls as near it as it can."""
    year = date.fromordinal(around).year
    found = set()
    for given, month, day in days:
        tries = [given] if given else [year - 1, year, year + 1]
        near = [n for y in tries if (n := _ordinal(y, month, day)) is not None and abs(n - around) <= REACH]
        found.update(near[:1])
    return sorted(found)


def anchor(articles: Iterable[Article]) -> int | None:
    """A day in the time of a story: the first publication, or else the last day that is named with its year."""
    members = list(articles)
    dated = [day for a in members if (day := published(a)) is not None]
    if dated:
        return min(dated)
    named = [_ordinal(y, m, d) for a in members for y, m, d in written(a) if y]
    return max((day for day in named if day is not None), default=None)


def _parts(match: re.Match[str]) -> Written:
    if match["m3"]:
        return int(match["y3"]), int(match["m3"]), int(match["d3"])
    n = 1 if match["m1"] else 2
    year = match[f"y{n}"]
    return int(year) if year else None, MONTHS.index(match[f"m{n}"][:3].lower()) + 1, int(match[f"d{n}"])


def _ordinal(year: int | None, month: int, day: int) -> int | None:
    try:
        return date(year or 0, month, day).toordinal()
    except ValueError:
        return None
