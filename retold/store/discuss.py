"""Comments on an edge: threaded, by anyone who may annotate; never edited, only answered or taken back."""

from __future__ import annotations

import sqlite3
from typing import Any

from retold.model import digest
from retold.store import fields, history, saving
from retold.store.errors import Invalid

COMMENT: dict[str, fields.Reader] = {
    "change_id": fields.name,
    "parent_id": fields.name,
    "text": fields.comment,
    "key": fields.name,
}


def comment(connection: sqlite3.Connection, given: Any, annotator: str, at: str | None = None) -> saving.Written:
    """Store a comment. ``key`` is any text the sender has not used before: sending twice stores once.

    ``given``: ``change_id``, ``text``, ``key``, and ``parent_id`` when it answers another comment of the same edge.
    """
    sent = fields.read(given, COMMENT, required=("change_id", "text", "key"))
    if not sent["text"].strip():
        raise Invalid({"text": "Write something first."})
    if history.one(connection, "changes", sent["change_id"]) is None:
        raise Invalid({"change_id": "No such edge any more: the dataset was built anew. Reload the page."})
    parent = sent.get("parent_id")
    if parent is not None:
        answered = history.one(connection, "comments", parent)
        if answered is None or answered["change_id"] != sent["change_id"]:
            raise Invalid({"parent_id": "The comment you answer is not on this edge. Reload the page."})
    id_ = "m-" + digest(sent["change_id"], annotator, sent.pop("key"), length=20)
    current = history.one(connection, "comments", id_)
    row = sent | {"parent_id": parent, "annotator": annotator}
    return saving.save(connection, "comments", id_, row, current, None, at)
