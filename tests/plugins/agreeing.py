"""Judgements by made-up people, for the pages on which they agree or not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from retold.store import annotate, assign, schema

LABEL, OTHER = "style_only", "opinion_added"


def edges(connection: sqlite3.Connection) -> list[str]:
    """The edges with both sides that are not just kept, in the order of the texts."""
    sql = """
        select id from changes where operation = 'reworded' and not retired
        order by source_article_id, article_id, position
    """
    return [row[0] for row in connection.execute(sql)]


def judge(connection: sqlite3.Connection, person: str, change: str, *labels: str, pass_: str = "assisted") -> None:
    for label in labels:
        sent = {
            "change_id": change,
            "label": label,
            "verdict": "added",
            "pass": pass_,
            "comment": f"{person} <b>says</b>",
        }
        annotate.annotate(connection, sent, person)
    annotate.decide(connection, {"change_id": change, "status": "done"}, person)


def disagree(path: Path) -> list[str]:
    """Ida and Ole judge all edges, Ole without the label on every other one; the edges, in order."""
    connection = schema.connect(path)
    with connection:
        found = edges(connection)
        for n, change in enumerate(found):
            judge(connection, "ida", change, LABEL, *([OTHER] if n % 3 == 0 else []))
            judge(connection, "ole", change, *([LABEL] if n % 2 else []), pass_="blind")
        story = connection.execute("select id from stories order by articles desc, id").fetchone()[0]
        assign.assign(connection, {"annotator": "ida", "story_id": story, "annotators_per_edge": 2}, "lea")
    connection.close()
    return found


def orphan(path: Path, change: str) -> None:
    """What a build leaves behind where no edge holds the text any more."""
    connection = schema.connect(path)
    with connection:
        connection.execute("update changes set retired = 1 where id = ?", [change])
        for table in ("annotations", "decisions", "adjudications", "comments"):
            connection.execute(f"update {table} set orphaned = 1 where change_id = ?", [change])
    connection.close()
