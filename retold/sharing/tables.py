"""What leaves the house: each table of the contract, and the joins that people would otherwise write themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retold.model import Fault
from retold.store import counts

Row = dict[str, Any]

DERIVED = (
    "stories",
    "articles",
    "sentences",
    "entities",
    "mentions",
    "attributions",
    "derivations",
    "changes",
    "change_sentences",
    "suggestions",
    "labels",
    "builds",
    "build_errors",
)
AUTHORED = (
    "annotations",
    "decisions",
    "annotation_events",
    "adjudications",
    "comments",
    "realignments",
    "assignments",
    "corrections",
)
TABLES = DERIVED + AUTHORED

# Columns that hold words of an article; left blank where rights forbid passing them on. Offsets and hashes stay.
VERBATIM = {
    "articles": {"text"},
    "sentences": {"text"},
    "mentions": {"text"},
    "attributions": {"source_text", "cue", "content"},
    "changes": {"source_text", "text", "summary"},
    "suggestions": {"before", "after", "explanation"},
    "annotations": {"before", "after"},
    "annotation_events": {"before", "after"},
    "edges": {"source_text", "text"},
    "judgements": {"source_text", "text", "before", "after"},
}


@dataclass(frozen=True, slots=True)
class Join:
    """A named query whose rows leave like those of a table."""

    description: str
    sql: str


JOINS = {
    "edges": Join(
        "One row per edge: both texts, both outlets, the operation and the labels that the machine suggests and that "
        "people accepted.",
        """
        select c.id, c.operation, c.moved, c.similarity, d.degree, c.position,
               c.source_article_id, s.publisher as source_publisher, c.source_start, c.source_end, c.source_text,
               c.article_id, a.publisher, c.start, c."end", c.text,
               (select json_group_array(label) from (select distinct label from suggestions
                 where change_id = c.id order by label)) as suggested_labels,
               (select json_group_array(label) from (select distinct label from annotations where change_id = c.id
                 and verdict <> 'rejected' and not withdrawn order by label)) as annotated_labels,
               (select json_group_array(label) from (select label from adjudications
                 where change_id = c.id and verdict = 'accepted' order by label)) as gold_labels
        from changes c
        join articles s on s.id = c.source_article_id
        join articles a on a.id = c.article_id
        left join derivations d on d.id = c.derivation_id
        where not c.retired
        order by c.source_article_id, c.article_id, c.position, c.id
        """,
    ),
    "judgements": Join(
        "One row per annotation that stands: who judged which label on which edge, with both texts and the evidence.",
        """
        select n.id, n.change_id, n.annotator, n.label, n.verdict, n.severity, n.certainty, n.comment, n.pass,
               n.codebook_version, n.created, n.updated, n.orphaned, c.operation, c.source_article_id, c.article_id,
               n.source_start, n.source_end, n.before, n.start, n."end", n.after, c.source_text, c.text
        from annotations n join changes c on c.id = n.change_id
        where not n.withdrawn
        order by n.change_id, n.label, n.annotator, n.id
        """,
    ),
}
NAMES = TABLES + tuple(JOINS)


class UnknownTable(Fault):
    """There is nothing of that name to export; the message lists what there is."""


def describe(connection: sqlite3.Connection, name: str) -> dict[str, str]:
    """The columns of a table or join in order, each with its SQLite type; a computed column is ``text``."""
    sql = f"select * from ({_sql(connection, name)}) limit 0"
    names = [column[0] for column in connection.execute(sql).description]
    if name in TABLES:
        declared = {row[1]: row[2].lower() for row in connection.execute(f'pragma table_xinfo("{name}")')}
    else:
        declared = {column: kind for table in reversed(TABLES) for column, kind in describe(connection, table).items()}
    return {column: declared.get(column, "text") for column in names}


def count(connection: sqlite3.Connection, name: str) -> int:
    """How many rows it has; of a large table, without counting them."""
    if name in counts.counted_tables():
        return counts.rows_of(connection)[name]
    if name == "edges":
        return sum(counts.by_key(connection, "operation").values())
    if name == "judgements":
        return sum(counts.by_key(connection, "annotator", counts.AUTHORED).values())
    return int(connection.execute(f"select count(*) from ({_sql(connection, name)})").fetchone()[0])


def stream(connection: sqlite3.Connection, name: str, with_text: bool = True) -> Iterator[Row]:
    """Every row of a table or join in key order, one at a time; raises :class:`UnknownTable`.

    ``with_text=False`` leaves out what articles say word for word and keeps offsets and hashes.
    """
    cursor = connection.execute(_sql(connection, name))
    names = [column[0] for column in cursor.description]
    blank: set[str] = set() if with_text else VERBATIM.get(name, set())
    for values in cursor:
        yield {column: None if column in blank else value for column, value in zip(names, tuple(values), strict=True)}


def _sql(connection: sqlite3.Connection, name: str) -> str:
    if name in JOINS:
        return JOINS[name].sql
    if name not in TABLES:
        raise UnknownTable(f"there is nothing called {name!r} to export; choose from {', '.join(NAMES)}")
    keys = [f'"{row[1]}"' for row in connection.execute(f'pragma table_xinfo("{name}")') if row[5]]
    return f'select * from "{name}" order by {", ".join(keys) or "rowid"}'
