"""Lines to paragraphs: which line breaks end something, and which only wrap a long line to a width."""

from __future__ import annotations

import re

BULLET = re.compile(r"[ \t]*(?:[-*•‣▪◦●■►»·–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t]+\S")
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
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
    fitted, the break was meant.
    """
    width = max((len(line) for line in texts[:-1]), default=0)
    if not _NARROWEST <= width <= _WIDEST or len(texts[-1]) > width:
        return False
    pairs = list(zip(texts, texts[1:], strict=False))
    if any(BULLET.match(below) for _, below in pairs):
        return False
    return all(len(above) + 1 + len(_first_word(below)) > width for above, below in pairs)


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0] if line.strip() else ""


def groups(text: str) -> list[list[tuple[int, int]]]:
    """Lines that belong together: runs without an empty line that are wrapped to a width, or single lines.

    Each line is given without blank edges. A run is tried as a whole; if it is not wrapped, its longest wrapped parts
    stay together, so that a wrapped paragraph under a heading without an empty line is still one paragraph.
    """
    found: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    for start, end in [*ranges(text), (len(text), len(text))]:
        edges = tight(text, start, end)
        if edges[0] < edges[1]:
            run.append(edges)
        elif run:
            found += _parts(text, run)
            run = []
    return found + (_parts(text, run) if run else [])


def _parts(text: str, run: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """A run of lines cut where a break was meant: a bullet, or a line that left room for the next word."""
    texts = [text[start:end] for start, end in run]
    if len(run) == 1 or wrapped(texts):
        return [run]
    width = _width(texts)
    if not width:
        return [[line] for line in run]
    found = [[run[0]]]
    for index in range(1, len(run)):
        above, below = texts[index - 1], texts[index]
        room = len(above) + 1 + len(_first_word(below)) <= width
        if room or len(above) > width or BULLET.match(below):
            found.append([])
        found[-1].append(run[index])
    return found


def _width(texts: list[str]) -> int:
    """The width to which most of the lines were wrapped, or 0 if the lines have no common width."""
    lengths = sorted(len(line) for line in texts)
    width = lengths[-1]
    if not _NARROWEST <= width <= _WIDEST or len(texts) < 4:
        return 0
    near = sum(1 for length in lengths if length > width - 16)
    return width if near * 2 >= len(lengths) else 0


def stretches(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text as half-open ranges without blank edges."""
    return [(group[0][0], group[-1][1]) for group in groups(text)]
