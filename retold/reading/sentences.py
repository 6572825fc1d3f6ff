"""Blocks to sentences: NLTK's Punkt with parameters of our own, then what newswriting needs on top.

Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32(4),
2006) decides about full stops. Its parameters are in ``punkt.yml``. What it cannot see, because it looks at two words
at a time, is decided in ``boundaries``: marks inside quotations, initials, list numbers, credits.
"""

from __future__ import annotations

import re

from retold.model import Article, Block, Sentence
from retold.reading import boundaries
from retold.reading.layout import datelines, lines

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def spans(text: str, paragraph: bool = False) -> list[tuple[int, int]]:
    """The sentences of a stretch of prose as half-open ranges, in order, blank edges left out.

    Together they cover everything that is not blank and none overlaps another. An empty line ends a sentence, and so
    does a line break in text that is not wrapped to a width; a dateline at the head of a line stands alone. With
    ``paragraph``, the text is one paragraph of a page that was laid out already, and single line breaks mean nothing.
    """
    found: list[tuple[int, int]] = []
    for head, end in lines.stretches(text, one=paragraph):
        start = head
        lead = start + datelines.length(
            text[start : min(end, start + 2 * datelines.LONGEST)], colon=False, opening=False
        )
        if start < lead < end:
            found.append(lines.tight(text, start, lead))
            start = lead
        found += boundaries.sentences(text, start, end)
    return found


def split(article: Article, blocks: list[Block]) -> list[Sentence]:
    """One sentence row per sentence of a body block, one per block of any other kind, in reading order."""
    found: list[Sentence] = []
    for block in blocks:
        stretch = article.text[block.start : block.end]
        pieces = spans(stretch, paragraph=True) if block.kind == "body" else [(0, len(stretch))]
        for start, end in pieces:
            found.append(_sentence(article, block, block.start + start, block.start + end, len(found)))
    return found


def _sentence(article: Article, block: Block, start: int, end: int, position: int) -> Sentence:
    text = article.text[start:end]
    return Sentence(
        id=f"{article.id}.{start}-{end}",
        article_id=article.id,
        position=position,
        paragraph=block.paragraph,
        kind=block.kind,
        text=text,
        start=start,
        end=end,
        words=len(_WORD.findall(text)),
    )
