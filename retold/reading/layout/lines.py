"""Lines to paragraphs: which line breaks end something, and which only wrap a long line to a width."""

from __future__ import annotations

import re
from itertools import pairwise

BULLET = re.compile(r"[ \t]*(?:[-*•‣▪◦●■►»·–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t]+\S")
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_EMPTY = re.compile(r"\n[ \t]*\n")
_NARROWEST, _WIDEST = 40, 132


def ranges(text: str) -> list[tuple[int, int]]:
    """The lines of a text, blank ones included, as half-open ranges without their line breaks."""
    cuts = [match.start() for match in _BREAK.finditer(text)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blank edges; empty (``start == end``) if nothing else is in it."""
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip())
    return (start + left, start + len(stretch.rstrip())) if left < len(stretch) else (start, start)


def wrapped(texts: list[str]) -> bool:
    """Whether consecutive lines read like one paragraph broken to a width.

    The test is the one a typist applies: a line was broken because the next word did not fit. Where it would have
    fitted, the break was meant. And lines broken to a width go on with small letters more often than not; paragraphs
    of one line each do not.
    """
    width = max((len(line) for line in texts[:-1]), default=0)
    if not _NARROWEST <= width <= _WIDEST or len(texts[-1]) > width:
        return False
    if any(BULLET.match(below) for below in texts[1:]) or not _running_on(texts[1:]):
        return False
    return all(len(above) + 1 + len(_first_word(below)) > width for above, below in pairwise(texts))


def _running_on(texts: list[str]) -> bool:
    """Whether at least two in five lines begin with a letter that is no capital."""
    firsts = (line.lstrip("\"“‘'«([`")[:1] for line in texts)
    return sum(1 for first in firsts if first.isalpha() and not first.isupper()) * 5 >= len(texts) * 2


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0] if line.strip() else ""


def groups(text: str) -> list[list[tuple[int, int]]]:
    """Lines that belong together: runs without an empty line that are wrapped to a width, or single lines.

    Each line is given without blank edges. A run is tried as a whole; if it is not wrapped, its longest wrapped parts
    stay together, so that a wrapped paragraph under a heading without an empty line is still one paragraph.
    """
    edges = [tight(text, start, end) for start, end in ranges(text)]
    width = _width([text[start:end] for start, end in edges])
    found: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    for start, end in [*edges, (0, 0)]:
        if start < end:
            run.append((start, end))
        elif run:
            found += _parts(text, run, width)
            run = []
    return found


def _parts(text: str, run: list[tuple[int, int]], page: int) -> list[list[tuple[int, int]]]:
    """A run of lines cut where a break was meant: a bullet, or a line that left room for the next word.

    ``page`` is the width to which the whole text is wrapped, or 0.
    """
    texts = [text[start:end] for start, end in run]
    indented = [_indented(text, start) for start, _ in run]
    if len(run) == 1 or (wrapped(texts) and not any(indented[1:])):
        return [run]
    width = page or _width(texts)
    if not width:
        return [[line] for line in run]
    found = [[run[0]]]
    for index in range(1, len(run)):
        above, below = texts[index - 1], texts[index]
        room = len(above) + 1 + len(_first_word(below)) <= width
        new = indented[index] and not indented[index - 1]
        if room or new or len(above) > width or BULLET.match(below):
            found.append([])
        found[-1].append(run[index])
    return found


def _indented(text: str, start: int) -> bool:
    """Whether two blanks or a tab stand before the line."""
    return text[max(0, start - 2) : start].endswith(("  ", "\t"))


def _width(texts: list[str]) -> int:
    """The width to which the longer lines were wrapped, or 0 if they have no common width."""
    lengths = [len(line) for line in texts]
    width = max(lengths)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    near = [index for index, length in enumerate(lengths) if length > width - 14]
    if len(near) < 3 or len(near) * 2 < sum(1 for length in lengths if length >= _NARROWEST):
        return 0
    return width if _running_on([texts[index + 1] for index in near if texts[index + 1 : index + 2]]) else 0


def stretches(text: str, one: bool = False) -> list[tuple[int, int]]:
    """The paragraphs of a text as half-open ranges without blank edges.

    ``one`` says that the text is known to be one paragraph: then its line breaks mean nothing, but for empty lines.
    """
    if one and not _EMPTY.search(text):
        edges = tight(text, 0, len(text))
        return [edges] if edges[0] < edges[1] else []
    return [(group[0][0], group[-1][1]) for group in groups(text)]
