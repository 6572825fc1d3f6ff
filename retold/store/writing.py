"""How the build writes: derived tables replaced in one transaction, authored tables left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from retold import codebook
from retold.model import Article, Entity, Problem
from retold.store import anchoring, labels, rows
from retold.tracing.pipeline import Trace

DERIVED = (
    "suggestions change_sentences changes derivations attributions mentions entities sentences articles stories"
).split()
AUTHORED_CHANGES = " union ".join(f"select change_id from {table}" for table in anchoring.ANCHORED)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, holding the write lock from the start so that it cannot fail half-way for want of it."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def write(
    connection: sqlite3.Connection,
    articles: list[Article],
    entities: list[Entity],
    trace: Trace,
    build: dict[str, Any],
    problems: list[Problem],
) -> int:
    """Replace every derived row, keep every authored one, log the build; returns the build's id.

    Edges that people judged but that this build no longer finds stay in ``changes``, marked ``retired``.
    """
    with transaction(connection):
        labels.ship(connection, codebook.load())
        _clear(connection)
        for table, found in _tables(articles, entities, trace):
            insert(connection, table, found, replace=table == "changes")
        anchoring.reanchor(connection, at=build["finished"])
        build_id = int(connection.execute(*_insert_one("builds", build)).lastrowid or 0)
        insert(
            connection,
            "build_errors",
            ({"build_id": build_id, "path": p.path, "stage": p.stage, "message": p.message} for p in problems),
        )
    connection.execute("analyze")
    return build_id


def _clear(connection: sqlite3.Connection) -> None:
    for table in DERIVED:
        if table == "changes":
            connection.execute(f"delete from changes where id not in ({AUTHORED_CHANGES})")
            connection.execute("update changes set retired = 1, derivation_id = null")
        else:
            connection.execute(f"delete from {table}")


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


def insert(connection: sqlite3.Connection, table: str, found: Iterable[rows.Row], replace: bool = False) -> None:
    """Insert rows that all have the columns of the first; ``replace`` updates the row of the same id instead."""
    found = iter(found)
    first = next(found, None)
    if first is None:
        return
    names = ", ".join(f'"{name}"' for name in first)
    sql = f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in first)})"
    if replace:
        sql += " on conflict (id) do update set " + ", ".join(f'"{n}" = excluded."{n}"' for n in first if n != "id")
    whole = chain([first], found)
    while batch := list(islice(whole, 5000)):
        connection.executemany(sql, batch)


def _insert_one(table: str, row: rows.Row) -> tuple[str, rows.Row]:
    return f"insert into {table} ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", row
