"""Where in the two articles an annotation's evidence lies, checked against the stored text."""

from __future__ import annotations

import sqlite3

from retold.store import selectors
from retold.store.errors import Invalid, Row

OFFSETS = ("source_start", "source_end", "start", "end")
NEAR = 1000  # code points beyond the edge: a speaker is often named one or two sentences away


def locate(connection: sqlite3.Connection, edge: Row, wanted: Row) -> Row:
    """The four offsets, and selectors ``before`` (source) and ``after`` (article).

    A side without offsets is judged as a whole: its selector quotes the edge's own text there, None where it has none.
    Raises :class:`Invalid` for offsets outside the article or far from the edge.
    """
    found: Row = {}
    for prefix, article, selector in (
        ("source_", edge["source_article_id"], "before"),
        ("", edge["article_id"], "after"),
    ):
        start, end = wanted[f"{prefix}start"], wanted[f"{prefix}end"]
        text = _text(connection, article)
        _check(prefix, start, end, len(text), edge)
        found |= {f"{prefix}start": start, f"{prefix}end": end}
        if start is None:
            start, end = edge[f"{prefix}start"], edge[f"{prefix}end"]
        found[selector] = None if start is None else selectors.quote(text, start, end)
    return found


def _text(connection: sqlite3.Connection, article_id: str) -> str:
    return str(connection.execute("select text from articles where id = ?", [article_id]).fetchone()[0])


def _check(prefix: str, start: int | None, end: int | None, length: int, edge: Row) -> None:
    if start is None and end is None:
        return
    if start is None or end is None:
        missing = f"{prefix}start" if start is None else f"{prefix}end"
        raise Invalid({missing: "Send both ends of the evidence, or neither."})
    if not 0 <= start < end <= length:
        raise Invalid(
            {f"{prefix}end": f"The evidence must start before it ends and lie within the {length:,} characters."}
        )
    low, high = edge[f"{prefix}start"], edge[f"{prefix}end"]
    if low is not None and (start < low - NEAR or end > high + NEAR):
        raise Invalid({f"{prefix}start": f"The evidence lies more than {NEAR:,} characters from this edge."})
