"""Which of two articles was there first: no single mark decides, because a retelling may carry any of them.

Every sign is a number of log-odds in favour of one article being the earlier; they are added up. The signs are those
that textual criticism and the study of news reuse have used: dates, credits, what is only in one of the two, and which
article the others' words are found in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from retold.model import Article
from retold.reading.extent import readable
from retold.tracing import terms
from retold.tracing.derivation import calendar
from retold.tracing.derivation.kinship import Kinship
from retold.tracing.profiles import Profile

DATE, SAME_DAY, LATER_NEWS = 2.5, 0.8, 1.0
CREDIT, CITED = 1.4, 0.8
COMPLETE, SPECIFIC, CENTRAL = 3.0, 2.4, 4.0
UNSURE = 0.6
"""Below this sum of signs nobody can say which article came first."""

AGENCIES = tuple(
    "Reuters,REUTERS,Associated Press,AP,AFP,Agence France-Presse,dpa,PA Media,Press Association,Xinhua,Bloomberg,UPI,"
    "EFE,ANSA,Interfax,TASS,Kyodo".split(",")
)
_REPORTING = r"(?:report(?:s|ed)?|quot(?:es|ed)|said|says|told|wrote|cit(?:es|ed)|according)"


@dataclass(slots=True)
class Traits:
    """What one article shows of its own making, apart from any other."""

    published: int | None
    moment: str
    wire: bool
    cites: bool
    details: frozenset[str]
    quoted: int
    attributed: int
    named_days: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to believe that an article came first: log-odds, and the words for it."""

    weight: float
    words: str


def traits(profile: Profile, anchor: int | None) -> Traits:
    """The traits of an article, from its metadata and told sentences; ``anchor`` is a day in the time of its story."""
    article = profile.article
    text = " ".join(readable(s.text) for s in terms.told(article))
    return Traits(
        calendar.published(article),
        article.published or "",
        bool(article.wire),
        cites_agency(text),
        details(article),
        int(profile.quoted.sum()),
        len(article.attributions),
        calendar.resolved(calendar.written(article), anchor) if anchor is not None else [],
    )


_AGENCY = "|".join(re.escape(agency) for agency in AGENCIES)
_CITED = re.compile(rf"\b(?:{_AGENCY})\b\W+(?:\w+\W+){{0,4}}?{_REPORTING}\b|\b[Aa]ccording to (?:the )?(?:{_AGENCY})\b")


def cites_agency(text: str) -> bool:
    """Whether the running text names a news agency as its source ("Reuters reported", "according to AFP")."""
    return _CITED.search(text) is not None


def details(article: Article) -> frozenset[str]:
    """What can be checked: numbers, and words written with a capital inside a sentence."""
    bodies = (readable(s.text) for s in terms.told(article) if s.kind == "body")
    return frozenset().union(*(_details(text) for text in bodies))


@lru_cache(maxsize=2048)
def _details(text: str) -> frozenset[str]:
    """The details of one sentence; retellings have most sentences from one source."""
    capital = ((terms.words(raw), raw) for raw in _CAPITAL.findall(text))
    found = {words[0] if words else raw for words, raw in capital}
    found.update(word for word in terms.tokens(text) if terms.is_number(word))
    return frozenset(found - terms.FUNCTION_WORDS)


_CAPITAL = re.compile(r"(?<=[^.!?\s“\"‘'] )[^\W\d_a-zß-ÿ]\w+")


def signs(one: Traits, other: Traits, forward: Kinship, backward: Kinship) -> list[Sign]:
    """The signs that ``one`` came before ``other``, negative for after; ``forward`` measures ``other`` in ``one``."""
    found = [*_dates(one, other), *_credits(one, other)]
    only_one, only_other = len(one.details - other.details), len(other.details - one.details)
    specific = (only_one - only_other) / (only_one + only_other + 4)
    specific += 0.5 * (one.quoted - other.quoted) / (one.quoted + other.quoted + 12)
    specific += 0.5 * (one.attributed - other.attributed) / (one.attributed + other.attributed + 3)
    if abs(specific) >= 0.1:
        found.append(Sign(SPECIFIC * specific, "it has more names, figures, quotations and sources of its own"))
    complete = forward.sentences_found - backward.sentences_found
    if abs(complete) >= 0.05:
        found.append(Sign(COMPLETE * complete, "more of the other is found in it than the reverse"))
    return found


def _dates(one: Traits, other: Traits) -> list[Sign]:
    if one.published is not None and other.published is not None:
        gap = other.published - one.published
        if gap:
            return [Sign(float(np.sign(gap)) * DATE, "it was published earlier")]
        if len(one.moment) > 12 and len(other.moment) > 12 and one.moment != other.moment:
            return [Sign(SAME_DAY if one.moment < other.moment else -SAME_DAY, "it was published earlier that day")]
        return []
    last_one, last_other = _last(one), _last(other)
    if last_one is None or last_other is None or last_one == last_other:
        return []
    return [Sign(LATER_NEWS if last_other > last_one else -LATER_NEWS, "the other knows of later days")]


def _last(own: Traits) -> int | None:
    """The last day that an article shows it knew of: that of its publication, or else the last it names."""
    return own.published if own.published is not None else max(own.named_days, default=None)


def _credits(one: Traits, other: Traits) -> list[Sign]:
    found = []
    if one.wire != other.wire:
        found.append(Sign(CREDIT if one.wire else -CREDIT, "it carries a wire credit"))
    if one.cites != other.cites:
        found.append(Sign(CITED if other.cites else -CITED, "the other cites a news agency"))
    return found


def later_news(article: Traits, source: Traits) -> bool:
    """Whether an article was published, or reports days, after all that its source knew of."""
    known = _last(source)
    if known is None:
        return False
    days = [*article.named_days, *([article.published] if article.published is not None else [])]
    return max(days, default=known) > known
