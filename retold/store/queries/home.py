"""The home page: what is in the dataset, and where to begin. All from counts that are kept: see retold.store.counts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from retold.store import counts
from retold.store.queries.base import OPERATIONS, Row, one, rows

STORIES_SHOWN = 12
OUTLETS_SHOWN = 12
Kept = dict[str, dict[str, int]]  # by kind and key


@dataclass(frozen=True, slots=True)
class Home:
    """``totals`` counts rows by table; every chart is a list of rows with ``n`` and the value that filters for it.

    ``first`` is the pair with the most suggestions, the best place to begin reading; None while nothing is derived.
    """

    totals: Row
    stories: list[Row]
    outlets: list[Row]
    operations: list[Row]
    labels: list[Row]
    source_types: list[Row]
    first: Row | None
    built: str | None
    skipped: int


def home(connection: sqlite3.Connection) -> Home:
    kept = counts.by_kind(connection, ["rows", "operation", "rule", "source_type", "annotator"])
    build = one(connection, "select finished, errors from builds order by id desc limit 1") or {}
    return Home(
        totals=_totals(kept),
        stories=_stories(connection),
        outlets=_outlets(connection),
        operations=_operations(kept),
        labels=_labels(connection, kept),
        source_types=_source_types(kept),
        first=_first(connection),
        built=build.get("finished"),
        skipped=build.get("errors") or 0,
    )


def _totals(kept: Kept) -> Row:
    nothing = dict.fromkeys(counts.counted_tables(), 0)
    annotators = kept["annotator"]
    people = {"annotations": sum(annotators.values()), "annotators": len(annotators)}
    return nothing | kept["rows"] | {"changes": sum(kept["operation"].values())} | people


def _stories(connection: sqlite3.Connection) -> list[Row]:
    """The stories retold most often, each with its wire and how many suggestions wait in it."""
    return rows(
        connection,
        """select s.id, s.title, s.articles, s.first_published, s.last_published,
                  s.source_article_id, a.title as source_title, a.wire, s.retellings
           from stories s left join articles a on a.id = s.source_article_id
           order by s.retellings desc, s.articles desc, s.first_published, s.title, s.id limit ?""",
        [STORIES_SHOWN],
    )


def _outlets(connection: sqlite3.Connection) -> list[Row]:
    return rows(
        connection,
        """select nullif(key, '') as value, n from counts where what = 'publisher'
           order by key = '', n desc, key limit ?""",
        [OUTLETS_SHOWN],
    )


def _operations(kept: Kept) -> list[Row]:
    counted = kept["operation"]
    return [{"value": name, "n": counted.get(name, 0)} for name in OPERATIONS] if counted else []


def _labels(connection: sqlite3.Connection, kept: Kept) -> list[Row]:
    suggested = counts.by_label(kept["rule"])
    sql = "select id as value, name, group_name from labels order by ordinal"
    found = [row | {"n": suggested[row["value"]]} for row in rows(connection, sql) if row["value"] in suggested]
    return sorted(found, key=lambda row: -row["n"])


def _source_types(kept: Kept) -> list[Row]:
    counted = kept["source_type"]
    return [{"value": key, "n": n} for key, n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def _first(connection: sqlite3.Connection) -> Row | None:
    return one(
        connection,
        """select d.source_article_id, d.article_id, a.title, a.publisher, a.document, s.title as source_title,
                  d.suggestions
           from derivations d join articles a on a.id = d.article_id join articles s on s.id = d.source_article_id
           order by d.suggestions desc, d.article_id limit 1""",
    )
