"""Annotations as W3C Web Annotation JSON-LD (https://www.w3.org/TR/annotation-model/, 2017).

Each annotation becomes one ``Annotation`` with the label as a classifying body and one target per side that has
evidence; a target is selected by its words (``TextQuoteSelector``) and by its position (``TextPositionSelector``).
Positions are code points into the article's text, as the standard asks.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from retold.sharing.tables import Row

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SIDES = (("source_article_id", "before", "source_start", "source_end"), ("article_id", "after", "start", "end"))


def items(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every annotation that stands, in key order."""
    sql = """
        select n.*, c.source_start as edge_source_start, c.source_end as edge_source_end, c.start as edge_start,
               c."end" as edge_end
        from annotations n join changes c on c.id = n.change_id where not n.withdrawn order by n.id
    """
    for row in connection.execute(sql):
        yield _annotation(dict(row))


def page(connection: sqlite3.Connection) -> Row:
    """All of them as one ``AnnotationPage``."""
    return {
        "@context": CONTEXT,
        "id": "urn:retold:annotations",
        "type": "AnnotationPage",
        "items": list(items(connection)),
    }


def _annotation(row: Row) -> Row:
    body: list[Row] = [
        {"type": "TextualBody", "purpose": "classifying", "value": row["label"]},
        {"type": "TextualBody", "purpose": "assessing", "value": row["verdict"]},
    ]
    if row["comment"]:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": row["comment"]})
    return {
        "@context": CONTEXT,
        "id": f"urn:retold:annotation:{row['id']}",
        "type": "Annotation",
        "motivation": ["classifying", "assessing"],
        "creator": {"type": "Person", "nickname": row["annotator"]},
        "created": row["created"],
        "modified": row["updated"],
        "body": body,
        "target": [target for side in SIDES if (target := _target(row, *side)) is not None],
    }


def _target(row: Row, article: str, quote: str, start: str, end: str) -> Row | None:
    if row[quote] is None:
        return None
    words: dict[str, Any] = json.loads(row[quote])
    first, last = row[start], row[end]
    if first is None:
        first, last = row[f"edge_{start}"], row[f"edge_{end}"]
    return {
        "source": f"urn:retold:article:{row[article]}",
        "selector": [
            {"type": "TextQuoteSelector", **words},
            {"type": "TextPositionSelector", "start": first, "end": last},
        ],
    }
