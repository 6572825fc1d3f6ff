"""The order of the steps from a pile of articles to a database, with progress, errors and a summary."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from retold import __version__
from retold.model import Article, Document, Problem
from retold.naming import pipeline as naming
from retold.reading import articles as reading
from retold.reading import documents
from retold.store import schema, writing
from retold.tracing import pipeline as tracing


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("inputs", nargs="*", default=["seeds"])
    parser.add_argument("--db", default="retold.db")
    given = parser.parse_args(argv)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    read = list(documents.read(given.inputs))
    problems = [one for one in read if isinstance(one, Problem)]
    corpus: list[Article] = [reading.article(one) for one in read if isinstance(one, Document)]
    reading.read_all(corpus)
    entities = naming.name(corpus)
    trace = tracing.trace(corpus)
    fresh = not Path(given.db).exists()
    connection: sqlite3.Connection = schema.connect(given.db)
    if fresh:
        schema.create(connection)
    build = {
        "started": started,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "retold_version": __version__,
        "inputs": "[]",
        "articles_read": len(corpus),
        "articles_skipped": len(problems),
        "errors": len(problems),
        "settings": "{}",
    }
    writing.write(connection, corpus, entities, trace, build, problems)
    print(len(corpus), "articles", file=sys.stderr)
    return 0
