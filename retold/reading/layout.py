"""Text to blocks: what is prose, what is a headline, a caption, a credit, and what is page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retold.model import Block


def recurring_lines(texts: Iterable[str]) -> frozenset[str]:
    """Lines that stand in several articles of the corpus, stripped and lower-cased: a sign of page furniture."""
    return frozenset()


def blocks(text: str, recurring: frozenset[str] = frozenset()) -> list[Block]:
    """The blocks of a text, in order; together they cover everything that is not blank, and none overlaps another."""
    found: list[Block] = []
    for paragraph, match in enumerate(re.finditer(r"[^\n]*\S[^\n]*", text)):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        short = len(match.group().split()) < 15 and not match.group().rstrip().endswith((".", "”", '"'))
        found.append(
            Block(start, end, "headline" if short and not found else "furniture" if short else "body", paragraph)
        )
    return found
