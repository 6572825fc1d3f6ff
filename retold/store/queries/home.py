"""The home page: what is in the dataset, counted, and where to begin."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from retold.store.queries.base import OPERATIONS, Row, one, rows

STORIES_SHOWN = 12
OUTLETS_SHOWN = 12


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
    build = one(connection, "select finished, errors from builds order by id desc limit 1") or {}
    return Home(
        totals=_totals(connection),
        stories=_stories(connection),
        outlets=_outlets(connection),
        operations=_operations(connection),
        labels=_labels(connection),
        source_types=_source_types(connection),
        first=_first(connection),
        built=build.get("finished"),
        skipped=build.get("errors") or 0,
    )


def _totals(connection: sqlite3.Connection) -> Row:
    tables = "stories articles sentences entities attributions derivations suggestions".split()
    counted = ", ".join(f"(select count(*) from {table}) as {table}" for table in tables)
    return rows(
        connection,
        f"""select {counted}, (select count(*) from changes where not retired) as changes,
            (select count(*) from annotations where not withdrawn) as annotations,
            (select count(distinct annotator) from annotations where not withdrawn) as annotators""",
    )[0]


def _stories(connection: sqlite3.Connection) -> list[Row]:
    """The stories retold most often, each with its wire and how many suggestions wait in it."""
    return rows(
        connection,
        """select s.id, s.title, s.articles, s.first_published, s.last_published,
                  s.source_article_id, a.title as source_title, a.wire,
                  (select count(*) from articles r where r.story_id = s.id and r.role = 'retelling') as retellings
           from stories s left join articles a on a.id = s.source_article_id
           order by retellings desc, s.articles desc, s.first_published, s.title, s.id limit ?""",
        [STORIES_SHOWN],
    )


def _outlets(connection: sqlite3.Connection) -> list[Row]:
    return rows(
        connection,
        """select publisher as value, count(*) as n from articles group by publisher
           order by publisher is null, n desc, publisher limit ?""",
        [OUTLETS_SHOWN],
    )


def _operations(connection: sqlite3.Connection) -> list[Row]:
    counted = {
        row["operation"]: row["n"]
        for row in rows(connection, "select operation, count(*) as n from changes where not retired group by operation")
    }
    return [{"value": name, "n": counted.get(name, 0)} for name in OPERATIONS] if counted else []


def _labels(connection: sqlite3.Connection) -> list[Row]:
    return rows(
        connection,
        """select l.id as value, l.name, l.group_name, count(g.id) as n from labels l
           join suggestions g on g.label = l.id group by l.id order by n desc, l.ordinal""",
    )


def _source_types(connection: sqlite3.Connection) -> list[Row]:
    return rows(
        connection,
        """select source_type as value, count(*) as n from attributions
           group by source_type order by n desc, source_type""",
    )


def _first(connection: sqlite3.Connection) -> Row | None:
    return one(
        connection,
        """select c.source_article_id, c.article_id, a.title, a.publisher, a.document, s.title as source_title,
                  count(g.id) as suggestions
           from changes c join articles a on a.id = c.article_id join articles s on s.id = c.source_article_id
           left join suggestions g on g.change_id = c.id where c.derivation_id is not null and not c.retired
           group by c.source_article_id, c.article_id order by suggestions desc, c.article_id limit 1""",
    )
