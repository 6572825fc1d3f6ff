"""Sentence alignment between two articles: n to m, order free, decided for the whole pair at once.

Every block of sentences that could be one edge gets a value (``blocks``), and the blocks of greatest total value that
share no sentence are the alignment (``packing``). Nothing but the two articles is needed, so that any two articles of a
database can be aligned on demand; corpus weights may be given.
"""

from __future__ import annotations

import re
import unicodedata

from retold.model import Article, Edge, Operation, Sentence, digest
from retold.tracing.alignment import blocks, order, packing
from retold.tracing.alignment.similarity import FEATURES, Pair, Side, compare, side
from retold.tracing.prepared import Prepared
from retold.tracing.terms import ALIGNED_KINDS
from retold.tracing.weights import Weights, prior
from retold.tracing.words.worddiff import same_words

__all__ = ["ALIGNED_KINDS", "align", "edge"]

SURELY_CHANGED = 0.8
"""Below this similarity no two texts are the same words; it spares the comparison word by word."""
SURE_OUT_OF_ORDER = 0.42
"""The similarity that an edge needs which its neighbours do not bear out, if it joins one sentence with one."""
EACH_FURTHER = 0.15
"""How much more for each further sentence: several together are somewhat like anything."""
ATTEMPTS = 8
"""How often what was struck out is chosen afresh; articles settle in two or three."""
PER_CENT = re.compile(r"%|\bper\s?cent\b", re.IGNORECASE)

Group = tuple[int, ...]
Joined = tuple[Group, Group]


def align(
    source: Article,
    article: Article,
    derivation_id: str = "",
    weights: Weights | None = None,
    features: frozenset[str] = FEATURES,
    prepared: Prepared | None = None,
) -> list[Edge]:
    """Every edge between two articles, in the reading order of ``article``, dropped sentences after their neighbours.

    Each sentence of the aligned kinds takes part in exactly one edge; a side without counterpart is dropped or added.
    ``similarity`` is 1 for the same words, otherwise the mean share of either side's word weight that the other side
    holds, mixed with the nearness of their meanings; 0 where a side is empty. ``prepared`` keeps what is made of an
    article for the other pairs of its story.
    """
    if weights is None and features is FEATURES:
        known = prepared or Prepared()
        pair = compare(known.of(source, _plain), known.of(article, _plain), features)
    else:
        weights = weights or prior()
        pair = compare(side(source, weights, features), side(article, weights, features), features)
    joined, moved = _joined(pair)
    return [
        _edge(pair, (source, article), derivation_id, position, one, joined.get(one, 0.0), one in moved)
        for position, one in enumerate(_in_order([*joined], len(pair.left.sentences), len(pair.right.sentences)))
    ]


def _plain(article: Article) -> Side:
    """The article's side without the weights of a corpus, and with every feature."""
    return side(article, prior())


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


def _joined(pair: Pair) -> tuple[dict[Joined, float], set[Joined]]:
    """What is joined, with its similarity, and which of it is out of order.

    Where the order does not speak for a weak likeness, nothing does: such blocks are struck out and the rest is chosen
    afresh, so that their sentences may go where they belong."""
    candidates = blocks.candidates(pair)
    attempts = 0
    while True:
        joined = [(block.left, block.right) for block in packing.pack(candidates)]
        alike = {one: blocks.similarity(pair, *one) for one in joined}
        moved = order.out_of_order(alike)
        stray = {(left, right) for left, right in moved if alike[left, right] < _needed(len(left) + len(right))}
        attempts += 1
        if not stray or attempts == ATTEMPTS:
            return {one: score for one, score in alike.items() if one not in stray}, moved - stray
        candidates = [block for block in candidates if (block.left, block.right) not in stray]


def _needed(sentences: int) -> float:
    return SURE_OUT_OF_ORDER + EACH_FURTHER * (sentences - 2)


def _edge(
    pair: Pair,
    articles: tuple[Article, Article],
    derivation_id: str,
    position: int,
    one: Joined,
    similarity: float,
    moved: bool,
) -> Edge:
    left = [pair.left.sentences[i] for i in one[0]]
    right = [pair.right.sentences[j] for j in one[1]]
    operation = _operation(left, right, similarity)
    similarity = 1.0 if operation == "kept" else similarity
    return edge(derivation_id, *articles, position, operation, moved, similarity, left, right)


def _operation(left: list[Sentence], right: list[Sentence], similarity: float) -> Operation:
    """The operation by the numbers of sentences; where both sides have several, the larger side names it."""
    if not right:
        return "dropped"
    if not left:
        return "added"
    if len(left) == len(right):
        same = similarity > SURELY_CHANGED and _same(" ".join(s.text for s in left), " ".join(s.text for s in right))
        return "kept" if same else "reworded"
    return "merged" if len(left) > len(right) else "split"


def _same(source: str, text: str) -> bool:
    """The same words; texts whose letters and digits differ cannot be, which is quickly seen."""
    return source == text or (_bare(source) == _bare(text) and same_words(source, text))


def _bare(text: str) -> str:
    """Letters and digits alone, without case and marks; no typography that is normalised elsewhere survives it."""
    plain = unicodedata.normalize("NFKD", PER_CENT.sub("%", text)).casefold()
    return "".join(c for c in plain if c.isalnum())


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
