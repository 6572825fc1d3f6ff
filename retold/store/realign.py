"""Correcting the machine's alignment: a person's own edge beside the machine's, which stays recorded."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from retold.model import digest
from retold.store import fields, history, saving
from retold.store.annotate import OPERATIONS
from retold.store.errors import Invalid, Row

MAX_SENTENCES = 100


def _ids(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_SENTENCES:
        raise ValueError(f"Send a list of at most {MAX_SENTENCES} ids.")
    return [str(fields.name(one)) for one in value]


REALIGNMENT: dict[str, fields.Reader] = {
    "source_article_id": fields.name,
    "article_id": fields.name,
    "source_sentences": _ids,
    "sentences": _ids,
    "operation": fields.one_of(*OPERATIONS),
    "comment": fields.comment,
    "revision": fields.integer(1),
}


def realign(connection: sqlite3.Connection, given: Any, annotator: str, at: str | None = None) -> saving.Written:
    """Store which sentences belong together according to this person; either side may be empty, not both.

    The operation follows from the sides unless one is sent. ``replaces`` lists the machine's edges that it cuts across.
    """
    sent = fields.read(given, REALIGNMENT, required=("source_article_id", "article_id"))
    sides = {
        "source": _sentences(connection, sent, "source_sentences", "source_article_id"),
        "article": _sentences(connection, sent, "sentences", "article_id"),
    }
    if not sides["source"] and not sides["article"]:
        raise Invalid({"sentences": "Choose at least one sentence on either side."})
    operation = sent.get("operation") or _operation(len(sides["source"]), len(sides["article"]))
    _check(operation, len(sides["source"]), len(sides["article"]))
    ids = [row["id"] for side in sides.values() for row in side]
    row = {
        "source_article_id": sent["source_article_id"],
        "article_id": sent["article_id"],
        "annotator": annotator,
        "operation": operation,
        "source_parts": _parts(sides["source"]),
        "parts": _parts(sides["article"]),
        "replaces": json.dumps(_crossed(connection, sent, ids)),
        "comment": sent.get("comment") or "",
        "withdrawn": 0,
    }
    about = [sent["source_article_id"], sent["article_id"], annotator, row["source_parts"], row["parts"]]
    id_ = "r-" + digest(*about, length=20)
    current = history.one(connection, "realignments", id_)
    return saving.save(connection, "realignments", id_, row, current, sent.get("revision"), at)


def _sentences(connection: sqlite3.Connection, sent: Row, name: str, article: str) -> list[Row]:
    wanted = list(dict.fromkeys(sent.get(name) or []))
    sql = 'select id, start, "end" from sentences where article_id = ? and id in (select value from json_each(?))'
    found = history.rows(connection, sql + " order by start", [sent[article], json.dumps(wanted)])
    if len(found) != len(wanted):
        raise Invalid({name: "Some of these sentences are not in this article any more. Reload the page."})
    return found


def _operation(sources: int, articles: int) -> str:
    if not articles:
        return "dropped"
    if not sources:
        return "added"
    if sources > articles:
        return "merged"
    return "split" if articles > sources else "reworded"


def _check(operation: str, sources: int, articles: int) -> None:
    if (operation == "dropped") != (articles == 0) or (operation == "added") != (sources == 0):
        raise Invalid({"operation": f"{operation!r} does not fit {sources} and {articles} sentences."})


def _parts(sentences: list[Row]) -> str:
    return json.dumps([[row["start"], row["end"]] for row in sentences])


def _crossed(connection: sqlite3.Connection, sent: Row, ids: list[str]) -> list[str]:
    sql = """
        select distinct c.id from changes c join change_sentences s on s.change_id = c.id
        where c.source_article_id = ? and c.article_id = ? and s.sentence_id in (select value from json_each(?))
        order by c.position, c.id
    """
    values = [sent["source_article_id"], sent["article_id"], json.dumps(ids)]
    return [row["id"] for row in history.rows(connection, sql, values)]
