"""What people enter: annotations and decisions, checked, stored once and never deleted.

Every function takes an open connection, expects to run inside a transaction that already holds the write lock
(``begin immediate``), and either writes the row together with its event or raises before writing anything:
:class:`Invalid`, :class:`StaleWrite`, :class:`Missing` or :class:`NotYours`.

``revision`` in what is given is the revision of the row that the person saw, None where they saw no row. Sending
again what is already stored changes nothing and is no error, so a client may repeat a request whose answer it lost.
"""

from __future__ import annotations

import sqlite3
from itertools import count
from typing import Any

from retold.model import digest
from retold.store import evidence, fields, history, saving
from retold.store.errors import Invalid, Row

OPERATIONS = ("kept", "reworded", "merged", "split", "dropped", "added")
REVISION = fields.integer(1)
DEFAULTS = {"comment": "", "pass": "assisted", "severity": None, "certainty": None}
KEPT = ("label", "suggestion_id")  # what an annotation is about, and so never changes

ANNOTATION: dict[str, fields.Reader] = {
    "id": fields.name,
    "change_id": fields.name,
    "label": fields.name,
    "verdict": fields.one_of("accepted", "rejected", "added"),
    "suggestion_id": fields.name,
    "source_start": fields.integer(0),
    "source_end": fields.integer(1),
    "start": fields.integer(0),
    "end": fields.integer(1),
    "severity": fields.integer(1, 3),
    "certainty": fields.integer(1, 3),
    "comment": fields.comment,
    "pass": fields.one_of("blind", "assisted"),
    "revision": REVISION,
}
DECISION: dict[str, fields.Reader] = {
    "change_id": fields.name,
    "status": fields.one_of("done", "skipped", "flagged"),
    "operation": fields.one_of(*OPERATIONS),
    "comment": fields.comment,
    "withdrawn": fields.integer(0, 1),
    "revision": REVISION,
}


def annotate(connection: sqlite3.Connection, given: Any, annotator: str, at: str | None = None) -> saving.Written:
    """Store a person's judgement of one label on one edge.

    A row is one annotator's view of one suggestion, or of one label on one piece of evidence; its id follows from
    these, so copies of a dataset can be merged. Naming the ``id`` of an existing row moves that row's evidence.
    """
    sent = fields.read(given, ANNOTATION, required=("change_id", "verdict"))
    wanted = dict.fromkeys(ANNOTATION) | sent
    id_ = wanted.pop("id")
    current = saving.own(connection, "annotations", id_, annotator) if id_ else None
    if current is not None:
        wanted |= {name: wanted[name] or current[name] for name in KEPT}
    suggestion = _suggestion(connection, wanted)
    current = current or _same(connection, wanted, annotator)
    wanted = _complete(wanted, suggestion, current) | _unsent(sent, current, DEFAULTS)
    edge = _edge(connection, wanted["change_id"], current)
    version = _label_version(connection, wanted["label"])
    revision = wanted.pop("revision")
    row = wanted | evidence.locate(connection, edge, wanted)
    row |= {"article_id": edge["article_id"], "source_article_id": edge["source_article_id"]}
    row |= {"annotator": annotator, "codebook_version": version, "withdrawn": 0}
    new_id = id_ or _free_id(connection, "annotations", "n-", _about(wanted, annotator))
    return saving.save(connection, "annotations", new_id, row, current, revision, at)


def decide(connection: sqlite3.Connection, given: Any, annotator: str, at: str | None = None) -> saving.Written:
    """Store where one annotator stands with one edge; ``operation`` only where it corrects the machine's.

    ``withdrawn`` 1 takes the decision back: the edge is undecided again. Any later decision brings the row back.
    """
    wanted = fields.read(given, DECISION, required=("change_id", "status"))
    revision = wanted.pop("revision", None)
    current = _decision(connection, wanted["change_id"], annotator)
    _edge(connection, wanted["change_id"], current)
    row = wanted | _unsent(wanted, current, {"comment": "", "operation": None})
    row |= {"annotator": annotator, "withdrawn": wanted.get("withdrawn") or 0}
    new_id = _free_id(connection, "decisions", "d-", [wanted["change_id"], annotator])
    return saving.save(connection, "decisions", new_id, row, current, revision, at)


def _about(wanted: Row, annotator: str) -> list[str]:
    """What makes an annotation this one and no other."""
    if wanted["suggestion_id"]:
        return [wanted["change_id"], annotator, wanted["label"], "suggestion", wanted["suggestion_id"]]
    where = [str(wanted[side]) for side in evidence.OFFSETS]
    return [wanted["change_id"], annotator, wanted["label"], "evidence", *where]


def _free_id(connection: sqlite3.Connection, table: str, prefix: str, about: list[str]) -> str:
    """The digest of what the row is about; counted up where an older row of that id has since moved elsewhere."""
    for attempt in count(1):
        id_ = prefix + digest(*about, *([str(attempt)] if attempt > 1 else []), length=20)
        if history.one(connection, table, id_) is None:
            return id_
    raise AssertionError("unreachable: count never ends")


def _same(connection: sqlite3.Connection, wanted: Row, annotator: str) -> Row | None:
    """The annotator's row about the same thing, by what it says now: its id may stem from an edge before a rebuild."""
    sql = "select * from annotations where change_id = ? and annotator = ? and label = ?"
    for row in history.rows(connection, sql, [wanted["change_id"], annotator, wanted["label"]]):
        if _about(row, annotator) == _about(wanted, annotator):
            return row
    return None


def _decision(connection: sqlite3.Connection, change_id: str, annotator: str) -> Row | None:
    """By its edge, not its id: a rebuild may have moved it here from another edge."""
    sql = "select * from decisions where change_id = ? and annotator = ?"
    return next(iter(history.rows(connection, sql, [change_id, annotator])), None)


def _suggestion(connection: sqlite3.Connection, wanted: Row) -> Row | None:
    """The suggestion judged, its label filled in; None where there is none, or none any more."""
    if wanted["verdict"] == "added":
        if wanted["suggestion_id"]:
            raise Invalid(
                {"suggestion_id": "A label of your own has no suggestion: leave it out, or accept or reject."}
            )
        if not wanted["label"]:
            raise Invalid({"label": "Missing. Send the id of a label of the codebook."})
        return None
    if not wanted["suggestion_id"]:
        raise Invalid({"suggestion_id": "Name the suggestion, or send the verdict 'added' for a label of your own."})
    found = history.one(connection, "suggestions", wanted["suggestion_id"])
    if found is None:
        return None
    if found["change_id"] != wanted["change_id"]:
        raise Invalid({"suggestion_id": "This suggestion belongs to another edge. Reload the page."})
    if wanted["label"] not in (None, found["label"]):
        raise Invalid(
            {"label": f"The suggestion is of {found['label']!r}. To add another label, send verdict 'added'."}
        )
    wanted["label"] = found["label"]
    return found


def _complete(wanted: Row, suggestion: Row | None, current: Row | None) -> Row:
    """Defaults for what was left out: evidence from the row as it stands, else from the suggestion."""
    if current is None and wanted["suggestion_id"] and suggestion is None:
        raise Invalid({"suggestion_id": "This suggestion is no longer in the dataset. Reload the page."})
    for name in KEPT:
        if current is not None and wanted[name] != current[name]:
            raise Invalid({name: f"An annotation keeps its {name}: withdraw this one and add another."})
    basis = current or suggestion
    if basis is not None and all(wanted[side] is None for side in evidence.OFFSETS):
        wanted |= {side: basis[side] for side in evidence.OFFSETS}
    return wanted


def _unsent(sent: Row, current: Row | None, defaults: Row) -> Row:
    """Values for what was not sent: those that stand in the row, so that a change of verdict keeps the comment."""
    found = {name: current[name] if current else default for name, default in defaults.items() if name not in sent}
    cleared = {name: default for name, default in defaults.items() if name in sent and sent[name] is None}
    return found | cleared


def _edge(connection: sqlite3.Connection, change_id: str, current: Row | None) -> Row:
    edge = history.one(connection, "changes", change_id)
    moved = current is not None and current["change_id"] != change_id
    if edge is None or moved or (edge["retired"] and current is None):
        raise Invalid({"change_id": "No such edge any more: the dataset was built anew. Reload the page."})
    return edge


def _label_version(connection: sqlite3.Connection, label: str | None) -> int:
    row = history.one(connection, "labels", label or "")
    if row is None:
        raise Invalid({"label": "No such label in the codebook. See /-/codebook."})
    return int(row["version"])
