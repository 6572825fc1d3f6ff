"""Queue, assignments, comments, rulings and corrected edges, below the pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.store import adjudicate, annotate, assign, discuss, history, realign, saving, schema
from retold.store.errors import Invalid, Missing, NotYours, StaleWrite


@pytest.fixture
def db(own_db: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(own_db)
    yield connection
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


def edges(db: sqlite3.Connection, operation: str = "reworded") -> list[str]:
    sql = "select id from changes where operation = ? order by source_article_id, article_id, position"
    return [row["id"] for row in db.execute(sql, [operation])]


def label(db: sqlite3.Connection, person: str, change: str, name: str = "style_only") -> None:
    annotate.annotate(db, {"change_id": change, "label": name, "verdict": "added"}, person)


def done(db: sqlite3.Connection, person: str, change: str, status: str = "done") -> None:
    annotate.decide(db, {"change_id": change, "status": status}, person)


# Queue


def test_the_queue_ends_and_never_repeats_what_is_done(db: sqlite3.Connection) -> None:
    seen = []
    while (edge := assign.next_edge(db, "ida")) is not None:
        seen.append(edge["id"])
        done(db, "ida", edge["id"])
    total = db.execute("select count(*) from changes where not retired").fetchone()[0]
    assert len(seen) == len(set(seen)) == total
    kept = [n for n, i in enumerate(seen) if i in set(edges(db, "kept"))]
    assert kept == list(range(total - len(kept), total)), "sentences that nobody changed come last"


def test_two_people_are_not_given_the_same_edge(db: sqlite3.Connection) -> None:
    first, second = assign.next_edge(db, "ida"), assign.next_edge(db, "ole")
    assert first is not None
    assert second is not None
    assert first["id"] != second["id"]
    again = assign.next_edge(db, "ida")
    assert again is not None
    assert again["id"] == first["id"], "asking again is not moving on"


def test_a_lease_that_ran_out_binds_nobody(db: sqlite3.Connection) -> None:
    first = assign.next_edge(db, "ida")
    assert first is not None
    db.execute("update leases set until = '2000-01-01T00:00:00+00:00'")
    other = assign.next_edge(db, "ole")
    assert other is not None
    assert other["id"] == first["id"]


def test_what_another_person_judged_is_not_offered_unless_two_are_wanted(db: sqlite3.Connection) -> None:
    first = assign.next_edge(db, "ida")
    assert first is not None
    done(db, "ida", first["id"])
    other = assign.next_edge(db, "ole")
    assert other is not None
    assert other["id"] != first["id"]
    given = {"annotator": "ole", "story_id": first["story_id"], "annotators_per_edge": 2, "pass": "blind"}
    assign.assign(db, given, "lead")
    other = assign.next_edge(db, "ole")
    assert other is not None
    assert (other["id"], other["pass"]) == (first["id"], "blind")


def test_an_assignment_keeps_a_person_to_its_stories(db: sqlite3.Connection) -> None:
    story = db.execute("select id from stories where source_article_id is null order by id").fetchone()
    assign.assign(db, {"annotator": "ida", "story_id": story["id"]}, "lead")
    assert assign.next_edge(db, "ida") is None
    taken_back = {"annotator": "ida", "story_id": story["id"], "withdrawn": 1, "revision": 1}
    assign.assign(db, taken_back, "lead")
    assert assign.next_edge(db, "ida") is not None


def test_skipped_edges_come_back_at_the_end_and_flagged_ones_do_not(db: sqlite3.Connection) -> None:
    first = assign.next_edge(db, "ida")
    assert first is not None
    done(db, "ida", first["id"], "skipped")
    second = assign.next_edge(db, "ida")
    assert second is not None
    assert second["id"] != first["id"]
    done(db, "ida", second["id"], "flagged")
    rest = []
    while (edge := assign.next_edge(db, "ida")) is not None and edge["id"] not in rest:
        rest.append(edge["id"])
        if edge["id"] != first["id"]:
            done(db, "ida", edge["id"])
    assert rest[-1] == first["id"]
    assert second["id"] not in rest


def test_orders(db: sqlite3.Connection) -> None:
    most = db.execute(
        "select change_id from suggestions s join changes c on c.id = change_id where c.operation <> 'kept' "
        "group by change_id order by count(*) desc limit 1"
    ).fetchone()
    top = assign.next_edge(db, "ida", "most_suggestions")
    assert top is not None
    sql = "select count(*) from suggestions where change_id = ?"
    assert db.execute(sql, [top["id"]]).fetchone() == db.execute(sql, [most["change_id"]]).fetchone()
    disputed = edges(db)[-1]
    story = top["story_id"]
    for person in ("ole", "eve"):
        assign.assign(db, {"annotator": person, "story_id": story, "annotators_per_edge": 3}, "lead")
    assign.assign(db, {"annotator": "ida", "story_id": story, "annotators_per_edge": 3}, "lead")
    one = db.execute("select * from suggestions where change_id = ?", [disputed]).fetchone()
    for person, verdict in (("ole", "accepted"), ("eve", "rejected")):
        annotate.annotate(db, {"change_id": disputed, "suggestion_id": one["id"], "verdict": verdict}, person)
    first = assign.next_edge(db, "ida", "least_agreed")
    assert first is not None
    assert first["id"] == disputed


def test_progress_of_one_and_of_all(db: sqlite3.Connection) -> None:
    one, two, *_ = edges(db)
    done(db, "ida", one)
    done(db, "ole", one)
    done(db, "ole", two, "flagged")
    assert assign.progress(db, "ida").done == 1
    everybody = assign.progress(db)
    assert (everybody.done, everybody.flagged) == (1, 1)
    assert everybody.left == everybody.total - 2


def test_an_assignment_to_no_story_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(Invalid, match="No such story"):
        assign.assign(db, {"annotator": "ida", "story_id": "s-none"}, "lead")


# Comments


def test_comments_are_threaded_and_sent_once(db: sqlite3.Connection) -> None:
    change, other, *_ = edges(db)
    first = discuss.comment(db, {"change_id": change, "text": "Why?", "key": "1"}, "ida")
    again = discuss.comment(db, {"change_id": change, "text": "Why?", "key": "1"}, "ida")
    assert (first.created, again.created) == (True, False)
    answer = {"change_id": change, "text": "Because.", "key": "1", "parent_id": first.row["id"]}
    assert discuss.comment(db, answer, "ole").row["parent_id"] == first.row["id"]
    assert [c["text"] for c in history.change(db, change)["comments"]] == ["Why?", "Because."]
    with pytest.raises(Invalid, match="not on this edge"):
        discuss.comment(db, answer | {"change_id": other}, "ole")


def test_a_comment_is_taken_back_by_its_author_only(db: sqlite3.Connection) -> None:
    row = discuss.comment(db, {"change_id": edges(db)[0], "text": "Hm", "key": "k"}, "ida").row
    with pytest.raises(NotYours):
        saving.set_withdrawn(db, "comments", row["id"], {"revision": 1}, "ole", True)
    with pytest.raises(Missing):
        saving.set_withdrawn(db, "comments", "m-none", {"revision": 1}, "ida", True)
    assert saving.set_withdrawn(db, "comments", row["id"], {"revision": 1}, "ida", True).row["withdrawn"] == 1


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_comment_is_refused(db: sqlite3.Connection, text: str) -> None:
    with pytest.raises(Invalid, match="Write something"):
        discuss.comment(db, {"change_id": edges(db)[0], "text": text, "key": "k"}, "ida")


def test_in_a_blind_pass_nobody_elses_words_are_read(db: sqlite3.Connection) -> None:
    change = edges(db)[0]
    discuss.comment(db, {"change_id": change, "text": "Clearly altered", "key": "k"}, "ole")
    label(db, "ole", change)
    found = history.change(db, change, only="ida")
    assert "Clearly altered" not in json.dumps(found)
    assert not any(found[table] for table in ("annotations", "comments", "suggestions", "events"))


# Adjudication


def test_disputes_are_labels_on_which_judges_differ(db: sqlite3.Connection) -> None:
    one, two, three, *_ = edges(db)
    for person in ("ida", "ole"):
        label(db, person, one)
        done(db, person, two)
    label(db, "ida", two, "quote_altered")
    label(db, "ida", three, "quote_altered")
    found = adjudicate.disputes(db)
    assert [(d.change_id, d.label, d.holds, d.fails) for d in found] == [(two, "quote_altered", ["ida"], ["ole"])]


def test_a_ruling_stands_apart_and_is_revised_with_its_history(db: sqlite3.Connection) -> None:
    change = edges(db)[0]
    label(db, "ida", change, "quote_altered")
    done(db, "ole", change)
    given = {"change_id": change, "label": "quote_altered", "verdict": "accepted"}
    assert adjudicate.adjudicate(db, given, "lead").created
    assert adjudicate.disputes(db)[0].ruling is not None
    with pytest.raises(StaleWrite):
        adjudicate.adjudicate(db, given | {"verdict": "rejected"}, "lead")
    adjudicate.adjudicate(db, given | {"verdict": "rejected", "revision": 1}, "second lead")
    events = [e for e in history.change(db, change)["events"] if e["table_name"] == "adjudications"]
    assert [(e["actor"], e["after"]["verdict"]) for e in events] == [("lead", "accepted"), ("second lead", "rejected")]
    assert db.execute("select verdict from annotations").fetchone()[0] == "added", "everyone's own work is untouched"


# Corrected edges


def sentences(db: sqlite3.Connection, change: str, side: str) -> list[str]:
    sql = "select sentence_id from change_sentences where change_id = ? and side = ? order by ordinal"
    return [row[0] for row in db.execute(sql, [change, side])]


def pair(db: sqlite3.Connection, change: str) -> dict[str, str]:
    row = db.execute("select source_article_id, article_id from changes where id = ?", [change]).fetchone()
    return dict(row)


def test_joining_two_edges_keeps_the_machines(db: sqlite3.Connection) -> None:
    one = edges(db)[0]
    two = next(e for e in edges(db)[1:] if pair(db, e) == pair(db, one))
    given = pair(db, one) | {
        "source_sentences": sentences(db, one, "source") + sentences(db, two, "source"),
        "sentences": sentences(db, one, "article"),
    }
    before = db.execute("select * from changes order by id").fetchall()
    row = realign.realign(db, given, "ida").row
    assert row["operation"] == "merged"
    assert set(json.loads(row["replaces"])) == {one, two}
    assert db.execute("select * from changes order by id").fetchall() == before
    assert saving.set_withdrawn(db, "realignments", row["id"], {"revision": 1}, "ida", True).row["withdrawn"] == 1


def test_an_operation_must_fit_its_sides(db: sqlite3.Connection) -> None:
    one = edges(db)[0]
    given = pair(db, one) | {"source_sentences": sentences(db, one, "source"), "sentences": []}
    assert realign.realign(db, given, "ida").row["operation"] == "dropped"
    with pytest.raises(Invalid, match="does not fit"):
        realign.realign(db, given | {"operation": "added"}, "ida")
    with pytest.raises(Invalid, match="at least one sentence"):
        realign.realign(db, pair(db, one), "ida")
    with pytest.raises(Invalid, match="not in this article"):
        realign.realign(db, given | {"sentences": sentences(db, one, "source")}, "ida")
