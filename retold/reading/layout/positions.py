"""Paragraphs to kinds: what the wording leaves open is told by where a paragraph stands."""

from __future__ import annotations

import re
from itertools import pairwise

from retold.model import Kind
from retold.reading.layout import credits, datelines, furniture
from retold.reading.layout.paragraphs import Paragraph

_SENTENCE = 18  # so many words make no title, even if nothing closes them
_OPENING = 3  # paragraphs of prose that may begin with a place in capitals and a dash
_TAGLINE = 4  # a title of so few words may be a section's or a site's name


def label(found: list[Paragraph], recurring: frozenset[str] = frozenset()) -> None:
    """Give every paragraph its kind and find the datelines at the head of prose, in place."""
    _by_wording(found, recurring)
    _repeated(found)
    prose = [index for index, paragraph in enumerate(found) if paragraph.kind == "body"]
    first = prose[0] if prose else len(found)
    last = prose[-1] if prose else -1
    title = _headline(found, first)
    last = _short_sentences(found, first, last)
    _head(found, first, title)
    _middle(found, first, last)
    _tail(found, last)
    _decks(found, title)
    _comments(found)
    _datelines(found)


# -- by wording --------------------------------------------------------------------------------------------------------


def _by_wording(found: list[Paragraph], recurring: frozenset[str]) -> None:
    linked = False
    for paragraph in found:
        paragraph.kind = paragraph.wording
        if paragraph.kind is None and not paragraph.prose and not paragraph.item and paragraph.plain in recurring:
            paragraph.kind = "furniture"
        if paragraph.kind is None and paragraph.prose:
            paragraph.kind = "body"
        if linked and paragraph.kind is None and (paragraph.title_like or (paragraph.bullet and not paragraph.closed)):
            paragraph.kind = "furniture"
        linked = furniture.leads_to_links(paragraph.text) or (linked and paragraph.kind == "furniture")


def _repeated(found: list[Paragraph]) -> None:
    """A line that stands twice, or that begins the next one, is a caption: pages print it as text and as label."""
    seen: dict[str, list[Paragraph]] = {}
    for paragraph in found:
        if paragraph.words >= 3:
            seen.setdefault(paragraph.plain, []).append(paragraph)
    for same in seen.values():
        if len(same) > 2 and not same[0].closed and _crowded(found, same):
            for paragraph in same:
                paragraph.kind = paragraph.kind or "furniture"
        if (
            len(same) > 1
            and same[0].words > 5
            and all(paragraph.kind in ("body", "caption", None) for paragraph in same)
        ):
            beside = found[found.index(same[0]) + 1 :][:1] == [same[1]] and credits.is_scene(same[0].text)
            for paragraph in same if beside or any(copy.kind == "caption" for copy in same) else []:
                paragraph.kind = "caption"
    for one, other in pairwise(found):
        _prefix(one, other)
        _prefix(other, one)


def _crowded(found: list[Paragraph], same: list[Paragraph]) -> bool:
    """Whether copies of a line stand next to each other, or with one line between."""
    copies = {id(paragraph) for paragraph in same}
    at = [index for index, paragraph in enumerate(found) if id(paragraph) in copies]
    return any(right - left <= 2 for left, right in pairwise(at))


def _prefix(short: Paragraph, long: Paragraph) -> None:
    if long.kind == "caption" and short.words >= 4 and long.text.startswith(short.text.rstrip(" .")):
        short.kind = "caption"


def _short_sentences(found: list[Paragraph], first: int, last: int) -> int:
    """Short sentences among prose are prose too; it ends with the last of them before furniture or a credit."""
    for index, paragraph in enumerate(found[first + 1 :], first + 1):
        if index > last and paragraph.kind is not None:
            break
        if paragraph.kind is None and paragraph.closed and paragraph.words >= 4 and not paragraph.title_like:
            paragraph.kind = "body"
            last = max(last, index)
    return last


# -- before the first sentence of prose --------------------------------------------------------------------------------


def _may_head(paragraph: Paragraph) -> bool:
    return paragraph.title_like and not paragraph.text.endswith(":") and paragraph.words <= 26


_MEDIA_TITLE = re.compile(
    r"(?:in (?:pictures|pics)|watch|video|live|gallery|photos|podcast|listen|exclusive|breaking)"
    r"\s?[:|]\s?(?:\S+\s+){2}\S",
    re.I,
)


def _headline(found: list[Paragraph], first: int) -> Paragraph | None:
    """The headline among the paragraphs before the first prose: labelled, marked, or the first that is long enough."""
    labelled = [paragraph for paragraph in found if paragraph.field == "headline"]
    if labelled:
        return labelled[0]
    open_ = [paragraph for paragraph in found[:first] if paragraph.kind is None and _may_head(paragraph)]
    marked = [paragraph for paragraph in open_ if paragraph.text.startswith("# ")]
    named = [paragraph for paragraph in open_ if not credits.person(paragraph.text)] or open_
    long = [paragraph for paragraph in named if paragraph.words > _TAGLINE or (paragraph.asks and paragraph.words > 2)]
    chosen = marked or long or sorted(named, key=lambda paragraph: -paragraph.words)
    chosen = chosen or [paragraph for paragraph in found[:first] if _MEDIA_TITLE.match(paragraph.text)]
    if not chosen:
        return None
    chosen[0].kind = "headline"
    return chosen[0]


def _head(found: list[Paragraph], first: int, title: Paragraph | None) -> None:
    """Everything else before the prose: names are bylines, bullets summaries, longer titles decks."""
    after = listed = False
    for paragraph in found[:first]:
        after = after or paragraph is title
        if paragraph.kind is None:
            points = furniture.leads_to_points(paragraph.text)
            name = credits.person(paragraph.text)
            paragraph.kind = "subheading" if points else "body" if listed and not name else _head_kind(paragraph, after)
        listed = (listed and paragraph.kind == "body") or (after and _opens_list(paragraph))


def _opens_list(paragraph: Paragraph) -> bool:
    return (paragraph.text.endswith(":") and paragraph.kind != "credit") or furniture.leads_to_points(paragraph.text)


def _head_kind(paragraph: Paragraph, after_title: bool) -> Kind:  # noqa: PLR0911
    if paragraph.item and paragraph.words >= 4:
        return "body"
    if not after_title:
        return "furniture"
    if credits.person(paragraph.text):
        return "credit"
    if paragraph.closed and paragraph.words >= 3:
        return "body"
    if paragraph.text.endswith(":") and paragraph.words <= 6:
        return "subheading"
    if _unmarked_caption(paragraph):
        return "caption"
    return "subheading" if paragraph.words > _TAGLINE else "furniture"


def _decks(found: list[Paragraph], title: Paragraph | None) -> None:
    """A sentence between headline and byline is the deck, if the story begins after the byline."""
    if title is None or title not in found:
        return
    start = found.index(title) + 1
    head: list[Paragraph] = []
    for index, paragraph in enumerate(found[start : start + 8], start):
        if paragraph.kind == "body" and not paragraph.item and not datelines.length(paragraph.text):
            head.append(paragraph)
        elif paragraph.kind == "credit" and head:
            if len(head) == 1 and sum(1 for below in found[index:] if below.kind == "body") >= 2:
                head[0].kind = "subheading"
            return
        elif paragraph.kind not in ("furniture", "caption", "subheading"):
            return


# -- between sentences of prose ----------------------------------------------------------------------------------------


def _middle(found: list[Paragraph], first: int, last: int) -> None:
    index = first + 1
    while index < last:
        stop = index
        while stop < last and found[stop].kind is None:
            stop += 1
        if stop > index:
            _run(found, index, stop)
        index = stop + 1


def _run(found: list[Paragraph], start: int, stop: int) -> None:
    """Unlabelled short paragraphs between two labelled ones."""
    run = found[start:stop]
    if stop < len(found) and run[-1].words > 6 and found[stop].text[:1].islower():
        run.pop().kind = "body"  # the line below goes on with its sentence
    titles = [paragraph for paragraph in run if paragraph.title_like and not paragraph.item]
    numbered = [paragraph for paragraph in run if paragraph.item and paragraph.title_like]
    listed = len(run) > 2 or any(paragraph.text.endswith(":") for paragraph in found[start - 1 : start + 1])
    for paragraph in run:
        followed = found[stop].kind in ("body", "caption", "dateline") and paragraph is run[-1]
        paragraph.kind = _middle_kind(paragraph, followed, len(titles) + len(numbered), listed)
    if run and found[start - 1].kind == "credit" and credits.person(run[0].text):
        run[0].kind = "credit"  # the name that a label such as "Reporter:" announced
    _bylined(found, start, stop)


def _middle_kind(paragraph: Paragraph, followed: bool, titles: int, listed: bool) -> Kind:  # noqa: PLR0911
    if paragraph.bullet or paragraph.speech or not paragraph.title_like:
        return "body"
    if paragraph.titled_by_mark:
        return "subheading"
    if paragraph.text.endswith(":"):
        return "body" if _INTRODUCES.search(paragraph.text) or paragraph.words > 6 else "subheading"
    if paragraph.asks:
        return "subheading" if followed and not _SPOKEN.match(paragraph.text) else "body"
    if paragraph.words >= _SENTENCE and not _title_case(paragraph.text):
        return "body"
    if titles <= 2 and _unmarked_caption(paragraph):
        return "caption"
    if not followed:
        return "subheading" if _capitals(paragraph) else "body" if listed or _tabular(paragraph) else "furniture"
    if _tabular(paragraph):
        return "body"
    return "subheading" if paragraph.words <= 16 and titles <= 3 else "body"


_INTRODUCES = re.compile(
    r"\b(?:said|says|below|follows|\w+ed|writes?|wrote|reads?|tells?|told|added|from)\b.{0,20}:$", re.I
)
_SPOKEN = re.compile(r"(?:Q|A|[A-Z][A-Z .'’-]{1,30}):|[^\"“”]*[\"“][^\"“”]*$|.*\b(?:asks?|asked|said|says)\b")


def _capitals(paragraph: Paragraph) -> bool:
    return paragraph.text.upper() == paragraph.text and paragraph.words <= 10 and not paragraph.text[:1].isdigit()


def _tabular(paragraph: Paragraph) -> bool:
    """A line of a table or a schedule: it begins with a figure and is no numbered title."""
    return re.match(r"[\d.,:%$£€-]+\s", paragraph.text) is not None and not paragraph.item


_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|says?|said)\b")


def _unmarked_caption(paragraph: Paragraph) -> bool:
    """Leonard Pask outside court; The chef pictured at a party in London."""
    return (
        4 <= paragraph.words <= 30
        and not paragraph.closed
        and credits.is_scene(paragraph.text)
        and not _FINITE.search(paragraph.text)
        and paragraph.text[:1] not in "\"“‘'«"
        and not _title_case(paragraph.text)
        and re.search(
            r"\s[\"“‘'(]*[A-Z][a-z]|\b(?:19|20)\d\d\b|\b(?:pictured|seen|shown|photographed)\b", paragraph.text
        )
        is not None
        and not re.search(r"[$£€:!?]", paragraph.text)
    )


def _title_case(text: str) -> bool:
    """Whether most of the longer words begin with a capital, as in a title."""
    words = [word for word in re.findall(r"\w[\w’'-]*", text) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() or word[0].isdigit() for word in words) > 0.7 * len(words)


def _bylined(found: list[Paragraph], start: int, stop: int) -> None:
    """A title directly above a byline begins another story on the page."""
    if stop < len(found) and found[stop].kind == "credit" and found[stop].text[:3].lower() == "by ":
        paragraph = found[stop - 1]
        if paragraph.title_like and paragraph.words > 3:
            paragraph.kind = "headline"


# -- after the last sentence of prose ----------------------------------------------------------------------------------


def _tail(found: list[Paragraph], last: int) -> None:
    listed = False
    for index, paragraph in enumerate(found[last + 1 :], last + 1):
        listed = (listed and paragraph.kind != "furniture") or (index > 0 and found[index - 1].text.endswith(":"))
        if paragraph.kind is None:
            paragraph.kind = "body" if listed or paragraph.speech else _tail_kind(paragraph)
    if last >= 0 and credits.is_biography(found[last].text) and last > 0:
        found[last].kind = "credit"


def _tail_kind(paragraph: Paragraph) -> Kind:
    if credits.is_biography(paragraph.text):
        return "credit"
    if paragraph.item and paragraph.bullet and paragraph.words >= 6:
        return "body"
    if (paragraph.closed and paragraph.words >= 3) or (
        paragraph.words >= _SENTENCE and not _title_case(paragraph.text)
    ):
        return "body"
    return "caption" if _unmarked_caption(paragraph) and not paragraph.asks else "furniture"


def _comments(found: list[Paragraph]) -> None:
    """What follows the head of the readers' comments, if most of the prose stands above it."""
    total = sum(paragraph.words for paragraph in found if paragraph.kind == "body")
    above = 0
    for index, paragraph in enumerate(found):
        if paragraph.kind == "body":
            above += paragraph.words
        elif paragraph.kind == "furniture" and above * 2 > total and furniture.leads_to_comments(paragraph.text):
            for below in found[index:]:
                below.kind = "credit" if below.kind == "credit" else "furniture"
            return


# -- datelines ---------------------------------------------------------------------------------------------------------


def _datelines(found: list[Paragraph]) -> None:
    """Datelines at the head of prose; with a colon only at the head of the first paragraph."""
    seen = 0
    for paragraph in found:
        if paragraph.kind == "body" and not paragraph.bullet:
            paragraph.dateline = datelines.length(paragraph.text, colon=seen == 0, opening=seen < _OPENING)
            if paragraph.dateline >= len(paragraph.text):
                paragraph.kind, paragraph.dateline = "dateline", 0
            seen += 1
