"""Orphans: where they might belong, putting them there, and when that is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.store import adjudicate, annotate, discuss, history, orphans, schema
from retold.store.errors import Invalid, Missing, NotYours, StaleWrite


@pytest.fixture
def db(own_db: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(own_db)
    yield connection
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


@pytest.fixture
def pair(db: sqlite3.Connection) -> tuple[str, str]:
    """An edge of which everything will be orphaned, and its neighbour in the same two articles."""
    row = db.execute(
        """select a.id, b.id from changes a join changes b on b.source_article_id = a.source_article_id
           and b.article_id = a.article_id and b.id <> a.id and b.start is not null and b.source_start is not null
           where a.start is not null and a.source_start is not null order by a.id, b.position limit 1"""
    ).fetchone()
    return row[0], row[1]


def orphan(db: sqlite3.Connection, change: str) -> None:
    """What a build leaves behind where no edge holds the text any more."""
    db.execute("update changes set retired = 1 where id = ?", [change])
    for table in orphans.OWNER:
        db.execute(f"update {table} set orphaned = 1 where change_id = ?", [change])


def label(db: sqlite3.Connection, person: str, change: str, **more: object) -> dict[str, object]:
    return annotate.annotate(db, {"change_id": change, "label": "style_only", "verdict": "added", **more}, person).row


def test_an_orphan_is_put_on_the_edge_chosen_and_the_history_says_so(db, pair):
    row = label(db, "ida", pair[0], comment="mine")
    orphan(db, pair[0])
    assert [(table, found["id"]) for table, found in orphans.orphans(db, "ida")] == [("annotations", row["id"])]
    assert orphans.orphans(db, "ole") == []
    written = orphans.attach(db, "annotations", row["id"], {"change_id": pair[1], "revision": 1}, "ida")
    assert (written.row["change_id"], written.row["orphaned"], written.row["revision"]) == (pair[1], 0, 2)
    assert (written.row["comment"], written.row["before"]) == ("mine", row["before"])
    assert orphans.orphans(db) == []
    event = history.change(db, pair[1])["events"][-1]
    assert (event["action"], event["actor"], event["before"]["change_id"]) == ("reattached", "ida", pair[0])


def test_repeating_it_changes_nothing(db, pair):
    row = label(db, "ida", pair[0])
    orphan(db, pair[0])
    for _ in range(2):
        written = orphans.attach(db, "annotations", row["id"], {"change_id": pair[1], "revision": 1}, "ida")
        assert written.row["revision"] == 2
    events = db.execute("select count(*) from annotation_events where action = 'reattached'").fetchone()[0]
    assert events == 1


def test_the_later_of_two_windows_is_refused(db, pair):
    row = label(db, "ida", pair[0])
    orphan(db, pair[0])
    other = db.execute(
        "select id from changes where not retired and id <> ? and article_id = ? and source_article_id = ?",
        [pair[1], row["article_id"], row["source_article_id"]],
    ).fetchone()[0]
    orphans.attach(db, "annotations", row["id"], {"change_id": pair[1], "revision": 1}, "ida")
    with pytest.raises(StaleWrite) as stale:
        orphans.attach(db, "annotations", row["id"], {"change_id": other, "revision": 1}, "ida")
    assert stale.value.current["change_id"] == pair[1]
    with pytest.raises(Invalid, match="attached to an edge already"):
        orphans.attach(db, "annotations", row["id"], {"change_id": other, "revision": 2}, "ida")


def test_others_may_not_but_the_lead_may(db, pair):
    row = label(db, "ida", pair[0])
    orphan(db, pair[0])
    sent = {"change_id": pair[1], "revision": 1}
    with pytest.raises(NotYours):
        orphans.attach(db, "annotations", row["id"], sent, "ole")
    written = orphans.attach(db, "annotations", row["id"], sent, "lea", anyones=True)
    assert written.row["annotator"] == "ida"
    assert history.change(db, pair[1])["events"][-1]["actor"] == "lea"


def test_a_ruling_is_the_leads_alone_even_for_its_author(db, pair):
    given = {"change_id": pair[0], "label": "style_only", "verdict": "accepted"}
    row = adjudicate.adjudicate(db, given, "lea").row
    orphan(db, pair[0])
    sent = {"change_id": pair[1], "revision": 1}
    with pytest.raises(NotYours):
        orphans.attach(db, "adjudications", row["id"], sent, "lea")
    assert orphans.attach(db, "adjudications", row["id"], sent, "lea", anyones=True).row["orphaned"] == 0


def test_a_second_decision_of_the_same_person_is_refused(db, pair):
    first = annotate.decide(db, {"change_id": pair[0], "status": "done"}, "ida").row
    annotate.decide(db, {"change_id": pair[1], "status": "flagged"}, "ida")
    orphan(db, pair[0])
    with pytest.raises(Invalid, match="already"):
        orphans.attach(db, "decisions", first["id"], {"change_id": pair[1], "revision": 1}, "ida")
    assert history.one(db, "decisions", first["id"]) == first | {"orphaned": 1}


def test_the_same_annotation_twice_is_refused_another_is_not(db, pair):
    first = label(db, "ida", pair[0])
    label(db, "ida", pair[1])
    other = label(db, "ida", pair[0], source_start=0, source_end=3)
    orphan(db, pair[0])
    with pytest.raises(Invalid, match="already"):
        orphans.attach(db, "annotations", first["id"], {"change_id": pair[1], "revision": 1}, "ida")
    orphans.attach(db, "annotations", other["id"], {"change_id": pair[1], "revision": 1}, "ida")


def test_comments_move_as_threads(db, pair):
    top = discuss.comment(db, {"change_id": pair[0], "text": "Why?", "key": "1"}, "ida").row
    answer = discuss.comment(db, {"change_id": pair[0], "text": "So.", "key": "2", "parent_id": top["id"]}, "ole").row
    orphan(db, pair[0])
    assert [row["id"] for _, row in orphans.orphans(db)] == [top["id"]]
    with pytest.raises(Invalid, match="Attach it there"):
        orphans.attach(db, "comments", answer["id"], {"change_id": pair[1], "revision": 1}, "ole")
    orphans.attach(db, "comments", top["id"], {"change_id": pair[1], "revision": 1}, "ida")
    moved = history.change(db, pair[1])["comments"]
    assert {row["id"]: row["orphaned"] for row in moved} == {top["id"]: 0, answer["id"]: 0}
    assert orphans.orphans(db) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "Missing"),
        ({"change_id": "c-none", "revision": 1}, "No such edge"),
        ({"change_id": 7, "revision": 1}, "text"),
        ({"change_id": "\x00", "revision": 1}, "control"),
        ({"change_id": "c", "revision": 1, "annotator": "eve"}, "Unknown field"),
        ([], "JSON object"),
    ],
)
def test_what_cannot_be_is_refused_by_name(db, pair, given, fault):
    row = label(db, "ida", pair[0])
    orphan(db, pair[0])
    with pytest.raises(Invalid, match=fault):
        orphans.attach(db, "annotations", row["id"], given, "ida")


def test_an_edge_of_other_articles_or_a_retired_one_is_refused(db, pair):
    row = label(db, "ida", pair[0])
    orphan(db, pair[0])
    far = db.execute("select id from changes where article_id <> ? limit 1", [row["article_id"]]).fetchone()[0]
    for change, fault in ((far, "two other articles"), (pair[0], "No such edge")):
        with pytest.raises(Invalid, match=fault):
            orphans.attach(db, "annotations", row["id"], {"change_id": change, "revision": 1}, "ida")


def test_no_such_row_or_table(db):
    for table in ("annotations", "leases", "annotations; drop table x"):
        with pytest.raises(Missing):
            orphans.attach(db, table, "n-none", {"change_id": "c", "revision": 1}, "ida")


def test_candidates_are_of_the_same_articles_largest_overlap_first(db, pair):
    row = label(db, "ida", pair[0])
    edge = history.one(db, "changes", pair[0])
    wider = edge | {"id": "c-wider", "position": 99, "source_end": edge["source_end"] + 5, "end": edge["end"] + 5}
    del wider["summary"]
    names = ", ".join(f'"{name}"' for name in wider)
    db.execute(f"insert into changes ({names}) values ({', '.join('?' * len(wider))})", list(wider.values()))
    orphan(db, pair[0])
    found = orphans.candidates(db, orphans.orphans(db)[0][1])
    assert found[0].change_id == "c-wider"
    assert 0.5 < found[0].overlap < 1
    assert [one.overlap for one in found] == sorted((one.overlap for one in found), reverse=True)
    assert pair[0] not in [one.change_id for one in found]
    assert 1 < len(found) <= orphans.CANDIDATES
    assert row["change_id"] == pair[0]


def test_evidence_alone_says_where_an_orphan_belongs(db, pair):
    far = json.loads(db.execute("select parts from changes where id = ?", [pair[1]]).fetchone()[0])[0]
    row = label(db, "ida", pair[0], start=far[0], end=far[1])
    orphan(db, pair[0])
    assert orphans.candidates(db, history.one(db, "annotations", row["id"]))[0].change_id == pair[1]
