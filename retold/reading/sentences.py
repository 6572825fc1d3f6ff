"""Blocks to sentences."""

from __future__ import annotations

import re

from retold.model import Article, Block, Sentence


def spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a stretch of prose as half-open ranges, blank edges left out; they cover all that is not blank."""
    return [m.span() for m in re.finditer(r"\S.*?(?:[.!?]+[\"”’')]*(?=\s|$)|$)", text, re.S)]


def split(article: Article, blocks: list[Block]) -> list[Sentence]:
    """One sentence row per sentence of a body block, one per block of any other kind, in reading order."""
    found: list[Sentence] = []
    for block in blocks:
        stretch = article.text[block.start : block.end]
        pieces = spans(stretch) if block.kind == "body" else [(0, len(stretch))]
        for start, end in pieces:
            found.append(_sentence(article, block, block.start + start, block.start + end, len(found)))
    return found


def _sentence(article: Article, block: Block, start: int, end: int, position: int) -> Sentence:
    text = article.text[start:end]
    words = len(re.findall(r"\w+(?:[’'.-]\w+)*", text))
    return Sentence(
        f"{article.id}.{start}-{end}", article.id, position, block.paragraph, block.kind, text, start, end, words
    )
