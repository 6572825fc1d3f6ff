"""How the build writes: derived tables brought up to date in one transaction, authored tables left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from typing import Any

from retold import codebook
from retold.model import Article, Entity, Problem
from retold.store import anchoring, counts, labels, previous, rows, staging
from retold.tracing.pipeline import Trace

AUTHORED = " or ".join(f"exists (select 1 from {t} where change_id = changes.id)" for t in anchoring.ANCHORED)

# Not what search indexes are made of, which is large and asked by their own rules.
ANALYSED = "select name from sqlite_master where type = 'table' and name not like '%/_fts%' escape '/' order by name"


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, holding the write lock from the start so that it cannot fail half-way for want of it."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("rollback")
        raise


class Overtaken(Exception):
    """While the build computed, people judged articles that it leaves out; it has to take them in and compute again."""


def write(
    connection: sqlite3.Connection,
    articles: list[Article],
    entities: list[Entity],
    trace: Trace,
    build: dict[str, Any],
    problems: list[Problem],
) -> int:
    """Make the derived rows those of this build, keep every authored one, log the build; returns the build's id.

    What differs is worked out first and written in one transaction, so that people who annotate meanwhile wait only for
    the differences. Edges that people judged but that this build no longer finds stay in ``changes``, marked
    ``retired``. Raises :class:`Overtaken`, with nothing changed, where a judged article would have to go.
    """
    differences = {
        table: staging.stage(connection, table, found) for table, found in _tables(articles, entities, trace)
    }
    with transaction(connection):
        _check_articles(connection)
        labels.ship(connection, codebook.load())
        for table in reversed(differences):
            remove_rows(connection, table)
        for table in differences:
            put_rows(connection, table)
        anchoring.reanchor(connection, at=build["finished"])
        counts.refresh(connection)
        build_id = log_build(connection, build, problems)
    if any(differences.values()):
        tell_the_planner(connection)
    return build_id


def _check_articles(connection: sqlite3.Connection) -> None:
    sql = f"select count(*) from ({previous.ANNOTATED}) where id in (select id from temp.gone_articles)"
    if connection.execute(sql).fetchone()[0]:
        raise Overtaken


def remove_rows(connection: sqlite3.Connection, table: str) -> None:
    """Remove rows that go, and those that will be written anew: replacing them one by one could clash half-way."""
    if table == "changes":
        gone = "id in (select id from temp.gone_changes)"
        connection.execute(f"delete from changes where {gone} and not ({AUTHORED})")
        connection.execute(f"update changes set retired = 1, derivation_id = null where {gone} and not retired")
        return
    key = ", ".join(staging.key_of(connection, table))
    for kind in ("gone", "put"):
        connection.execute(f"delete from {table} where ({key}) in (select {key} from temp.{kind}_{table})")


def put_rows(connection: sqlite3.Connection, table: str) -> None:
    names = [f'"{column[1]}"' for column in connection.execute(f"pragma temp.table_info(put_{table})")]
    listed = ", ".join(names)
    # Authored rows hang on edges, so an edge is changed in place.
    renew = ", ".join(f"{name} = excluded.{name}" for name in names if name != '"id"')
    clash = f" on conflict (id) do update set {renew}" if table == "changes" else ""
    connection.execute(
        f"insert into main.{table} ({listed}) select {listed} from temp.put_{table} where true order by rowid{clash}"
    )


def tell_the_planner(connection: sqlite3.Connection) -> None:
    """Statistics from a sample, table by table, since the whole would hold the lock for long; without them queries are
    only slower."""
    with suppress(sqlite3.OperationalError):
        connection.execute("pragma analysis_limit = 1000")
        for row in connection.execute(ANALYSED).fetchall():
            connection.execute(f'analyze "{row[0]}"')


def _tables(articles: list[Article], entities: list[Entity], trace: Trace) -> Iterator[tuple[str, Iterable[rows.Row]]]:
    by_id = {article.id: article for article in articles}
    yield "stories", rows.story_rows(trace.stories, by_id)
    yield "articles", rows.article_rows(articles)
    yield "sentences", (rows.sentence_row(s) for a in articles for s in a.sentences)
    yield "entities", (rows.entity_row(e) for e in entities)
    yield "mentions", (rows.mention_row(m) for a in articles for m in a.mentions)
    yield "attributions", (rows.attribution_row(x) for a in articles for x in a.attributions)
    yield "derivations", (rows.derivation_row(d) for d in trace.derivations)
    yield "changes", (rows.change_row(e, by_id[e.source_article_id], by_id[e.article_id]) for e in trace.edges)
    yield "change_sentences", chain.from_iterable(rows.change_sentence_rows(e) for e in trace.edges)
    yield "suggestions", (rows.suggestion_row(s) for s in trace.suggestions)


def log_build(connection: sqlite3.Connection, build: dict[str, Any], problems: list[Problem]) -> int:
    """Enter a build and what it skipped, in the caller's transaction; returns the build's id."""
    build_id = int(connection.execute(*_insert_one("builds", build)).lastrowid or 0)
    connection.executemany(
        "insert into build_errors (build_id, path, stage, message) values (?, ?, ?, ?)",
        [(build_id, p.path, p.stage, p.message) for p in problems],
    )
    return build_id


def _insert_one(table: str, row: rows.Row) -> tuple[str, rows.Row]:
    return f"insert into {table} ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", row
