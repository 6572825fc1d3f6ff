"""One edge as pages show it: both texts in runs of words that stayed and words that differ, cut by sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from retold.store.queries.base import Row
from retold.tracing.words import worddiff

Sentences = dict[str, list[tuple[str, int, int]]]
Run = tuple[str, str]


@dataclass(slots=True)
class Part:
    """A stretch of one article: ``start`` in code points, runs of ``(same | gone | new, text)``.

    ``sentence`` is the id of the sentence it lies in, where the page needs it; ``gap`` is True where text of other
    edges stands before it.
    """

    start: int
    runs: list[Run]
    sentence: str | None = None
    gap: bool = False


@dataclass(slots=True, frozen=True)
class Stretch:
    """A run of the one-column view, and where it begins in either article, None where it is not there word for word."""

    kind: str
    text: str
    source_start: int | None = None
    start: int | None = None


@dataclass(slots=True)
class Edge:
    """One row of ``changes`` as the page shows it. ``inline`` holds both texts in one, for the one-column view."""

    id: str
    number: int
    operation: str
    moved: bool
    similarity: float
    source: list[Part]
    article: list[Part]
    inline: list[Stretch]
    after: str | None = None
    suggestions: list[Row] = field(default_factory=list)
    annotations: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    realignments: list[Row] = field(default_factory=list)
    own: Row | None = None
    decided: bool = False

    @property
    def labels(self) -> set[str]:
        return {one["label"] for one in (*self.suggestions, *self.annotations)}


def edge_of(number: int, row: Row, sentences: Sentences | None = None) -> Edge:
    """A row of ``changes`` with its word differences, as the pages show it."""
    left, right = _parts(row, "source_"), _parts(row, "")
    pieces = _pieces(_joined(left), _joined(right), row["operation"], bool(left and right))
    source = _runs(left, [(p.op != "equal", p.source_start, p.source_end) for p in pieces], "gone")
    article = _runs(right, [(p.op != "equal", p.start, p.end) for p in pieces], "new")
    return Edge(
        row["id"],
        number,
        row["operation"],
        bool(row["moved"]),
        row["similarity"],
        source=_by_sentence(source, sentences["source"]) if sentences else source,
        article=_by_sentence(article, sentences["article"]) if sentences else article,
        inline=_inline(left, right, pieces),
    )


def _pieces(before: str, after: str, operation: str, both: bool) -> Sequence[worddiff.Piece]:
    if not both:
        return [worddiff.Piece("replace", 0, len(before), 0, len(after))]
    return _diff(before, after) if operation != "kept" else []


@lru_cache(maxsize=20_000)
def _diff(before: str, after: str) -> tuple[worddiff.Piece, ...]:
    """Kept between requests: the same two texts are opened again and again while people work on them."""
    return tuple(worddiff.diff(before, after))


def _parts(row: Row, prefix: str) -> list[tuple[int, str]]:
    """The true stretches of one side as (start, text); the row's text runs from the first to the last."""
    if row[f"{prefix}start"] is None:
        return []
    offset, text = row[f"{prefix}start"], row[f"{prefix}text"]
    return [(start, text[start - offset : end - offset]) for start, end in json.loads(row[f"{prefix}parts"])]


def _joined(parts: list[tuple[int, str]]) -> str:
    return "\n".join(text for _, text in parts)


def _runs(parts: list[tuple[int, str]], pieces: list[tuple[bool, int, int]], changed: str) -> list[Part]:
    """Pieces of the joined text cut at the joints, as runs of each part."""
    found: list[Part] = []
    offset = 0
    for start, text in parts:
        runs: list[Run] = []
        for differs, first, last in pieces or [(False, offset, offset + len(text))]:
            cut = text[max(first - offset, 0) : max(last - offset, 0)]
            if cut:
                runs += _spaced(changed if differs else "same", cut)
        found.append(Part(start, runs, gap=bool(found)))
        offset += len(text) + 1
    return found


def _spaced(kind: str, text: str) -> list[Run]:
    """A changed run without the spaces around it, so that neither strike nor underline trails into the gap."""
    if kind == "same":
        return [(kind, text)]
    core = text.strip()
    if not core:
        return [("same", text)]
    at = text.index(core)
    runs = [("same", text[:at]), (kind, core), ("same", text[at + len(core) :])]
    return [run for run in runs if run[1]]


def _by_sentence(parts: list[Part], sentences: list[tuple[str, int, int]]) -> list[Part]:
    """The parts cut where a sentence begins, each with its sentence's id."""
    found: list[Part] = []
    for part in parts:
        end = part.start + sum(len(text) for _, text in part.runs)
        cuts = [start for _, start, _ in sentences if part.start < start < end]
        for n, (first, last) in enumerate(zip([part.start, *cuts], [*cuts, end], strict=True)):
            runs = _cut(part.runs, first - part.start, last - part.start)
            id_ = next((id_ for id_, start, stop in sentences if start < last and stop > first), None)
            found.append(Part(first, runs, id_, gap=part.gap and n == 0))
    return found


def _cut(runs: list[Run], first: int, last: int) -> list[Run]:
    found: list[Run] = []
    offset = 0
    for kind, text in runs:
        piece = text[max(first - offset, 0) : max(last - offset, 0)]
        if piece:
            found.append((kind, piece))
        offset += len(text)
    return found


def _inline(
    left: list[tuple[int, str]], right: list[tuple[int, str]], pieces: Sequence[worddiff.Piece]
) -> list[Stretch]:
    before, after = _joined(left), _joined(right)
    if not pieces:
        pieces = [worddiff.Piece("equal", 0, len(before), 0, len(after))]
    found: list[Stretch] = []
    for piece in pieces:
        gone, new = before[piece.source_start : piece.source_end], after[piece.start : piece.end]
        if piece.op != "equal":
            found += _placed("gone", left, piece.source_start, piece.source_end)
            found += _placed("new", right, piece.start, piece.end)
            continue
        source = _place(left, piece.source_start) if gone == new else None
        for one in _placed("same", right, piece.start, piece.end):
            # A stretch over a joint of the wire's parts would count wrong beyond it.
            there = source + (one.start or 0) - (_place(right, piece.start) or 0) if source is not None else None
            found.append(Stretch("same", one.text, there if len(left) == 1 == len(right) else None, one.start))
    return found


def _placed(kind: str, parts: list[tuple[int, str]], first: int, last: int) -> list[Stretch]:
    """What of the joined text lies between two offsets, cut at the joints, each with its place in the article."""
    found: list[Stretch] = []
    offset = 0
    for start, text in parts:
        cut = text[max(first - offset, 0) : max(last - offset, 0)]
        at = start + max(first - offset, 0)
        for run, piece in _spaced(kind, cut) if cut else []:
            places = (at, None) if kind == "gone" else (None, at)
            found.append(Stretch(run, piece, *places))
            at += len(piece)
        offset += len(text) + 1
        if first < offset <= last:
            found.append(Stretch("same", "\n"))
    return found


def _place(parts: list[tuple[int, str]], at: int) -> int | None:
    """Where in the article an offset of the joined text lies."""
    offset = 0
    for start, text in parts:
        if at < offset + len(text):
            return start + at - offset
        offset += len(text) + 1
    return None
