"""A database with annotations of two people, for the formats in which annotations leave."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.store import annotate, schema


@pytest.fixture
def db(own_db: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(own_db)
    edges = connection.execute("select * from changes where source_start is not null and start is not null order by id")
    for number, edge in enumerate(edges.fetchall()[:3]):
        for person in ("ida", "ole"):
            with connection:
                annotate.annotate(
                    connection,
                    {
                        "change_id": edge["id"],
                        "label": "quote_altered" if number else "style_only",
                        "verdict": "added",
                        "source_start": edge["source_start"] + 2,
                        "source_end": edge["source_start"] + 9,
                        "start": edge["start"],
                        "end": edge["start"] + 5,
                        "comment": json.dumps({"said by": person}) + " <b>&amp; 🦊",
                    },
                    person,
                )
    yield connection
    connection.close()
