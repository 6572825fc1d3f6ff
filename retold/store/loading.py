"""Articles back out of the database, as the rooms to the left know them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from retold.model import Article, Attribution, Mention, Sentence
from retold.store.queries.base import Row, marks, rows

SAME = (
    "id document version supersedes path text sha256 encoding title publisher url author published place wire language "
    "story_id role derived_from derivation"
).split()


def articles(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
    """The articles of these ids with their sentences, mentions and attributions; unknown ids are left out.

    What comes back equals what was written, so two loaded articles can be aligned like two that were just read.
    """
    wanted = list(dict.fromkeys(ids))
    slots = marks(len(wanted))
    found = {
        row["id"]: Article(**{name: row[name] for name in SAME}, provenance=json.loads(row["provenance"]))
        for row in rows(connection, f"select * from articles where id in ({slots})", wanted)
    }
    for row in rows(connection, f"select * from sentences where article_id in ({slots}) order by position", wanted):
        found[row["article_id"]].sentences.append(_sentence(row))
    for row in rows(connection, f"select * from mentions where article_id in ({slots}) order by start, id", wanted):
        found[row["article_id"]].mentions.append(_mention(row))
    sql = f"select * from attributions where article_id in ({slots}) order by cue_start, id"
    for row in rows(connection, sql, wanted):
        found[row["article_id"]].attributions.append(_attribution(row))
    return {i: found[i] for i in wanted if i in found}


def _sentence(row: Row) -> Sentence:
    names = "id article_id position paragraph kind text start end words".split()
    return Sentence(**{name: row[name] for name in names})


def _mention(row: Row) -> Mention:
    names = "id sentence_id article_id text start end type entity_id reason".split()
    return Mention(**{name: row[name] for name in names})


def _attribution(row: Row) -> Attribution:
    names = (
        "id article_id sentence_id kind source_text source_start source_end source_type cue cue_start cue_end content "
        "content_start content_end source_entity_id via_attribution_id"
    ).split()
    parts = [(start, end) for start, end in json.loads(row["content_parts"])]
    return Attribution(**{name: row[name] for name in names}, content_parts=parts)
