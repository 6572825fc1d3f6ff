"""Why an article counts as made from another, in a reader's words."""

from __future__ import annotations

from itertools import islice

from rapidfuzz import fuzz

from retold.model import Article
from retold.naming import quotations
from retold.reading.extent import readable
from retold.tracing import terms
from retold.tracing.derivation import direction
from retold.tracing.derivation.direction import Sign
from retold.tracing.derivation.kinship import Kinship

LONG_RUN = 6
LONGEST, MOST = 2_000, 200  # characters of a quotation, quotations of an article; they are compared each with each
ALTERED = 60
"""Similarity in per cent (rapidfuzz) from which two quotations are one, though altered."""


def describe(source: Article, article: Article, kinship: Kinship, signs: list[Sign], *, versions: bool) -> str:
    """One short text: what the two share, what links them, and how the direction is known or that it is not."""
    said = [_content(kinship), _runs(kinship), _order(kinship), _quotations(source, article), _wire(source, article)]
    said += [_dates(source, article), _direction(signs, versions=versions)]
    return " ".join(one for one in said if one)


def _content(kinship: Kinship) -> str:
    return (
        f"{_percent(kinship.sentences_found)} of the article's text has a counterpart in the source, "
        f"{_percent(kinship.sentences_kept)} of the source's sentences have one in the article; "
        f"{_percent(kinship.words_found)} of its words stand in the source."
    )


def _runs(kinship: Kinship) -> str:
    if kinship.longest_run < LONG_RUN:
        return "No long run of words is shared: it was reworded throughout."
    return f"The longest shared run is {kinship.longest_run} words."


def _order(kinship: Kinship) -> str:
    if kinship.order_kept >= 0.999:
        return "The order of the source is kept."
    return f"{_percent(kinship.order_kept)} of the counterparts stand in the order of the source."


def _quotations(source: Article, article: Article) -> str:
    """How many of the article's quotations the source has, word for word or altered."""
    before, after = _quoted(source), _quoted(article)
    same = altered = 0
    for quote in after:
        best = max((_alike(quote, other) for other in before), default=0.0)
        same += best >= 99.9
        altered += ALTERED <= best < 99.9
    parts = [
        f"{_count(same, 'quotation')} found word for word" if same else "",
        f"{_count(altered, 'quotation')} matched although altered" if altered else "",
    ]
    said = " and ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _quoted(article: Article) -> list[str]:
    spans = quotations.quotations(article.text)
    beginnings = (article.text[q.inner_start : min(q.inner_end, q.inner_start + LONGEST)] for q in spans)
    found = (" ".join(terms.words(text)) for text in beginnings)
    return list(islice((text for text in found if text.count(" ") >= 2), MOST))


def _alike(one: str, other: str) -> float:
    """Likeness in per cent; a trimmed quotation counts as its best stretch of the longer one."""
    short, long = sorted((one, other), key=len)
    return max(fuzz.ratio(short, long), fuzz.partial_ratio(short, long) if short.count(" ") >= 4 else 0.0)


def _wire(source: Article, article: Article) -> str:
    text = " ".join(readable(s.text) for s in terms.told(article))
    if source.wire and article.wire:
        return (
            f"Both carry a wire credit ({source.wire}; {article.wire}), so the credit does not tell which is the copy."
        )
    if source.wire:
        return f"The source carries a wire credit ({source.wire})."
    if article.wire:
        return f"The article carries a wire credit ({article.wire})."
    return "The article cites a news agency." if direction.cites_agency(text) else ""


def _dates(source: Article, article: Article) -> str:
    if source.published and article.published:
        return f"Published {source.published[:10]} and {article.published[:10]}."
    missing = "Neither is" if not (source.published or article.published) else "Only one is"
    return f"{missing} dated."


def _direction(signs: list[Sign], *, versions: bool) -> str:
    if versions:
        return "Both are versions of one document; the older is the source."
    total = sum(s.weight for s in signs)
    speaking = sorted((s for s in signs if s.weight * total > 0), key=lambda s: -abs(s.weight))
    if abs(total) < direction.UNSURE or not speaking:
        return "Which of the two came first is not known from them alone."
    if total < 0:
        return "Taken alone the two would rather point the other way; the other articles of the story decided."
    return "Taken as the source because " + " and ".join(s.words for s in speaking[:3]) + "."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
