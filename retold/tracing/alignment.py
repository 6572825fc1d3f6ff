"""Sentence alignment between two articles, n to m."""

from __future__ import annotations

from rapidfuzz import fuzz

from retold.model import Article, Edge, Operation, Sentence, digest

ALIGNED_KINDS = frozenset({"headline", "subheading", "body"})


def align(source: Article, article: Article, derivation_id: str = "") -> list[Edge]:
    """Every edge between two articles, in the reading order of ``article``, dropped sentences after their neighbours.

    Each sentence of the aligned kinds takes part in exactly one edge; a side without counterpart is dropped or added.
    """
    left = [s for s in source.sentences if s.kind in ALIGNED_KINDS]
    used: set[str] = set()
    edges: list[Edge] = []
    for sentence in (s for s in article.sentences if s.kind in ALIGNED_KINDS):
        scored = [(fuzz.token_set_ratio(s.text, sentence.text) / 100, s) for s in left if s.id not in used]
        score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best is not None and score > 0.55:
            used.add(best.id)
            operation: Operation = "kept" if best.text == sentence.text else "reworded"
            edges.append(edge(derivation_id, source, article, len(edges), operation, False, score, [best], [sentence]))
        else:
            edges.append(edge(derivation_id, source, article, len(edges), "added", False, 0.0, [], [sentence]))
    for s in left:
        if s.id not in used:
            edges.append(edge(derivation_id, source, article, len(edges), "dropped", False, 0.0, [s], []))
    return edges


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
