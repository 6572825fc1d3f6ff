"""Text to blocks: what is prose, what is a headline, a caption, a credit, and what is page furniture.

Each paragraph is first judged by its own wording (``furniture``, ``credits``, ``datelines``), then by where it stands:
before the first sentence of prose, between sentences, or after the last (``positions``).
"""

from __future__ import annotations

from collections.abc import Iterable

from retold.model import Block
from retold.reading.layout import lines, positions, recurrence
from retold.reading.layout.paragraphs import Paragraph


def recurring_lines(texts: Iterable[str]) -> frozenset[str]:
    """Short lines that stand in several otherwise different articles: a sign of page furniture."""
    return recurrence.recurring(texts)


def blocks(text: str, recurring: frozenset[str] = frozenset()) -> list[Block]:
    """The blocks of a text, in order; together they cover everything that is not blank, and none overlaps another.

    ``recurring`` is what ``recurring_lines`` found in the corpus. A dateline on the same line as the lead is a block
    of its own and shares its paragraph's number.
    """
    found = [Paragraph(text, group) for group in lines.groups(text)]
    positions.label(found, recurring)
    return [block for number, paragraph in enumerate(found) for block in _parts(paragraph, number)]


def _parts(paragraph: Paragraph, number: int) -> list[Block]:
    kind = paragraph.kind or "body"
    if kind != "body" or not paragraph.dateline:
        return [Block(paragraph.start, paragraph.end, kind, number)]
    cut = paragraph.start + paragraph.dateline
    head = lines.tight(paragraph.whole, paragraph.start, cut)
    rest = lines.tight(paragraph.whole, cut, paragraph.end)
    return [Block(*head, "dateline", number), Block(*rest, "body", number)]
