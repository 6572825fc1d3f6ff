"""The gold layer: disagreements side by side, and the decision of whoever settles them, apart from everyone's own."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from retold.model import digest
from retold.store import agreement, fields, history, saving
from retold.store.errors import Invalid

ADJUDICATION: dict[str, fields.Reader] = {
    "change_id": fields.name,
    "label": fields.name,
    "verdict": fields.one_of("accepted", "rejected"),
    "comment": fields.comment,
    "revision": fields.integer(1),
}


@dataclass(slots=True)
class Dispute:
    """A label on an edge about which people differ: who says that it holds, who that it does not, and the ruling."""

    change_id: str
    label: str
    holds: list[str] = field(default_factory=list)
    fails: list[str] = field(default_factory=list)
    ruling: dict[str, Any] | None = None


def adjudicate(connection: sqlite3.Connection, given: Any, actor: str, at: str | None = None) -> saving.Written:
    """Settle whether a label holds on an edge; one ruling per edge and label, revised under optimistic locking."""
    sent = fields.read(given, ADJUDICATION, required=("change_id", "label", "verdict"))
    if history.one(connection, "changes", sent["change_id"]) is None:
        raise Invalid({"change_id": "No such edge any more: the dataset was built anew. Reload the page."})
    if history.one(connection, "labels", sent["label"]) is None:
        raise Invalid({"label": "No such label in the codebook. See /-/codebook."})
    id_ = "j-" + digest(sent["change_id"], sent["label"], length=20)
    revision = sent.pop("revision", None)
    current = history.one(connection, "adjudications", id_)
    row = {"comment": current["comment"] if current else ""} | sent | {"adjudicator": actor}
    row["comment"] = row["comment"] or ""  # null clears it
    return saving.save(connection, "adjudications", id_, row, current, revision, at, actor=actor)


def disputes(connection: sqlite3.Connection) -> list[Dispute]:
    """Every label on which the judges of an edge differ, in story order, settled ones with their ruling."""
    judged: dict[str, list[agreement.Judgement]] = defaultdict(list)
    for judgement in agreement.load(connection):
        judged[judgement.change_id].append(judgement)
    rulings = {(r["change_id"], r["label"]): dict(r) for r in history.rows(connection, "select * from adjudications")}
    differing = {change: found for change in judged if (found := _of(judged[change]))}
    order = {r["id"]: n for n, r in enumerate(history.rows(connection, ORDER, [json.dumps(list(differing))]))}
    found = [one for change in sorted(differing, key=lambda c: order.get(c, -1)) for one in differing[change]]
    for dispute in found:
        dispute.ruling = rulings.get((dispute.change_id, dispute.label))
    return found


ORDER = """
    select id from changes where id in (select value from json_each(?))
    order by source_article_id, article_id, position, id
"""


def _of(judgements: list[agreement.Judgement]) -> list[Dispute]:
    labels = sorted({label for judgement in judgements for label in judgement.labels})
    found = []
    for label in labels:
        holds = [j.annotator for j in judgements if label in j.labels]
        fails = [j.annotator for j in judgements if label not in j.labels]
        if holds and fails:
            found.append(Dispute(judgements[0].change_id, label, holds, fails))
    return found
