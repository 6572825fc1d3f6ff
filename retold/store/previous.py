"""What the last build and the people left in the database that the next build has to honour."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from retold.model import METADATA_FIELDS, Document

CORRECTED = "correction"
CORRECTABLE = ("title", "publisher", "author", "published", "url")
ANNOTATED = """
    with judged as (
      select change_id from annotations union select change_id from decisions
      union select change_id from adjudications union select change_id from comments
    )
    select c.article_id as id from judged j join changes c on c.id = j.change_id
    union select c.source_article_id from judged j join changes c on c.id = j.change_id
    union select article_id from annotations union select source_article_id from annotations
    union select article_id from realignments union select source_article_id from realignments
"""


@dataclass(slots=True)
class Version:
    """One version of a document as the database knows it."""

    article_id: str
    version: int
    supersedes: str | None
    document: Document


@dataclass(slots=True)
class Previous:
    """``versions`` by document, oldest first; ``corrections`` by document; the fingerprint of the last build."""

    fingerprint: str | None = None
    versions: dict[str, list[Version]] = field(default_factory=dict)
    annotated: set[str] = field(default_factory=set)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)


def load(connection: sqlite3.Connection) -> Previous:
    """Everything the next build has to know of this database."""
    found: dict[str, list[Version]] = defaultdict(list)
    for row in connection.execute("select * from articles order by document, version"):
        found[row["document"]].append(_version(row))
    return Previous(
        fingerprint=_fingerprint(connection),
        versions=dict(found),
        annotated=annotated(connection),
        corrections=corrections(connection),
    )


def versions(connection: sqlite3.Connection, document: str) -> list[Version]:
    """The versions of one document, oldest first."""
    rows = connection.execute("select * from articles where document = ? order by version", [document])
    return [_version(row) for row in rows]


def annotated(connection: sqlite3.Connection) -> set[str]:
    """The ids of the articles on which something hangs that people entered."""
    return {row["id"] for row in connection.execute(ANNOTATED)}


def corrections(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """What people corrected, by document and field."""
    return {row["document"]: _correction(row) for row in connection.execute("select * from corrections")}


def fingerprint_of(settings: str) -> str | None:
    """The fingerprint that a build wrote into its settings."""
    found: Any = json.loads(settings)
    return found.get("fingerprint") if isinstance(found, dict) else None


def _fingerprint(connection: sqlite3.Connection) -> str | None:
    last = connection.execute("select settings from builds where finished is not null order by id desc").fetchone()
    return fingerprint_of(last["settings"]) if last else None


def _version(row: sqlite3.Row) -> Version:
    provenance: dict[str, str] = json.loads(row["provenance"])
    original = {name: origin for name, origin in provenance.items() if origin != CORRECTED}
    metadata = {name: row[name] for name in METADATA_FIELDS if row[name] is not None and name in original}
    document = Document(row["document"], row["path"], row["text"], row["encoding"], metadata, original)
    return Version(row["id"], row["version"], row["supersedes"], document)


def _correction(row: sqlite3.Row) -> dict[str, str]:
    return {name: row[name] for name in CORRECTABLE if row[name]}
