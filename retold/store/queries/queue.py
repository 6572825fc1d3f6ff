"""The next edge for a person, with its neighbours and how far they and everybody are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from retold.store import assign, history, passes
from retold.store.queries import compare
from retold.store.queries.base import Row
from retold.store.queries.edges import Edge

ReaderOf = Callable[[sqlite3.Connection, str | None], compare.Reader]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the queue says: which edge, or which comes after which, in what order, of which story."""

    order: assign.Order
    story: str | None
    edge: str | None
    after: str | None

    @property
    def lasting(self) -> dict[str, str]:
        """What stays in the address from edge to edge."""
        return {"order": self.order} | ({"story": self.story} if self.story else {})


@dataclass(slots=True)
class Found:
    """``edge`` is None when nothing is left, or when the edge asked for is gone."""

    mine: assign.Progress
    everybody: assign.Progress
    assigned: list[Row]
    comparison: compare.Comparison | None = None
    reader: compare.Reader | None = None
    edge: Edge | None = None
    before: Edge | None = None
    after: Edge | None = None


def find(connection: sqlite3.Connection, annotator: str, asked: Asked, reader_of: ReaderOf) -> Found:
    """The edge asked for, else the next one, leased. Expects to run inside a write transaction."""
    found = Found(
        assign.progress(connection, annotator),
        assign.progress(connection),
        assign.assignments(connection, annotator),
    )
    row = history.one(connection, "changes", asked.edge) if asked.edge else None
    if row is None or row["retired"]:
        row = assign.next_edge(connection, annotator, asked.order, asked.story, asked.after)
        # The edge just shown is left out only for the sake of moving on: where it is the last one, it comes again.
        row = row or (assign.next_edge(connection, annotator, asked.order, asked.story) if asked.after else None)
    if row is None:
        return found
    found.reader = reader_of(connection, passes.story_of(connection, row["id"]))
    found.comparison = compare.comparison(connection, row["source_article_id"], row["article_id"], found.reader)
    edges = found.comparison.edges if found.comparison else []
    at = next((n for n, edge in enumerate(edges) if edge.id == row["id"]), None)
    if at is not None:
        found.edge = edges[at]
        found.before = edges[at - 1] if at else None
        found.after = edges[at + 1] if at + 1 < len(edges) else None
    return found
