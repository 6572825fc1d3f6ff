"""Sentence alignment between two articles: n to m, order free, decided for the whole pair at once.

Every block of sentences that could be one edge gets a value (``blocks``), and the blocks of greatest total value that
share no sentence are the alignment (``packing``). Nothing but the two articles is needed, so that any two articles of a
database can be aligned on demand; corpus weights may be given.
"""

from __future__ import annotations

from bisect import bisect_left

from retold.model import Article, Edge, Operation, Sentence, digest
from retold.tracing.alignment import blocks, packing
from retold.tracing.alignment.similarity import FEATURES, Pair, compare, side
from retold.tracing.terms import ALIGNED_KINDS
from retold.tracing.weights import Weights
from retold.tracing.words.worddiff import same_words

__all__ = ["ALIGNED_KINDS", "align", "edge"]

SURELY_CHANGED = 0.8
"""Below this similarity no two texts are the same words; it spares the comparison word by word."""

Group = tuple[int, ...]
Joined = tuple[Group, Group]


def align(
    source: Article,
    article: Article,
    derivation_id: str = "",
    weights: Weights | None = None,
    features: frozenset[str] = FEATURES,
) -> list[Edge]:
    """Every edge between two articles, in the reading order of ``article``, dropped sentences after their neighbours.

    Each sentence of the aligned kinds takes part in exactly one edge; a side without counterpart is dropped or added.
    ``similarity`` is 1 for the same words, otherwise the mean share of either side's word weight that the other side
    holds, mixed with the nearness of their meanings; 0 where a side is empty.
    """
    weights = weights or Weights()
    pair = compare(side(source, weights, features), side(article, weights, features), features)
    joined = [(block.left, block.right) for block in packing.pack(blocks.candidates(pair))]
    moved = _moved(joined)
    return [
        _edge(pair, source, article, derivation_id, position, one, one in moved)
        for position, one in enumerate(_in_order(joined, len(pair.left.sentences), len(pair.right.sentences)))
    ]


def _in_order(joined: list[Joined], left_count: int, right_count: int) -> list[Joined]:
    """All edges in reading order of the article; each dropped sentence follows the edge of the one before it."""
    taken_left = {i for left, _ in joined for i in left}
    taken_right = {j for _, right in joined for j in right}
    reading = [*joined, *(((), (j,)) for j in range(right_count) if j not in taken_right)]
    reading.sort(key=lambda one: one[1])
    after: dict[int | None, list[Joined]] = {}
    anchor: int | None = None
    for i in range(left_count):
        if i in taken_left:
            anchor = i
        else:
            after.setdefault(anchor, []).append(((i,), ()))
    ordered = after.get(None, [])
    for one in reading:
        ordered.append(one)
        for i in one[0]:
            ordered += after.get(i, [])
    return ordered


def _moved(joined: list[Joined]) -> set[Joined]:
    """The edges outside the longest chain whose source order is also the article's order."""
    ordered = sorted(joined, key=lambda one: one[1])
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (left, _) in enumerate(ordered):
        at = bisect_left(tails, left[0])
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(left[0])
            ends.append(n)
        else:
            tails[at], ends[at] = left[0], n
    chain: set[int] = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.add(n)
        n = before[n]
    return {one for n, one in enumerate(ordered) if n not in chain}


def _edge(
    pair: Pair, source: Article, article: Article, derivation_id: str, position: int, one: Joined, moved: bool
) -> Edge:
    left = [pair.left.sentences[i] for i in one[0]]
    right = [pair.right.sentences[j] for j in one[1]]
    similarity = blocks.similarity(pair, *one) if left and right else 0.0
    operation = _operation(left, right, similarity)
    similarity = 1.0 if operation == "kept" else similarity
    return edge(derivation_id, source, article, position, operation, moved, similarity, left, right)


def _operation(left: list[Sentence], right: list[Sentence], similarity: float) -> Operation:
    """The operation by the numbers of sentences; where both sides have several, the larger side names it."""
    if not right:
        return "dropped"
    if not left:
        return "added"
    if len(left) == len(right):
        same = similarity > SURELY_CHANGED and same_words(
            " ".join(s.text for s in left), " ".join(s.text for s in right)
        )
        return "kept" if same else "reworded"
    return "merged" if len(left) > len(right) else "split"


def edge(  # noqa: PLR0913 -- an edge has this many facts
    derivation_id: str,
    source: Article,
    article: Article,
    position: int,
    operation: Operation,
    moved: bool,
    similarity: float,
    source_sentences: list[Sentence],
    sentences: list[Sentence],
) -> Edge:
    """An edge whose id depends only on the sentences it joins."""
    ids = [s.id for s in source_sentences], [s.id for s in sentences]
    return Edge(
        "c-" + digest(source.id, article.id, *ids[0], "|", *ids[1]),
        derivation_id,
        source.id,
        article.id,
        position,
        operation,
        moved,
        similarity,
        source_sentences,
        sentences,
    )
