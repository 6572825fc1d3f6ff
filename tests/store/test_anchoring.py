"""What people entered follows its text to a new edge, or is kept and marked; the history says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest

from retold import codebook
from retold.store import anchoring, labels, schema

TEXT = "One two three. Four five six."


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    schema.create(connection)
    labels.ship(connection, codebook.load())
    for name in ("wire", "copy"):
        connection.execute(
            "insert into articles (id, document, version, title, text, sha256, words, sentences, role, path, encoding, "
            "provenance) values (?, ?, 1, ?, ?, '', 6, 2, 'retelling', '', 'utf-8', '{}')",
            [name, name, name, TEXT],
        )
    edge(connection, "old", (0, 14), (0, 14), retired=1)
    yield connection
    connection.close()


def edge(
    db: sqlite3.Connection, name: str, source: tuple[int, int] | None, text: tuple[int, int] | None, retired: int = 0
) -> None:
    source_start, source_end = source or (None, None)
    start, end = text or (None, None)
    db.execute(
        "insert into changes (id, source_article_id, article_id, position, operation, moved, similarity, source_start, "
        'source_end, start, "end", source_parts, parts, retired) '
        "values (?, 'wire', 'copy', 0, 'reworded', 0, 0.5, ?, ?, ?, ?, '[]', '[]', ?)",
        [name, source_start, source_end, start, end, retired],
    )


def annotate(db: sqlite3.Connection, source: tuple[int, int] | None, text: tuple[int, int] | None) -> None:
    source_start, source_end = source or (None, None)
    start, end = text or (None, None)
    db.execute(
        "insert into annotations (id, change_id, article_id, source_article_id, label, verdict, source_start, "
        'source_end, start, "end", annotator, codebook_version, created, updated) values '
        "('n', 'old', 'copy', 'wire', 'style_only', 'added', ?, ?, ?, ?, 'ida', 1, 'x', 'x')",
        [source_start, source_end, start, end],
    )


def state(db: sqlite3.Connection) -> tuple[str, int]:
    row = db.execute("select change_id, orphaned from annotations").fetchone()
    return row["change_id"], row["orphaned"]


def test_moves_to_the_edge_that_covers_its_evidence(db: sqlite3.Connection) -> None:
    edge(db, "both", (0, 29), (0, 29))
    annotate(db, (4, 7), (4, 7))
    anchoring.reanchor(db, "now")
    assert state(db) == ("both", 0)
    event = db.execute("select * from annotation_events").fetchone()
    assert (event["actor"], event["action"], event["row_id"]) == ("retold", "reanchored", "n")
    assert json.loads(event["before"])["change_id"] == "old"
    assert json.loads(event["after"])["change_id"] == "both"


def test_is_an_orphan_when_no_edge_covers_both_sides(db: sqlite3.Connection) -> None:
    edge(db, "source only", (0, 14), None)
    edge(db, "article only", None, (0, 14))
    annotate(db, (4, 7), (4, 7))
    anchoring.reanchor(db, "now")
    assert state(db) == ("old", 1)
    assert db.execute("select action from annotation_events").fetchone()[0] == "orphaned"


def test_an_orphan_comes_home_when_its_edge_returns(db: sqlite3.Connection) -> None:
    annotate(db, (4, 7), (4, 7))
    anchoring.reanchor(db, "now")
    assert state(db) == ("old", 1)
    db.execute("update changes set retired = 0")
    anchoring.reanchor(db, "later")
    assert state(db) == ("old", 0)


def test_evidence_on_one_side_needs_only_that_side(db: sqlite3.Connection) -> None:
    edge(db, "article only", None, (0, 14))
    annotate(db, None, (4, 7))
    anchoring.reanchor(db, "now")
    assert state(db) == ("article only", 0)


def test_nothing_moves_and_nothing_is_logged_while_the_edge_stands(db: sqlite3.Connection) -> None:
    db.execute("update changes set retired = 0")
    annotate(db, (4, 7), (4, 7))
    anchoring.reanchor(db, "now")
    assert state(db) == ("old", 0)
    assert db.execute("select count(*) from annotation_events").fetchone()[0] == 0


def test_a_decision_does_not_displace_a_newer_one_of_the_same_person(db: sqlite3.Connection) -> None:
    edge(db, "both", (0, 29), (0, 29))
    insert = (
        "insert into decisions (id, change_id, annotator, status, created, updated) "
        "values (?, ?, 'ida', 'done', '', '')"
    )
    db.execute(insert, ["k-old", "old"])
    db.execute(insert, ["k-new", "both"])
    anchoring.reanchor(db, "now")
    found = {r["id"]: (r["change_id"], r["orphaned"]) for r in db.execute("select * from decisions")}
    assert found == {"k-old": ("old", 1), "k-new": ("both", 0)}


def test_the_history_cannot_be_rewritten(db: sqlite3.Connection) -> None:
    annotate(db, (4, 7), (4, 7))
    anchoring.reanchor(db, "now")
    for sql in ("update annotation_events set actor = 'x'", "delete from annotation_events"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            db.execute(sql)
