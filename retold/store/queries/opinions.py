"""What is said about the edges of two articles, as far as a reader may see it: by the machine, and by people."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from retold.store.queries.base import Row, rows
from retold.store.queries.edges import Edge

LIKELIHOOD = ((0.85, "very likely"), (0.65, "likely"), (0.4, "possible"), (0.0, "doubtful"))


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the page is made: ``actor`` (None when not signed in), and what they may see besides their own work."""

    actor: str | None = None
    suggestions: bool = True
    others: bool = True
    blind: bool = False


def gather(connection: sqlite3.Connection, source_id: str, article_id: str, edges: list[Edge], reader: Reader) -> None:
    """Suggestions and what people made of all edges, in one query each, put into the edges."""
    by_id = {edge.id: edge for edge in edges}
    pair = {"source": source_id, "article": article_id, "actor": reader.actor, "others": reader.others}
    for name, sql in QUERIES.items():
        if name != "suggestions" or reader.suggestions:
            for row in rows(connection, sql, pair):
                if row["change_id"] in by_id:
                    getattr(by_id[row["change_id"]], name).append(row)
    for row in rows(connection, _REALIGNMENTS, pair):
        _corrected(row, by_id)
    for edge in edges:
        for row in edge.suggestions:
            row["likelihood"] = next(words for least, words in LIKELIHOOD if row["confidence"] >= least)
        edge.comments = _threaded(edge.comments)
        _own(edge, reader)


def _corrected(row: Row, by_id: dict[str, Edge]) -> None:
    """A person's own cut, shown at every edge whose sentences it takes; both texts as lists of stretches."""
    replaced = [by_id[id_] for id_ in json.loads(row["replaces"]) if id_ in by_id]
    for side, text in (("source_parts", row.pop("source_body")), ("parts", row.pop("body"))):
        row[side] = [text[start:end] for start, end in json.loads(row[side])]
    row["numbers"] = [edge.number for edge in replaced]
    for edge in replaced:
        edge.realignments.append(row)


def _threaded(comments: list[Row]) -> list[Row]:
    """Comments with each answer after what it answers, ``depth`` 0 for the first of a thread."""
    answers: dict[Any, list[Row]] = {}
    known = {row["id"] for row in comments}
    for row in comments:
        answers.setdefault(row["parent_id"] if row["parent_id"] in known else None, []).append(row)
    found: list[Row] = []
    waiting = [(row, 0) for row in reversed(answers.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        found.append(row | {"depth": depth})
        waiting += [(one, depth + 1) for one in reversed(answers.get(row["id"], []))]
    return found


def _own(edge: Edge, reader: Reader) -> None:
    """Joins a reader's own annotations to the suggestions they answer, and says whether the edge is decided."""
    mine = [row for row in edge.annotations if row["annotator"] == reader.actor]
    for suggestion in edge.suggestions:
        answers = [row for row in mine if row["suggestion_id"] == suggestion["id"]]
        suggestion["answer"] = answers[-1] if answers else None
        for row in answers:
            row["answers"] = True
    edge.own = next((row for row in edge.decisions if row["annotator"] == reader.actor), None)
    edge.decisions = [row for row in edge.decisions if not row["withdrawn"]]
    done = [row for row in edge.decisions if row["status"] == "done"]
    edge.decided = any(row is edge.own for row in done) if reader.actor else bool(done)


_PAIR = "c.article_id = :article and c.source_article_id = :source and not c.retired"
QUERIES = {
    "suggestions": f"""select g.*, l.name
        from changes c join suggestions g on g.change_id = c.id join labels l on l.id = g.label
        where {_PAIR} order by c.position, l.ordinal, g.start is null, g.start, g.source_start, g.id""",
    "annotations": f"""select n.*, l.name
        from changes c join annotations n on n.change_id = c.id join labels l on l.id = n.label
        where {_PAIR} and (:others or n.annotator = :actor) order by n.created, n.id""",
    "decisions": f"""select d.* from changes c join decisions d on d.change_id = c.id
        where {_PAIR} and (:others or d.annotator = :actor) order by d.created, d.id""",
    "comments": f"""select m.* from changes c join comments m on m.change_id = c.id
        where {_PAIR} and (:others or m.annotator = :actor) order by m.created, m.id""",
}
_REALIGNMENTS = """select r.*, s.text as source_body, a.text as body from realignments r
    join articles s on s.id = r.source_article_id join articles a on a.id = r.article_id
    where r.article_id = :article and r.source_article_id = :source and not r.withdrawn
    and (:others or r.annotator = :actor) order by r.created, r.id"""
