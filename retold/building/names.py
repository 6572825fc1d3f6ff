"""One name, one entity, across portions: what a portion calls by a name that is known becomes the known entity.

A portion of some hundred articles decides by itself which of its spellings are one (``naming.entities``). Its entities
are then compared with those of the portions before by the same keys; the earlier decision stands, so that ids that were
published stay.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from retold.building.workfile import Workfile
from retold.model import Article, Entity, Mention, digest
from retold.naming.entities import canonical
from retold.naming.entities.joining import Node
from retold.store import slices
from retold.store.rows import Row
from retold.tracing.stories.index import batches

ONE_SPELLING = "one spelling"
AT_A_TIME = 500


@dataclass(slots=True)
class _Named:
    """An entity of a portion with what its mentions say of it."""

    entity: Entity
    nodes: dict[Node, int] = field(default_factory=lambda: defaultdict(int))


def adopt(work: Workfile, articles: Iterable[Article], entities: Iterable[Entity]) -> list[Entity]:
    """Give the entities of a portion the ids, names and types by which they are known, and remember the new ones.

    Sets ``entity_id`` and ``type`` of the articles' mentions; returns the entities that they now have.
    """
    named = {entity.id: _Named(entity) for entity in entities}
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for article in articles:
        for mention in article.mentions:
            if mention.entity_id is not None:
                mentions[mention.entity_id].append(mention)
                named[mention.entity_id].nodes[canonical.node(mention)] += 1
    found: dict[str, Entity] = {}
    for key in sorted(named):
        adopted = _adopted(work, named[key])
        for mention in mentions[key]:
            mention.entity_id, mention.type = adopted.id, adopted.type
        found[adopted.id] = adopted
        _remember(work, adopted, named[key], len({mention.article_id for mention in mentions[key]}))
    return [found[key] for key in sorted(found)]


def _adopted(work: Workfile, named: _Named) -> Entity:
    """The entity as it is known, itself if it is new."""
    known = [row for node in sorted(named.nodes) if (row := _known(work, node)) is not None]
    if not known:
        return named.entity
    best = min(known, key=lambda row: (-row["mentions"], row["entity_id"]))
    row = work.connection.execute("select * from entities where id = ?", [best["entity_id"]]).fetchone()
    return Entity(row["id"], row["name"], row["type"], 0, 0, [], row["reason"])


def _known(work: Workfile, node: Node) -> sqlite3.Row | None:
    if node.kind == "PERSON" and len(node.key) < 2:
        return None  # a surname alone may be anybody's
    row: sqlite3.Row | None = work.connection.execute(
        "select entity_id, mentions from nodes where kind = ? and key = ?", [node.kind, _key(node)]
    ).fetchone()
    return row


def _key(node: Node) -> str:
    return digest(*node.key, length=24)


def _remember(work: Workfile, adopted: Entity, named: _Named, articles: int) -> None:
    for node, mentions in named.nodes.items():
        work.run(
            "insert into nodes values (?, ?, ?, ?) on conflict do update set mentions = mentions + excluded.mentions",
            [node.kind, _key(node), adopted.id, mentions],
        )
    row = work.connection.execute("select * from entities where id = ?", [adopted.id]).fetchone()
    spellings = set(json.loads(row["spellings"]) if row else ()) | set(named.entity.spellings)
    reason = named.entity.reason if row is None or row["reason"] == ONE_SPELLING else row["reason"]
    total = (row["mentions"] if row else 0) + sum(named.nodes.values())
    # 2 says that the numbers are to be counted anew, which one who only adds must not forget.
    waiting = max(row["waiting"] if row else 0, 1)
    work.run(
        "replace into entities values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(adopted.id, adopted.name, adopted.type, reason, json.dumps(sorted(spellings))),
            *(total, (row["articles"] if row else 0) + articles, waiting),
        ],
    )


def write(work: Workfile, connection: sqlite3.Connection) -> None:
    """Write the entities that are new or were met again: they stand before the mentions that name them."""
    last = ""
    sql = "select * from entities where waiting and id > ? order by id limit ?"
    while part := list(work.rows(sql, [last, AT_A_TIME])):
        slices.put_entities(connection, map(_entity, part))
        last = part[-1]["id"]
    with work.saved():
        work.run("update entities set waiting = 0 where waiting = 1")


def doubt(work: Workfile, connection: sqlite3.Connection, articles: Iterable[str]) -> None:
    """Have the entities that these articles mention counted anew, since the articles are about to go."""
    with work.saved():
        for entity in slices.entities_of(connection, articles):
            work.run("update entities set waiting = 2 where id = ?", [entity])


def recount(work: Workfile, connection: sqlite3.Connection) -> None:
    """Count doubtful entities in the database; those that nothing names any more go.

    Once for each working file, so do those of builds before it that it does not know.
    """
    doubtful = [row[0] for row in work.rows("select id from entities where waiting = 2 order by id")]
    for part in batches(doubtful):
        counted = slices.recount_entities(connection, part)
        with work.saved():
            for entity in part:
                _recounted(work, entity, counted.get(entity))
        slices.drop_entities(connection, [one for one in part if one not in counted])
    if work.get("swept") is None:
        known = (row[0] for row in work.rows("select id from entities order by id"))
        slices.remove_entities(connection, known)
        with work.saved():
            work.set("swept", "yes")


def _recounted(work: Workfile, entity: str, row: Row | None) -> None:
    if row is None:
        work.run("delete from entities where id = ?", [entity])
        work.run("delete from nodes where entity_id = ?", [entity])
        return
    work.run(
        "update entities set mentions = ?, articles = ?, spellings = ?, waiting = 0 where id = ?",
        [row["mentions"], row["articles"], row["spellings"], entity],
    )


def _entity(row: sqlite3.Row) -> Entity:
    spellings = json.loads(row["spellings"])
    return Entity(row["id"], row["name"], row["type"], row["mentions"], row["articles"], spellings, row["reason"])
