"""Edges to suggestions: every rule of the codebook asked in turn, then thinned to what is worth a person's time."""

from __future__ import annotations

from retold.model import Article, Edge, Suggestion, digest


def suggest(edges: list[Edge], source: Article, article: Article) -> list[Suggestion]:
    """The suggestions for the edges of one pair of articles, in the order of the edges and of the codebook."""
    found = []
    for edge in edges:
        if edge.operation == "reworded":
            one = Suggestion(
                "style_only",
                "walking_skeleton",
                0.5,
                "Other words, and no rule found another change.",
                edge.source_sentences[0].start,
                edge.source_sentences[0].end,
                edge.sentences[0].start,
                edge.sentences[0].end,
                edge.source_sentences[0].text,
                edge.sentences[0].text,
            )
            one.change_id = edge.id
            one.id = "g-" + digest(edge.id, one.label, one.rule, str(one.source_start), str(one.start))
            found.append(one)
    return found
