"""The derivation graph of a story, laid out for a page: sources left, what was made from them to the right."""

from __future__ import annotations

from dataclasses import dataclass

import igraph

from retold.store.queries.base import Row

LAYER, LINE, NODE, LAST = 340, 28, 250, 560


@dataclass(frozen=True, slots=True)
class Node:
    """``x`` and ``y`` in CSS pixels: the left end of the label's line; ``width`` what the label may fill."""

    article: Row
    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A derivation as a path from one label's right end to another's left."""

    derivation: Row
    path: str


@dataclass(frozen=True, slots=True)
class Graph:
    """``width`` and ``height`` hold every node; ``alone`` are articles made from none and made into none."""

    width: int
    height: int
    nodes: list[Node]
    arrows: list[Arrow]
    alone: list[Row]


def layout(articles: list[Row], derivations: list[Row]) -> Graph:
    """Layers turned on their side: one line per article stays readable for two and for sixty."""
    present = {row["id"] for row in articles}
    derivations = [row for row in derivations if len({row["source_article_id"], row["article_id"]} & present) == 2]
    joined = {row[end] for row in derivations for end in ("source_article_id", "article_id")}
    drawn = [row for row in articles if row["id"] in joined]
    alone = [row for row in articles if row["id"] not in joined]
    if not drawn:
        return Graph(0, 0, [], [], alone)
    index = {row["id"]: n for n, row in enumerate(drawn)}
    edges = [(index[row["source_article_id"]], index[row["article_id"]]) for row in derivations]
    forward = _acyclic(edges)
    layers = _layers(len(drawn), forward)
    places = _lines(igraph.Graph(len(drawn), forward, directed=True), layers)
    last = max(layers)
    nodes = [
        Node(row, 12 + LAYER * layer, round(LINE * (place + 0.5)) + 6, LAST if layer == last else NODE)
        for row, layer, place in zip(drawn, layers, places, strict=True)
    ]
    arrows = [Arrow(row, _path(nodes[a], nodes[b])) for row, (a, b) in zip(derivations, edges, strict=True)]
    width, height = 12 + LAYER * last + LAST, max(node.y for node in nodes) + LINE
    return Graph(width, height, nodes, arrows, alone)


def _acyclic(edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The edges without those that close a circle of copies."""
    kept: list[tuple[int, int]] = []
    reached: dict[int, set[int]] = {}
    for source, target in dict.fromkeys(edges):
        if source in reached.get(target, set()):
            continue
        kept.append((source, target))
        news = {target} | reached.get(target, set())
        for node in [n for n, below in reached.items() if source in below] + [source]:
            reached.setdefault(node, set()).update(news)
    return kept


def _layers(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """The longest way from any source, so that every one of these edges points right."""
    layers = [0] * count
    for _ in range(count):
        before = list(layers)
        for source, target in edges:
            layers[target] = max(layers[target], layers[source] + 1)
        if layers == before:
            break
    return layers


def _lines(graph: igraph.Graph, layers: list[int]) -> list[float]:
    """The line of every node: igraph's order of the tree within its layer, lines even, shorter layers centred.

    Not igraph's Sugiyama layout: in 1.0.0 it corrupts memory on some graphs and takes the server down with it.
    """
    roots = [n for n, layer in enumerate(layers) if layer == 0]
    laid = graph.layout_reingold_tilford(mode="out", root=roots)
    columns: dict[int, list[int]] = {}
    for node in sorted(range(len(layers)), key=lambda n: (laid[n][0], n)):
        columns.setdefault(layers[node], []).append(node)
    tallest = max(len(column) for column in columns.values())
    lines = [0.0] * len(layers)
    for column in columns.values():
        for place, node in enumerate(column):
            lines[node] = place + (tallest - len(column)) / 2
    return lines


def _path(source: Node, target: Node) -> str:
    x1, x2 = source.x + NODE, target.x - 8
    middle = (x1 + x2) / 2
    return f"M{x1:.0f} {source.y:.0f}C{middle:.0f} {source.y:.0f} {middle:.0f} {target.y:.0f} {x2:.0f} {target.y:.0f}"
