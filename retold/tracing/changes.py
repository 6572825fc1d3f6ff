"""Edges to suggestions: every rule of the codebook asked in turn, then thinned to what is worth a person's time."""

from __future__ import annotations

from collections import Counter
from functools import cache

from retold.codebook import load
from retold.model import Article, Edge, Suggestion, digest
from retold.tracing.article_view import ArticleView
from retold.tracing.prepared import Prepared
from retold.tracing.rules import attribution, certainty, facts, figures, framing, names, quotes, selection
from retold.tracing.rules.registry import RULES
from retold.tracing.view import EdgeView, Side

GROUPS = (quotes, attribution, figures, names, certainty, facts, selection, framing)
EXCLUSIVE = "style_only"
ANY_OPERATION = "emphasis_shifted"  # the one label that unchanged words can earn, by moving
MOST_PER_EDGE = 4
MOST_PER_LABEL = 2


def suggest(edges: list[Edge], source: Article, article: Article, prepared: Prepared | None = None) -> list[Suggestion]:
    """The suggestions for the edges of one pair of articles, in the order of the edges and of the codebook.

    ``prepared`` keeps what is made of an article for the other pairs of its story.
    """
    known = prepared or Prepared()
    theirs, ours = known.of(source, ArticleView), known.of(article, ArticleView)
    found: list[Suggestion] = []
    for edge in edges:
        found += _for_edge(view_of(edge, theirs, ours))
    return found


def view_of(edge: Edge, source: ArticleView, article: ArticleView) -> EdgeView:
    """The edge as rules see it."""
    return EdgeView(edge, Side(source, edge.source_sentences), Side(article, edge.sentences))


def _for_edge(view: EdgeView) -> list[Suggestion]:
    if not view.article:
        return []  # a dropped sentence says all there is to say by its operation
    order = label_order()
    if view.edge.operation == "kept":
        chosen = _thinned(_asked(view, ANY_OPERATION))
    else:
        found = [one for label in order if label != EXCLUSIVE for one in _asked(view, label)]
        chosen = _thinned(found) or _asked(view, EXCLUSIVE)
    return sorted(chosen, key=lambda s: (order.index(s.label), s.source_start or 0, s.start or 0, s.id))


@cache
def label_order() -> tuple[str, ...]:
    """The labels in the codebook's order."""
    return tuple(label.id for label in load().labels)


def _asked(view: EdgeView, label: str) -> list[Suggestion]:
    """What the rules of one label propose, each with label, rule and id set."""
    found = []
    for function in RULES.get(label, ()):
        for one in function(view):
            one.label, one.rule, one.change_id = label, function.__name__, view.edge.id
            offsets = (one.source_start, one.source_end, one.start, one.end)
            one.id = "g-" + digest(view.edge.id, label, one.rule, *(str(n) for n in offsets))
            found.append(one)
    return list({one.id: one for one in found}.values())


def _thinned(found: list[Suggestion]) -> list[Suggestion]:
    """The surest few of an edge, no label more than twice, and no loss reported where a surer rule explains it."""
    chosen: list[Suggestion] = []
    per_label: Counter[str] = Counter()
    for one in sorted(found, key=lambda s: (-s.confidence, s.id)):
        if len(chosen) < MOST_PER_EDGE and per_label[one.label] < MOST_PER_LABEL and not _explained(one, chosen):
            chosen.append(one)
            per_label[one.label] += 1
    return chosen


def _explained(one: Suggestion, chosen: list[Suggestion]) -> bool:
    """True of a detail inside the evidence that another suggestion already shows as changed."""
    if one.label != "detail_dropped":
        return False
    return any(_overlap((one.source_start, one.source_end), (c.source_start, c.source_end)) for c in chosen)


def _overlap(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool:
    if a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        return False
    return a[0] < b[1] and b[0] < a[1]
