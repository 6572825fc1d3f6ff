"""Quotation marks paired into quotations, whatever their style and however badly they were typed.

The pairing works on plain text, paragraph by paragraph (a paragraph is a line), because a mark that was never closed
must not swallow the rest of an article. English typography repeats the opening mark at the head of every paragraph of
a long quotation and closes only the last; such a run comes back as one ``Quotation`` per paragraph, linked by
``continues``. Quotations inside quotations belong to the outer one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

MARK = re.compile(r"``|''|[\"“”„‟＂«»‹›「」『』‘’‚‛'`]")
LINE = re.compile(r"[^\n]*\S[^\n]*")
CLOSERS = {
    '"': '"”“＂',
    "＂": '＂"',
    "“": '”"“‟',
    "‟": '”"',
    "”": '”"“',
    "„": '“”"‟',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "``": "''\"",
    "''": "''",
}
SINGLE = frozenset("‘’‚‛'`")
OPEN_ONLY = frozenset({"“", "„", "‟", "«", "‹", "「", "『", "``"})
CLOSE_ONLY = frozenset("」』")
BEFORE_OPENING = frozenset("([{—–-/…:=>|¿¡") | SINGLE
AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…<|*") | SINGLE
KEPT = 8  # articles whose quotations are remembered: a source is compared with one retelling after another
LOOK_AHEAD = 400  # marks; keeps the pairing linear on a line of any length
ELISION = re.compile(r"(?:\d0s|tis|twas|til|em|cause|cuz|bout|round|n|nuff|ve|re|ll|d|s|t|m)\b", re.I)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Half-open code point ranges: ``start``/``end`` with the marks, ``inner_start``/``inner_end`` without them.

    ``closed`` is false where the closing mark is missing; ``continues`` is true where the quotation carries on the
    one before it from an earlier paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    continues: bool = False


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    opening: bool
    closing: bool
    after_digit: bool


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text, in order, none overlapping another; never raises, whatever the marks."""
    return list(_quotations(text))


@lru_cache(maxsize=KEPT)
def _quotations(text: str) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    runs_on = False
    for line in LINE.finditer(text):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        end = line.start() + len(line.group().rstrip())
        here = _Paragraph(text, start, end).pair(runs_on)
        found.extend(here)
        runs_on = bool(here) and not here[-1].closed and here[-1].end == end
    return tuple(found)


def inside(quoted: list[Quotation], start: int, end: int) -> bool:
    """Whether a stretch lies wholly inside one of the quotations, marks included."""
    return any(q.start <= start and end <= q.end for q in quoted)


class _Paragraph:
    """Pairs the marks of one paragraph, left to right; what is open waits in ``self.opened``."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.marks = [self._look(m) for m in MARK.finditer(text, start, end)]
        self.even = {mark: count % 2 == 0 for mark, count in Counter(m.text for m in self.marks).items()}
        self.found: list[Quotation] = []
        self.opened: _Mark | None = None
        self.continues = False
        self.depth = 0

    def pair(self, runs_on: bool) -> list[Quotation]:
        """The quotations of the paragraph; ``runs_on`` says that the paragraph before left one open."""
        at = self._resume() if runs_on else 0
        while at < len(self.marks):
            mark = self.marks[at]
            if mark.text in SINGLE:
                at = self._single(at)
            elif self.opened is None:
                self._open(at)
                at += 1
            else:
                if self.opened.text not in SINGLE:
                    self._close(at)
                at += 1
        if self.opened is not None:
            self._finish(self.end, self.end, closed=False)
        return self.found

    def _look(self, match: re.Match[str]) -> _Mark:
        before = self.text[match.start() - 1] if match.start() > self.start else " "
        after = self.text[match.end()] if match.end() < self.end else " "
        free = before.isspace() or before in BEFORE_OPENING or before in CLOSERS
        done = after.isspace() or after in AFTER_CLOSING or after in CLOSERS
        return _Mark(
            match.start(),
            match.end(),
            match.group(),
            opening=free and not after.isspace(),
            closing=done and not before.isspace(),
            after_digit=before.isdigit(),
        )

    def _resume(self) -> int:
        """Carry on the open quotation of the paragraph before; the index of the first mark still to be read."""
        first = next((i for i, m in enumerate(self.marks) if m.text not in SINGLE), None)
        if self.marks and self.marks[0].start == self.start and self.marks[0].opening:
            self.opened, self.continues = self.marks[0], True
            return 1
        if first is not None and self.marks[first].closing and not self.marks[first].opening:
            mark = self.marks[first]
            self.found.append(Quotation(self.start, mark.end, self.start, mark.start, True, True))
            return first + 1
        return 0

    def _open(self, at: int) -> None:
        mark = self.marks[at]
        if mark.text in CLOSE_ONLY or (mark.closing and not mark.opening and mark.text not in OPEN_ONLY):
            return  # a stray closing mark, or the inches of 6'2"
        if mark.after_digit and not mark.opening and mark.text in "\"”＂''":
            return
        if not mark.opening and not any(m.text in CLOSERS[mark.text] for m in self.marks[at + 1 : at + LOOK_AHEAD]):
            return
        self.opened, self.continues, self.depth = mark, False, 0

    def _close(self, at: int) -> None:
        mark, opened = self.marks[at], self.opened
        assert opened is not None
        reopens = mark.opening and not mark.closing
        if reopens and (mark.text == opened.text or mark.text in OPEN_ONLY):
            self._open_again(at)
        elif mark.text in CLOSERS.get(opened.text, ""):
            if self.depth:
                self.depth -= 1
            else:
                self._finish(mark.start, mark.end, closed=True)

    def _open_again(self, at: int) -> None:
        """An opening mark while one is open: a quotation inside it, a sloppy closing mark, or a mark forgotten."""
        mark, opened = self.marks[at], self.opened
        assert opened is not None
        rest = self.marks[at : at + LOOK_AHEAD]
        closing = sum(m.text in CLOSERS.get(opened.text, "") and m.closing and not m.opening for m in rest)
        opening = sum(m.text in CLOSERS and m.opening and not m.closing for m in rest)
        if closing > opening:
            self.depth += 1
        elif mark.text not in OPEN_ONLY and self.even[mark.text]:
            self._finish(mark.start, mark.end, closed=True)
        else:
            stop = self._trimmed(opened.end, mark.start)
            self._finish(stop, stop, closed=False)
            self.opened, self.continues, self.depth = mark, False, 0

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return end

    def _finish(self, inner_end: int, end: int, *, closed: bool) -> None:
        opened = self.opened
        assert opened is not None
        if inner_end > opened.end:
            self.found.append(Quotation(opened.start, end, opened.end, inner_end, closed, self.continues))
        self.opened, self.continues, self.depth = None, False, 0

    def _single(self, at: int) -> int:
        """Single marks quote only where they pair up outside double ones; most of them are apostrophes."""
        mark = self.marks[at]
        if self.opened is not None and self.opened.text in SINGLE:
            if mark.closing and not mark.opening:
                self._finish(mark.start, mark.end, closed=True)
            return at + 1
        if self.opened is not None or not mark.opening or ELISION.match(self.text, mark.end, self.end):
            return at + 1
        closer = self._single_closer(at)
        if closer is not None:
            self.opened, self.continues = mark, False
            self._finish(self.marks[closer].start, self.marks[closer].end, closed=True)
            return closer + 1
        if mark.start == self.start and mark.text == "‘":
            self.opened, self.continues = mark, False
        return at + 1

    def _single_closer(self, at: int) -> int | None:
        """The mark that closes the single one at ``at``: the first that does not read as a plural's apostrophe."""
        plural = None
        wanted = {"‘": "’'", "‚": "‘’", "‛": "’", "`": "'`", "'": "'’", "’": "’"}[self.marks[at].text]
        for i in range(at + 1, min(len(self.marks), at + LOOK_AHEAD)):
            mark = self.marks[i]
            if mark.text not in wanted or not mark.closing or mark.start == self.marks[at].end:
                if mark.text in SINGLE and mark.opening and not mark.closing:
                    break
                continue
            follows = self.text[mark.end : mark.end + 2]
            if self.text[mark.start - 1] not in "sS" or not (follows[:1] == " " and follows[1:].isalpha()):
                return i
            plural = i if plural is None else plural
        return plural
