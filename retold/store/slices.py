"""How a build in portions writes: a few stories at a time, each transaction whole in itself and short.

After every transaction all references hold and every authored row is where it was, so that people can read and
annotate all the while and a build that is killed leaves a sound database, part of it old and part of it new.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from retold import codebook
from retold.model import Article, Derivation, Edge, Entity, Problem, Story, Suggestion
from retold.store import anchoring, counts, labels, rows, staging, writing
from retold.store.rows import Row

GIVE_WAY = 0.01  # seconds between two transactions, in which whoever waits for the lock gets it

_MEMBER = "(select id from temp.scope)"
_FRESH = "(select id from temp.scope where fresh)"
# Edges of the members, and edges of others from an article whose sentences are written anew.
_EDGES = (
    f"(m.article_id in {_MEMBER} or m.source_article_id in {_FRESH})"
    " and (m.derivation_id is null or m.derivation_id not in (select id from temp.standing))"
)
_OF_EDGES = f"m.change_id in (select m.id from main.changes m where {_EDGES})"
SCOPES = {
    "stories": "false",
    "articles": "false",
    "sentences": f"m.article_id in {_FRESH}",
    "mentions": f"m.article_id in {_FRESH}",
    "attributions": f"m.article_id in {_FRESH}",
    "derivations": f"(m.article_id in {_MEMBER} or m.source_article_id in {_FRESH})",
    "changes": _EDGES,
    "change_sentences": _OF_EDGES,
    "suggestions": _OF_EDGES,
}
GONE = "(select id from temp.going)"
GOING = {
    "suggestions": f"change_id in (select id from changes where article_id in {GONE} or source_article_id in {GONE})",
    "change_sentences": (
        f"change_id in (select id from changes where article_id in {GONE} or source_article_id in {GONE})"
    ),
    "changes": f"article_id in {GONE} or source_article_id in {GONE}",
    "derivations": f"article_id in {GONE} or source_article_id in {GONE}",
    "attributions": f"article_id in {GONE}",
    "mentions": f"article_id in {GONE}",
    "sentences": f"article_id in {GONE}",
    "articles": f"id in {GONE}",
}

_ON_EDGE = " or ".join(f"exists (select 1 from {table} where change_id = c.id)" for table in anchoring.ANCHORED)
_SIDES = ("article_id", "source_article_id")
_JUDGED = [
    *(f"exists (select 1 from {t} where {side} = :id)" for t in ("annotations", "realignments") for side in _SIDES),
    *(f"exists (select 1 from changes c where c.{side} = :id and ({_ON_EDGE}))" for side in _SIDES),
]
# previous.ANNOTATED for one article, by indexes only: it is asked while the lock is held.
JUDGED = f"select 1 where {' or '.join(_JUDGED)}"


@dataclass(slots=True)
class Piece:
    """Some stories, each with all of its articles. Of ``fresh`` articles the sentences are written too; the edges of
    ``standing`` derivations are left as they are."""

    stories: list[Story] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    derivations: list[Derivation] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)

    def __len__(self) -> int:
        """About how many rows it takes."""
        read = sum(
            len(a.sentences) + len(a.mentions) + len(a.attributions) for a in self.articles if a.id in self.fresh
        )
        return len(self.articles) + read + 3 * len(self.edges) + len(self.suggestions)


def ship_labels(connection: sqlite3.Connection) -> None:
    """Bring the codebook's labels up to date."""
    with writing.transaction(connection):
        labels.ship(connection, codebook.load())


def write(connection: sqlite3.Connection, piece: Piece, at: str) -> float:
    """Make the rows of some stories those of this build; what differs is worked out before the lock is taken.

    Returns for how many seconds it was held.
    """
    _set_scope(connection, piece)
    differences = {table: staging.stage(connection, table, found, SCOPES[table]) for table, found in _tables(piece)}
    touched = _touched(connection)
    started = time.perf_counter()
    with writing.transaction(connection), counts.around(connection, touched):
        before = {row[0] for row in connection.execute(f"select story_id from articles where id in {_MEMBER}")}
        for table in reversed(differences):
            writing.remove_rows(connection, table)
        for table in differences:
            writing.put_rows(connection, table)
        _close_stories(connection, before)
        anchoring.reanchor(connection, at, f"(c.article_id in {_MEMBER} or c.source_article_id in {_FRESH})")
    held = time.perf_counter() - started
    time.sleep(GIVE_WAY)
    return held


def _set_scope(connection: sqlite3.Connection, piece: Piece) -> None:
    for table in ("scope", "standing"):
        connection.execute(f"drop table if exists temp.{table}")
    connection.execute("create temp table scope (id text primary key, fresh integer) without rowid")
    connection.execute("create temp table standing (id text primary key) without rowid")
    members = [(article.id, article.id in piece.fresh) for article in piece.articles]
    connection.executemany("insert into temp.scope values (?, ?)", members)
    connection.executemany("insert into temp.standing values (?)", [(one,) for one in sorted(piece.standing)])


def _touched(connection: sqlite3.Connection) -> set[str]:
    """The articles about which rows may differ afterwards."""
    sql = f"select id from temp.scope union select article_id from changes where source_article_id in {_FRESH}"
    return {row[0] for row in connection.execute(sql)}


def _tables(piece: Piece) -> Iterator[tuple[str, Iterable[Row]]]:
    by_id = {article.id: article for article in piece.articles}
    fresh = [article for article in piece.articles if article.id in piece.fresh]
    yield "stories", rows.story_rows(piece.stories, by_id)
    yield "articles", rows.article_rows(piece.articles)
    yield "sentences", (rows.sentence_row(s) for a in fresh for s in a.sentences)
    yield "mentions", (rows.mention_row(m) for a in fresh for m in a.mentions)
    yield "attributions", (rows.attribution_row(x) for a in fresh for x in a.attributions)
    yield "derivations", (rows.derivation_row(d) for d in piece.derivations)
    yield "changes", (rows.change_row(e, by_id[e.source_article_id], by_id[e.article_id]) for e in piece.edges)
    yield "change_sentences", chain.from_iterable(rows.change_sentence_rows(e) for e in piece.edges)
    yield "suggestions", (rows.suggestion_row(s) for s in piece.suggestions)


def _close_stories(connection: sqlite3.Connection, ids: Iterable[str | None]) -> None:
    """Remove stories that have lost their last article; others are told again in their turn."""
    connection.executemany(
        "delete from stories where id = ? and not exists (select 1 from articles where story_id = stories.id)",
        [(one,) for one in ids if one is not None],
    )


def standing(connection: sqlite3.Connection, ids: Iterable[str]) -> frozenset[str]:
    """The derivations between these articles."""
    wanted = json.dumps(sorted(ids))
    sql = (
        "select id from derivations where article_id in (select value from json_each(:ids))"
        " and source_article_id in (select value from json_each(:ids))"
    )
    return frozenset(row[0] for row in connection.execute(sql, {"ids": wanted}))


def remove(connection: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """Remove articles with all that was found in them; returns those that stay, because people judged them."""
    wanted = sorted(ids)
    with writing.transaction(connection):
        kept = [one for one in wanted if connection.execute(JUDGED, {"id": one}).fetchone()]
        connection.execute("drop table if exists temp.going")
        connection.execute("create temp table going (id text primary key) without rowid")
        connection.executemany("insert into temp.going values (?)", [(i,) for i in wanted if i not in kept])
        touched = f"select id from temp.going union select article_id from changes where source_article_id in {GONE}"
        with counts.around(connection, [row[0] for row in connection.execute(touched)]):
            stories = {row[0] for row in connection.execute(f"select story_id from articles where id in {GONE}")}
            for table, condition in GOING.items():
                connection.execute(f"delete from {table} where {condition}")
            _close_stories(connection, stories)
    time.sleep(GIVE_WAY)
    return kept


def put_entities(connection: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Write entities, new ones and those whose numbers changed."""
    found = [rows.entity_row(entity) for entity in entities]
    if not found:
        return
    names = list(found[0])
    renew = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    listed, values = ", ".join(names), ", ".join(f":{name}" for name in names)
    sql = f"insert into entities ({listed}) values ({values}) on conflict (id) do update set {renew}"
    with writing.transaction(connection):
        connection.executemany(sql, found)
    time.sleep(GIVE_WAY)


def entities_of(connection: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """The entities that some articles mention."""
    sql = "select distinct entity_id from mentions where article_id in (select value from json_each(?)) order by 1"
    return [row[0] for row in connection.execute(sql, [json.dumps(sorted(ids))])]


def recount_entities(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Count the mentions of entities anew and write what comes out; those that nothing mentions are left out."""
    found: dict[str, Row] = {}
    for one in ids:
        texts = connection.execute(
            "select text, article_id, count(*) as n from mentions where entity_id = ? group by 1, 2", [one]
        ).fetchall()
        if texts:
            found[one] = {
                "id": one,
                "mentions": sum(row["n"] for row in texts),
                "articles": len({row["article_id"] for row in texts}),
                "spellings": json.dumps(sorted({row["text"] for row in texts}), ensure_ascii=False),
            }
    with writing.transaction(connection):
        sql = "update entities set mentions = :mentions, articles = :articles, spellings = :spellings where id = :id"
        connection.executemany(sql, list(found.values()))
    return found


def remove_entities(connection: sqlite3.Connection, known: Iterable[str]) -> None:
    """Remove the entities that are not among the known ones; no mention names them any more."""
    connection.execute("drop table if exists temp.known")
    connection.execute("create temp table known (id text primary key) without rowid")
    connection.executemany("insert into temp.known values (?)", ((one,) for one in known))
    gone = connection.execute("select id from entities where id not in (select id from temp.known)").fetchall()
    for part in (gone[n : n + 500] for n in range(0, len(gone), 500)):
        drop_entities(connection, [row[0] for row in part])


def drop_entities(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Remove some entities."""
    with writing.transaction(connection):
        connection.executemany("delete from entities where id = ?", [(one,) for one in ids])


def log(connection: sqlite3.Connection, build: dict[str, Any], problems: list[Problem]) -> int:
    """Enter the build in the log; returns its id."""
    with writing.transaction(connection):
        return writing.log_build(connection, build, problems)


def tell_the_planner(connection: sqlite3.Connection) -> None:
    """Renew the statistics by which SQLite chooses its indexes."""
    writing.tell_the_planner(connection)
