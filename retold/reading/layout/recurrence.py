"""Lines that stand in articles which otherwise differ: the mark of a site's furniture.

Retellings of one story share lines too, so an article counts towards a line only once per body: articles that share
their fingerprint (the least hash of their long lines) are taken as copies of each other.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from hashlib import blake2b

from retold.reading.layout import furniture, lines

_WORDS = 20  # a longer line is prose
_ARTICLES = 3  # articles of different bodies that must hold the line
ENOUGH = 5  # bodies of a line that are ever counted


def recurring(texts: Iterable[str]) -> frozenset[str]:
    """Short lines of at least three articles with different bodies, as ``furniture.plain`` writes them."""
    bodies: dict[int, set[int]] = {}
    found: set[str] = set()
    for text in texts:
        short, body = short_lines(text)
        for line in short:
            known = bodies.setdefault(hash_of(line), set())
            if len(known) < ENOUGH:
                known.add(body)
            if len(known) >= needed(line):
                found.add(line)
    return frozenset(found)


def needed(line: str) -> int:
    """In how many bodies a line must stand: one that could be a headline in more than a button's label."""
    return _ARTICLES if len(line.split()) <= 5 else ENOUGH


def hash_of(line: str) -> int:
    """63 bits that stand for a line, the same in every process."""
    return int.from_bytes(blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def short_lines(text: str) -> tuple[list[str], int]:
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
            body = min(body, zlib.crc32(line.encode("utf-8", "surrogatepass")))
    return list(short), body
