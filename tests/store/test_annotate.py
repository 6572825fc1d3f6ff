"""Authored writes without HTTP: what is stored, what is refused, and that history says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.store import annotate, history, saving, schema
from retold.store.errors import Invalid, Missing, NotYours, StaleWrite


@pytest.fixture
def connection(own_db: Path) -> Iterator[sqlite3.Connection]:
    opened = schema.connect(own_db)
    yield opened
    opened.close()


@pytest.fixture
def edge(connection: sqlite3.Connection) -> dict[str, Any]:
    """An edge with text on both sides, no suggestion needed."""
    sql = "select * from changes where source_start is not null and start is not null order by id"
    return history.rows(connection, sql)[0]


@pytest.fixture
def suggestion(connection: sqlite3.Connection, edge: dict[str, Any]) -> dict[str, Any]:
    """A suggestion of our own making, so that the tests do not hang on what the rules find."""
    connection.execute(
        "insert into suggestions values ('s-made-up', ?, 'style_only', 'test', 0.5, ?, ?, ?, ?, 'a', 'b', 'because')",
        [edge["id"], edge["source_start"], edge["source_start"] + 3, edge["start"], edge["start"] + 2],
    )
    return history.rows(connection, "select * from suggestions where id = 's-made-up'")[0]


def added(edge: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"change_id": edge["id"], "label": "style_only", "verdict": "added", **more}


def accepted(suggestion: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"change_id": suggestion["change_id"], "suggestion_id": suggestion["id"], "verdict": "accepted", **more}


def events(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return [(e["actor"], e["action"]) for e in history.rows(connection, "select * from annotation_events order by id")]


def test_an_accepted_suggestion_takes_its_label_and_evidence(connection, edge, suggestion):
    row = annotate.annotate(connection, accepted(suggestion), "ada").row
    assert (row["label"], row["source_start"], row["end"]) == ("style_only", edge["source_start"], edge["start"] + 2)
    assert (row["article_id"], row["annotator"], row["revision"]) == (edge["article_id"], "ada", 1)
    assert row["codebook_version"] == 1


def test_selectors_quote_the_stored_text_with_context(connection, edge, suggestion):
    row = annotate.annotate(connection, accepted(suggestion), "ada").row
    for side, prefix in (("before", "source_"), ("after", "")):
        article = history.one(connection, "articles", row[f"{prefix}article_id"] if prefix else row["article_id"])
        selector = json.loads(row[side])
        start, end = row[f"{prefix}start"], row[f"{prefix}end"]
        assert selector["exact"] == article["text"][start:end] != ""
        assert article["text"][:start].endswith(selector["prefix"])
        assert selector["suffix"] == article["text"][end : end + 32]


def test_without_evidence_the_selectors_quote_the_whole_edge(connection, edge):
    row = annotate.annotate(connection, added(edge), "ada").row
    assert (row["start"], row["source_start"]) == (None, None)
    assert json.loads(row["before"])["exact"] == edge["source_text"]
    assert json.loads(row["after"])["exact"] == edge["text"]


def test_ids_are_the_same_on_another_copy(connection, edge, story_db, tmp_path):
    first = annotate.annotate(connection, added(edge), "ada", at="2001-01-01").row
    other = schema.connect(":memory:")
    source = sqlite3.connect(story_db)
    source.backup(other)
    source.close()
    assert annotate.annotate(other, added(edge), "ada").row["id"] == first["id"]
    assert annotate.annotate(other, added(edge), "bob").row["id"] != first["id"]
    assert first["id"].startswith("n-")
    assert first["id"].replace("-", "").isalnum()


def test_changing_ones_mind_updates_the_row_and_keeps_the_comment(connection, suggestion):
    first = annotate.annotate(connection, accepted(suggestion, comment="hm", severity=2), "ada").row
    second = annotate.annotate(connection, accepted(suggestion, verdict="rejected", revision=1), "ada")
    assert not second.created
    assert (second.row["id"], second.row["verdict"], second.row["revision"]) == (first["id"], "rejected", 2)
    assert (second.row["comment"], second.row["severity"]) == ("hm", 2)
    assert events(connection) == [("ada", "created"), ("ada", "updated")]


def test_null_clears_what_was_there(connection, suggestion):
    annotate.annotate(connection, accepted(suggestion, comment="hm", severity=2), "ada")
    row = annotate.annotate(connection, accepted(suggestion, comment=None, severity=None, revision=1), "ada").row
    assert (row["comment"], row["severity"], row["verdict"]) == ("", None, "accepted")


@pytest.mark.parametrize("revision", [None, 1, 3])
def test_a_stale_write_is_refused_with_the_current_row(connection, suggestion, revision):
    annotate.annotate(connection, accepted(suggestion), "ada")
    annotate.annotate(connection, accepted(suggestion, comment="in the other window", revision=1), "ada")
    with pytest.raises(StaleWrite) as refused:
        annotate.annotate(connection, accepted(suggestion, verdict="rejected", revision=revision), "ada")
    assert refused.value.current["comment"] == "in the other window"
    assert history.one(connection, "annotations", refused.value.current["id"])["verdict"] == "accepted"
    assert len(events(connection)) == 2


def test_a_repeated_request_is_stored_once(connection, suggestion):
    first = annotate.annotate(connection, accepted(suggestion, comment="x"), "ada")
    again = annotate.annotate(connection, accepted(suggestion, comment="x"), "ada")
    assert (first.created, again.created) == (True, False)
    assert first.row == again.row
    assert len(events(connection)) == 1


def test_two_people_do_not_touch_each_other(connection, suggestion):
    mine = annotate.annotate(connection, accepted(suggestion), "ada").row
    theirs = annotate.annotate(connection, accepted(suggestion, verdict="rejected"), "bob").row
    assert mine["id"] != theirs["id"]
    with pytest.raises(NotYours):
        annotate.annotate(connection, accepted(suggestion, id=mine["id"], revision=1), "bob")
    with pytest.raises(NotYours):
        saving.set_withdrawn(connection, "annotations", mine["id"], {"revision": 1}, "bob", withdrawn=True)


def test_withdrawing_marks_and_restoring_unmarks(connection, edge):
    row = annotate.annotate(connection, added(edge), "ada").row
    gone = saving.set_withdrawn(connection, "annotations", row["id"], {"revision": 1}, "ada", withdrawn=True).row
    assert (gone["withdrawn"], gone["revision"]) == (1, 2)
    with pytest.raises(StaleWrite):
        saving.set_withdrawn(connection, "annotations", row["id"], {"revision": 1}, "ada", withdrawn=False)
    back = saving.set_withdrawn(connection, "annotations", row["id"], {"revision": 2}, "ada", withdrawn=False).row
    assert back["withdrawn"] == 0
    assert [action for _, action in events(connection)] == ["created", "withdrawn", "restored"]


def test_adding_again_what_was_withdrawn_restores_it(connection, edge):
    row = annotate.annotate(connection, added(edge), "ada").row
    saving.set_withdrawn(connection, "annotations", row["id"], {"revision": 1}, "ada", withdrawn=True)
    again = annotate.annotate(connection, added(edge), "ada").row
    assert (again["id"], again["withdrawn"], again["revision"]) == (row["id"], 0, 3)


def test_evidence_moves_by_id_and_the_old_place_is_free_again(connection, edge):
    start = edge["start"]
    row = annotate.annotate(connection, added(edge, start=start, end=start + 3), "ada").row
    moved = annotate.annotate(connection, added(edge, id=row["id"], start=start, end=start + 5, revision=1), "ada").row
    assert (moved["id"], moved["end"], moved["revision"]) == (row["id"], start + 5, 2)
    other = annotate.annotate(connection, added(edge, start=start, end=start + 3), "ada")
    assert other.created
    assert other.row["id"] != row["id"]


def test_an_annotation_keeps_its_label(connection, edge):
    row = annotate.annotate(connection, added(edge), "ada").row
    with pytest.raises(Invalid) as refused:
        annotate.annotate(connection, added(edge, id=row["id"], label="claim_added", revision=1), "ada")
    assert list(refused.value.errors) == ["label"]


def test_decisions_one_per_person_and_edge(connection, edge):
    first = annotate.decide(connection, {"change_id": edge["id"], "status": "flagged", "comment": "?"}, "ada")
    assert first.created
    sent = {"change_id": edge["id"], "status": "done", "operation": "split", "revision": 1}
    second = annotate.decide(connection, sent, "ada").row
    assert (second["id"], second["status"], second["comment"], second["operation"]) == (
        first.row["id"],
        "done",
        "?",
        "split",
    )
    with pytest.raises(StaleWrite):
        annotate.decide(connection, sent | {"status": "skipped"}, "ada")
    assert annotate.decide(connection, {"change_id": edge["id"], "status": "done"}, "bob").created


def test_an_edge_with_everything_on_it(connection, edge, suggestion):
    annotate.annotate(connection, accepted(suggestion), "ada")
    annotate.decide(connection, {"change_id": edge["id"], "status": "done"}, "ada")
    annotate.annotate(connection, added(edge), "bob")
    found = history.change(connection, edge["id"])
    assert found["change"] == edge
    assert "s-made-up" in [s["id"] for s in found["suggestions"]]
    assert {a["annotator"] for a in found["annotations"]} == {"ada", "bob"}
    assert [(e["actor"], e["table_name"]) for e in found["events"]] == [
        ("ada", "annotations"),
        ("ada", "decisions"),
        ("bob", "annotations"),
    ]
    assert found["events"][0]["after"]["verdict"] == "accepted"
    blind = history.change(connection, edge["id"], only="bob")
    assert blind["suggestions"] == []
    assert {a["annotator"] for a in blind["annotations"] + blind["decisions"]} == {"bob"}
    assert {e["actor"] for e in blind["events"]} == {"bob"}
    with pytest.raises(Missing):
        history.change(connection, "no-such")


BAD = {
    "not an object": ([], "body"),
    "nothing": ({}, "change_id"),
    "an unknown field": ({"annotator": "root"}, "annotator"),
    "another verdict": ({"verdict": "maybe"}, "verdict"),
    "a verdict that is a list": ({"verdict": []}, "verdict"),
    "an unknown edge": ({"change_id": "x"}, "change_id"),
    "an unknown label": ({"label": "x"}, "label"),
    "no label": ({"label": None}, "label"),
    "a suggestion with added": ({"suggestion_id": "s-made-up"}, "suggestion_id"),
    "accepting nothing": ({"verdict": "accepted"}, "suggestion_id"),
    "an unknown suggestion": ({"verdict": "accepted", "suggestion_id": "x"}, "suggestion_id"),
    "a label not the suggestion's": (
        {"verdict": "rejected", "suggestion_id": "s-made-up", "label": "claim_added"},
        "label",
    ),
    "severity 4": ({"severity": 4}, "severity"),
    "severity true": ({"severity": True}, "severity"),
    "severity 2.5": ({"severity": 2.5}, "severity"),
    "a long comment": ({"comment": "x" * 10_001}, "comment"),
    "a comment that is a number": ({"comment": 5}, "comment"),
    "one end": ({"start": 3}, "end"),
    "the other end": ({"source_end": 3}, "source_start"),
    "backwards": ({"start": 5, "end": 4}, "end"),
    "beyond the article": ({"start": 5, "end": 10**6}, "end"),
    "beyond integers": ({"start": 5, "end": 10**30}, "end"),
    "negative": ({"start": -1, "end": 4}, "start"),
    "a control character in an id": ({"change_id": "a\x00b"}, "change_id"),
    "a half surrogate in an id": ({"label": "\ud800"}, "label"),
    "a revision of nothing": ({"revision": 7}, "revision"),
    "another pass": ({"pass": "deaf"}, "pass"),
}


@pytest.mark.parametrize(("sent", "field"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_stored_is_refused_by_field_and_writes_nothing(connection, edge, suggestion, sent, field):
    whole = added(edge) | sent if isinstance(sent, dict) and sent else sent
    with pytest.raises(Invalid) as refused:
        annotate.annotate(connection, whole, "ada")
    assert field in refused.value.errors
    assert len(refused.value.errors[field]) > 10
    assert history.rows(connection, "select * from annotations") == []
    assert events(connection) == []


def test_evidence_far_from_the_edge_is_refused(connection, edge):
    article = history.one(connection, "articles", edge["article_id"])
    connection.execute("update articles set text = text || ? where id = ?", ["x" * 3000, edge["article_id"]])
    far = len(article["text"]) + 2000
    with pytest.raises(Invalid, match="from this edge"):
        annotate.annotate(connection, added(edge, start=far, end=far + 5), "ada")


def test_a_retired_edge_takes_nothing_new_but_its_own_can_be_withdrawn(connection, edge):
    row = annotate.annotate(connection, added(edge), "ada").row
    connection.execute("update changes set retired = 1 where id = ?", [edge["id"]])
    with pytest.raises(Invalid, match="built anew"):
        annotate.annotate(connection, added(edge), "bob")
    assert saving.set_withdrawn(connection, "annotations", row["id"], {"revision": 1}, "ada", withdrawn=True).row[
        "withdrawn"
    ]


def test_unstorable_characters_in_a_comment_are_replaced(connection, edge):
    row = annotate.annotate(connection, added(edge, comment="a\r\nb\x00c\ud83dd\U0001f600\u202e"), "ada").row
    assert row["comment"] == "a\nb\ufffdc\ufffdd\U0001f600\u202e"


def test_history_cannot_be_rewritten(connection, edge):
    annotate.annotate(connection, added(edge), "ada")
    for sql in (
        "update annotation_events set actor = 'eve'",
        "delete from annotation_events",
        "replace into annotation_events select id, at, 'eve', action, table_name, row_id, before, after"
        " from annotation_events",
    ):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            connection.execute(sql)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sent=st.dictionaries(st.sampled_from(sorted(annotate.ANNOTATION)) | st.text(max_size=5), anything), data=st.data()
)
def test_whatever_is_sent_is_stored_or_refused(connection, edge, sent, data):
    if data.draw(st.booleans()):
        sent = added(edge) | sent
    try:
        row = annotate.annotate(connection, sent, "ada").row
    except (Invalid, StaleWrite, Missing):
        return
    json.dumps(row, ensure_ascii=False).encode()
