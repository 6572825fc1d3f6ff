"""Blind and assisted passes: about which stories a person may not yet see suggestions and other people's answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from retold.store import annotate, saving
from retold.store.errors import Invalid

# What tells of suggestions or of other people's answers, and so is closed to whoever has a blind pass to do.
TELLING = (
    "suggestions",
    "annotations",
    "decisions",
    "adjudications",
    "comments",
    "realignments",
    "annotation_events",
)


def has_blind(connection: sqlite3.Connection, annotator: str) -> bool:
    """Whether the person has a blind pass to do in any story."""
    sql = "select 1 from assignments where annotator = ? and pass = 'blind' and not withdrawn"
    return connection.execute(sql, [annotator]).fetchone() is not None


def is_blind(connection: sqlite3.Connection, annotator: str, story_id: str | None) -> bool:
    """Whether the person's pass over this story is blind, by the lead's assignment."""
    sql = "select 1 from assignments where annotator = ? and story_id = ? and pass = 'blind' and not withdrawn"
    return connection.execute(sql, [annotator, story_id]).fetchone() is not None


def story_of(connection: sqlite3.Connection, change_id: str) -> str | None:
    """The story that an edge belongs to."""
    sql = "select a.story_id from changes c join articles a on a.id = c.article_id where c.id = ?"
    row = connection.execute(sql, [change_id]).fetchone()
    return row[0] if row else None


def save(connection: sqlite3.Connection, given: Any, annotator: str, at: str | None = None) -> saving.Written:
    """As :func:`annotate.annotate`, with the pass that the lead assigned, whatever the sender says.

    Whoever was assigned nothing says which pass it is. Raises :class:`Invalid` for a suggestion judged in a blind pass.
    """
    change_id = given.get("change_id") if isinstance(given, Mapping) else None
    if isinstance(change_id, str) and is_blind(connection, annotator, story_of(connection, change_id)):
        if given.get("suggestion_id") is not None:
            raise Invalid({"suggestion_id": "Your pass over this story is blind: add labels of your own."})
        given = {**given, "pass": "blind"}
    return annotate.annotate(connection, given, annotator, at)
