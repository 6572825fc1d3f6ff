"""The agreement page: every figure of it from one connection, to be computed once and kept while nobody writes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from retold.store import agreement
from retold.store.queries.base import Row, one, rows

# Krippendorff (2004), chapter 11: from here a variable is reliable, from there only tentative conclusions hold.
RELIABLE, TENTATIVE = 0.8, 0.667
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Pull:
    """How far people follow suggestions in one pass: of ``offered`` labels suggested on an edge they gave ``given``.

    ``others`` counts the labels that they gave without any suggestion, ``judgements`` the people's edges.
    """

    judgements: int
    offered: int
    given: int
    others: int
    share: agreement.Measure


@dataclass(frozen=True, slots=True)
class Figures:
    """``blind`` and ``assisted`` hold the agreement within one pass, ``pull`` what people gave in each."""

    overall: agreement.Agreement
    blind: agreement.Agreement
    assisted: agreement.Agreement
    pull: dict[str, Pull]
    worth: list[agreement.Worth]
    labels: list[Row]


def key(connection: sqlite3.Connection) -> Key:
    """Differs whenever the figures may: after anybody's entry, after a build, after a change of the codebook."""
    sql = """
        select (select max(id) from annotation_events), (select max(id) from builds),
               (select group_concat(id || char(31) || name, char(30))
                from (select id, name from labels order by ordinal, id))
    """
    return tuple((one(connection, sql) or {}).values())


def figures(connection: sqlite3.Connection) -> Figures:
    """All of it. ``connection`` needs rows that can be asked by name; seconds on thousands of edges."""
    labels = rows(connection, "select id, name from labels order by ordinal, id")
    names = [row["id"] for row in labels]
    passes = {name: agreement.load(connection, name) for name in agreement.PASSES}
    suggested = _suggested(connection)
    return Figures(
        overall=agreement.measure(agreement.load(connection), names),
        blind=agreement.measure(passes["blind"], names),
        assisted=agreement.measure(passes["assisted"], names),
        pull={name: _pull(judgements, suggested) for name, judgements in passes.items()},
        worth=agreement.worth(connection),
        labels=labels,
    )


def _suggested(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The labels suggested, by edge, on the edges that anybody judged."""
    found: dict[str, set[str]] = defaultdict(set)
    sql = """
        select distinct s.change_id, s.label
        from (select change_id from annotations union select change_id from decisions) j
        cross join suggestions s on s.change_id = j.change_id
    """
    for row in rows(connection, sql):
        found[row["change_id"]].add(row["label"])
    return found


def _pull(judgements: list[agreement.Judgement], suggested: dict[str, set[str]]) -> Pull:
    offered = given = others = 0
    for one_ in judgements:
        proposed = suggested.get(one_.change_id, set())
        offered += len(proposed)
        given += len(proposed & one_.labels)
        others += len(one_.labels - proposed)
    return Pull(len(judgements), offered, given, others, agreement.wilson(given, offered - given))


def reading(measure: agreement.Measure) -> str:
    """What a value of alpha allows, in Krippendorff's words; empty where there is none."""
    if measure.value is None:
        return ""
    if measure.value >= RELIABLE:
        return "reliable"
    return "tentative" if measure.value >= TENTATIVE else "not reliable"


def table(found: Figures) -> list[Row]:
    """Every measure as a flat row: scope, of what, its name, value, interval, the number of units and why none."""
    flat: list[Row] = []
    for scope in ("overall", "blind", "assisted"):
        part: agreement.Agreement = getattr(found, scope)
        flat += _flat(scope, "label sets", part.edges, {"observed": part.observed, "alpha": part.alpha})
        for label in part.labels:
            flat += _flat(scope, label.label, label.edges, _measures(label))
        for pair in part.pairs:
            flat += _flat(scope, " and ".join(pair.annotators), pair.edges, _measures(pair))
    for name, pull in found.pull.items():
        flat += _flat(name, "suggested labels given", pull.offered, {"share": pull.share})
    for rule in found.worth:
        flat += _flat("suggestions", rule.rule, rule.accepted + rule.rejected, {"precision": rule.precision})
    return flat


def _measures(found: Any) -> dict[str, agreement.Measure]:
    names = ("observed", "kappa", "alpha", "spans")
    return {name: getattr(found, name) for name in names if hasattr(found, name)}


def _flat(scope: str, about: str, units: int, measures: dict[str, agreement.Measure]) -> list[Row]:
    return [{"scope": scope, "about": about, "measure": n, "units": units} | asdict(m) for n, m in measures.items()]


def plain(value: Any) -> Any:
    """Data classes as plain values for JSON."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
