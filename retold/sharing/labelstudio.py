"""Edges as Label Studio tasks (https://labelstud.io/guide/task_format), one task per edge.

Suggestions become predictions and people's annotations become annotations. Offsets are code points within the side's
text, as Label Studio has stored them since 1.5.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Any

from retold.sharing.tables import Row

# (side as named in the task, column with its text, columns with offsets)
SIDES = (("source", "source_text", "source_start", "source_end"), ("article", "text", "start", "end"))


def configuration(connection: sqlite3.Connection) -> str:
    """The labelling interface that shows these tasks: both texts, every label of the codebook on either."""
    names = [row[0] for row in connection.execute("select id from labels order by ordinal, id")]
    labels = "".join(f'<Label value="{escape(name)}"/>' for name in names)
    sides = "".join(
        f'<Labels name="{side}_label" toName="{side}">{labels}</Labels><Text name="{side}" value="${side}"/>'
        for side, *_ in SIDES
    )
    return f"<View>{sides}</View>"


def tasks(connection: sqlite3.Connection) -> Iterator[Row]:
    """One task per edge that both suggestions and people may have labelled, in reading order."""
    suggestions = _by_change(connection, "select * from suggestions order by id")
    annotations = _by_change(
        connection, "select * from annotations where verdict <> 'rejected' and not withdrawn order by annotator, id"
    )
    sql = "select * from changes where not retired order by source_article_id, article_id, position, id"
    for row in connection.execute(sql):
        change = dict(row)
        yield {
            "data": {
                "change_id": change["id"],
                "operation": change["operation"],
                "source": change["source_text"] or "",
                "article": change["text"] or "",
                "source_offset": change["source_start"],
                "article_offset": change["start"],
            },
            "predictions": [
                {"model_version": one["rule"], "score": one["confidence"], "result": _result(change, one)}
                for one in suggestions[change["id"]]
            ],
            "annotations": _annotations(change, annotations[change["id"]]),
        }


def _by_change(connection: sqlite3.Connection, sql: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in connection.execute(sql):
        found[row["change_id"]].append(dict(row))
    return found


def _annotations(change: Row, rows: list[Row]) -> list[Row]:
    """One Label Studio annotation per annotator, holding all their regions."""
    people: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        people[row["annotator"]] += _result(change, row)
    return [{"completed_by": {"email": person}, "result": result} for person, result in people.items()]


def _result(change: Row, labelled: Row) -> list[Row]:
    return [region for side in SIDES if (region := _region(change, labelled, *side)) is not None]


def _region(change: Row, labelled: Row, side: str, text: str, start: str, end: str) -> Row | None:
    """The evidence on one side within the edge's text; without evidence there, the whole side."""
    if change[text] is None:
        return None
    offset, length = change[start], len(change[text])
    if labelled[start] is None and labelled["start" if side == "source" else "source_start"] is not None:
        return None
    first = 0 if labelled[start] is None else max(0, labelled[start] - offset)
    last = length if labelled[end] is None else min(length, labelled[end] - offset)
    if first >= last:
        return None
    value: dict[str, Any] = {
        "start": first,
        "end": last,
        "text": change[text][first:last],
        "labels": [labelled["label"]],
    }
    return {
        "id": f"{labelled['id']}-{side}",
        "from_name": f"{side}_label",
        "to_name": side,
        "type": "labels",
        "value": value,
    }
