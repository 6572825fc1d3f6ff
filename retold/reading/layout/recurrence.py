"""Lines that stand in articles which otherwise differ: the mark of a site's furniture.

Retellings of one story share lines too, so an article counts towards a line only once per body: articles that share
their fingerprint (the least hash of their long lines) are taken as copies of each other.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from retold.reading.layout import furniture, lines

_WORDS = 20  # a longer line is prose
_ARTICLES = 3  # articles of different bodies that must hold the line
_SLOTS = 1 << 22
_ENOUGH = 8


def recurring(texts: Iterable[str]) -> frozenset[str]:
    """Short lines of at least three articles with different bodies, as ``furniture.plain`` writes them.

    One pass; a line seen once costs one byte of a fixed table, so that memory grows with what recurs and not with the
    corpus. Two lines may share a slot of the table; that can only bring a line one article nearer to the threshold.
    """
    first = bytearray(_SLOTS)
    again: dict[str, set[int]] = {}
    for text in texts:
        short, body = _short_lines(text)
        mark = 1 + body % 255
        for line in short:
            slot = _hash(line) % _SLOTS
            if not first[slot]:
                first[slot] = mark
            elif first[slot] != mark:
                bodies = again.setdefault(line, set())
                if len(bodies) < _ENOUGH:
                    bodies.add(body)
    return frozenset(line for line, bodies in again.items() if len(bodies) + 1 >= _needed(line))


def _needed(line: str) -> int:
    """A line that could be a headline must recur more often than a button's label."""
    return _ARTICLES if len(line.split()) <= 5 else _ARTICLES + 2


def _short_lines(text: str) -> tuple[list[str], int]:
    """The distinct short lines of a text in order, and the fingerprint of its long ones."""
    short: dict[str, None] = {}
    body = 0xFFFFFFFF
    for start, end in lines.ranges(text):
        line = text[start:end].strip()
        if not line:
            continue
        if len(line.split(maxsplit=_WORDS)) <= _WORDS and len(line) < 200:
            short[furniture.plain(line)] = None
        else:
            body = min(body, _hash(line))
    return list(short), body


def _hash(line: str) -> int:
    return zlib.crc32(line.encode("utf-8", "surrogatepass"))
