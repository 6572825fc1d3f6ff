"""The people pages: who did how much, what each was given to do, and what each person did, step by step."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from retold.store import anchoring, assign, counts
from retold.store.queries.base import Row, rows

PAGE = 50
LISTED = 200  # stories to choose from; of the others the address or the table of stories tells the id


@dataclass(slots=True)
class People:
    """Everybody who entered or was assigned something, stories to assign, and how far all are together."""

    people: list[Row]
    assignments: list[Row]
    stories: list[Row]
    all_listed: bool
    progress: assign.Progress


@dataclass(slots=True)
class Person:
    """One person: counts, progress, assignments, and a page of what they did, newest first; ``older`` leads on."""

    id: str
    counts: Row
    progress: assign.Progress
    assignments: list[Row]
    events: list[Row]
    older: int | None


def people(connection: sqlite3.Connection) -> People:
    sql = """
        select id, title, articles from stories
        order by retellings desc, articles desc, first_published, title, id limit ?
    """
    stories = sorted(rows(connection, sql, [LISTED]), key=lambda row: (row["title"], row["id"]))
    return People(
        _counts(connection, None),
        _assignments(connection, None),
        stories,
        counts.rows_of(connection)["stories"] <= LISTED,
        assign.progress(connection),
    )


def person(connection: sqlite3.Connection, id_: str, before: int | None = None) -> Person | None:
    """None if nobody of that id ever entered or was assigned anything."""
    counts = _counts(connection, id_)
    if not counts:
        return None
    events = rows(connection, _EVENTS, {"person": id_, "before": before, "limit": PAGE + 1})
    older = events[PAGE - 1]["id"] if len(events) > PAGE else None
    return Person(
        id_,
        counts[0],
        assign.progress(connection, id_),
        _assignments(connection, id_),
        [_event(event) for event in events[:PAGE]],
        older,
    )


def _counts(connection: sqlite3.Connection, person: str | None) -> list[Row]:
    return rows(connection, _COUNTS, {"person": person, "machine": anchoring.ACTOR})


def _assignments(connection: sqlite3.Connection, person: str | None) -> list[Row]:
    """Assignments that stand, each with its story and how many of the edges to judge are judged by that person."""
    return rows(connection, _ASSIGNMENTS, {"person": person})


_COUNTS = """
    with who (id) as (
      select annotator from decisions union select key from authored_counts where what in ('annotator', 'commenter')
      union select adjudicator from adjudications union select annotator from assignments where not withdrawn
      union select actor from annotation_events
    )
    select w.id,
           coalesce(d.done, 0) as done, coalesce(d.flagged, 0) as flagged, coalesce(d.skipped, 0) as skipped,
           coalesce((select n from authored_counts where what = 'annotator' and key = w.id), 0) as annotations,
           coalesce((select n from authored_counts where what = 'commenter' and key = w.id), 0) as comments,
           (select count(*) from adjudications j where j.adjudicator = w.id) as rulings,
           (select e.at from annotation_events e where e.actor = w.id order by e.id desc limit 1) as last
    from who w
    left join (select n.annotator, sum(n.status = 'done' and c.operation <> 'kept' and not c.retired) as done,
                      sum(n.status = 'flagged') as flagged, sum(n.status = 'skipped') as skipped
               from decisions n join changes c on c.id = n.change_id
               where not n.withdrawn group by n.annotator) d on d.annotator = w.id
    where (:person is null or w.id = :person) and w.id <> :machine
    order by last is null, last desc, w.id
"""
_ASSIGNMENTS = """
    select g.*, s.title, count(c.id) as edges,
           count(case when d.status in ('done', 'flagged') then 1 end) as judged
    from assignments g
    left join stories s on s.id = g.story_id
    left join articles a on a.story_id = g.story_id
    left join changes c on c.article_id = a.id and not c.retired and c.derivation_id is not null
                       and c.operation <> 'kept'
    left join decisions d on d.change_id = c.id and d.annotator = g.annotator and not d.withdrawn
    where not g.withdrawn and (:person is null or g.annotator = :person)
    group by g.id order by g.annotator, s.title, g.id
"""
_EVENTS = """
    select * from annotation_events where actor = :person and (:before is null or id < :before)
    order by id desc limit :limit
"""


def _event(event: Row) -> Row:
    """The event with what it says of the row before and after, and where the row leads: an edge, a pair or a story."""
    before, after = (json.loads(event[side]) if event[side] else {} for side in ("before", "after"))
    row = after or before
    return event | {
        "about": _about(event["table_name"], row),
        "was": said(before),
        "now": said(after),
        "row": {name: row.get(name) for name in ("change_id", "source_article_id", "article_id", "story_id")},
    }


def _about(table: str, row: dict[str, Any]) -> str:
    kinds = {"decisions": "the edge", "comments": "a comment", "realignments": "a corrected edge"}
    kinds |= {"assignments": f"an assignment of {row.get('annotator', 'somebody')}"}
    return kinds.get(table) or str(row.get("label") or table).replace("_", " ")


def said(row: dict[str, Any]) -> str:
    """What a row of any authored table says, in a few words; empty for no row."""
    if not row:
        return ""
    if row.get("withdrawn"):
        return "withdrawn"
    words = [row.get(name) for name in ("verdict", "status", "operation", "text", "pass" if "story_id" in row else "")]
    told = ", ".join(str(word) for word in words if word)
    return f"{told}, “{row['comment']}”" if row.get("comment") else told
