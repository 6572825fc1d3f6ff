"""Do the annotators agree, how surely, and what were the suggestions worth?

The units are edges that at least two people judged. Observed agreement is the share of pairs of judgements that are
alike; Cohen's kappa (1960) corrects it for a pair's own habits, Krippendorff's alpha (2004) for everybody's. Label sets
are compared by the MASI distance (Passonneau 2006). Evidence spans are compared character by character: each code point
of an edge is a unit, inside or outside. Intervals are 95 % percentile bootstraps over edges with a fixed seed.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Any, Literal, TypeAlias

import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance
from numpy.typing import NDArray

from retold.store import counts

Floats: TypeAlias = NDArray[np.float64]
LabelSet: TypeAlias = frozenset[str]

Pass = Literal["blind", "assisted"]
PASSES: tuple[Pass, ...] = ("blind", "assisted")

RESAMPLES = 1_000
SEED = 20_040  # any fixed number: the same data must give the same interval
TOO_FEW = 10  # edges; below this an interval says little and the pages say so


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's labels on one edge; ``spans`` holds evidence as ``(side, start, end)`` by label."""

    change_id: str
    annotator: str
    labels: LabelSet
    spans: dict[str, frozenset[tuple[str, int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """A coefficient with its interval, or None and ``why`` in words."""

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """How far people agree on one label: ``edges`` judged by two or more, ``used`` times, and the measures."""

    label: str
    edges: int
    used: int
    observed: Measure
    kappa: Measure
    alpha: Measure
    spans: Measure


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators: edges both judged, share of identical label sets, mean kappa over labels, alpha of sets."""

    annotators: tuple[str, str]
    edges: int
    observed: Measure
    kappa: Measure
    alpha: Measure


@dataclass(frozen=True, slots=True)
class Agreement:
    """All of it: overall on label sets, per label in the order given, per pair of annotators."""

    edges: int
    annotators: tuple[str, ...]
    observed: Measure
    alpha: Measure
    labels: list[LabelAgreement]
    pairs: list[PairAgreement]


def load(connection: sqlite3.Connection, pass_: Pass | None = None) -> list[Judgement]:
    """Every judgement that stands, of one pass or of both.

    A person judged an edge if they marked it done or annotated it; labels they rejected count as absent.
    """
    where = "not withdrawn and not orphaned" + (" and pass = :pass" if pass_ else "")
    labels: dict[tuple[str, str], dict[str, set[tuple[str, int, int]]]] = defaultdict(dict)
    sql = f'select *, "end" as stop from annotations where {where} order by id'
    for row in connection.execute(sql, {"pass": pass_}):
        found = labels[row["change_id"], row["annotator"]]
        if row["verdict"] != "rejected":
            found.setdefault(row["label"], set()).update(_spans(row))
    if pass_ is None:
        for row in connection.execute(
            "select * from decisions where status = 'done' and not withdrawn and not orphaned"
        ):
            _ = labels[row["change_id"], row["annotator"]]
    return [
        Judgement(change, person, frozenset(found), {name: frozenset(spans) for name, spans in found.items()})
        for (change, person), found in sorted(labels.items())
    ]


def measure(judgements: Sequence[Judgement], labels: Sequence[str]) -> Agreement:
    """Agreement on ``labels``, in their order, over the edges that at least two people judged."""
    shared = _shared(judgements)
    sets: Table = {change: {j.annotator: j.labels for j in group} for change, group in shared.items()}
    people = tuple(sorted({j.annotator for group in shared.values() for j in group}))
    return Agreement(
        edges=len(shared),
        annotators=people,
        observed=_observed(sets),
        alpha=_alpha_of_sets(sets),
        labels=[_label(label, shared) for label in labels],
        pairs=[_pair(pair, sets, labels) for pair in combinations(people, 2)],
    )


Table: TypeAlias = dict[str, dict[str, Any]]  # change → annotator → value


def _shared(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    by_change: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_change[judgement.change_id].append(judgement)
    return {change: group for change, group in sorted(by_change.items()) if len(group) > 1}


def _label(label: str, shared: dict[str, list[Judgement]]) -> LabelAgreement:
    table: Table = {change: {j.annotator: label in j.labels for j in group} for change, group in shared.items()}
    return LabelAgreement(
        label=label,
        edges=len(table),
        used=sum(value for row in table.values() for value in row.values()),
        observed=_observed(table),
        kappa=_mean_kappa(table),
        alpha=_alpha_nominal(table),
        spans=_alpha_spans(label, shared),
    )


def _pair(pair: tuple[str, str], sets: Table, labels: Sequence[str]) -> PairAgreement:
    table = {change: {p: row[p] for p in pair} for change, row in sets.items() if all(p in row for p in pair)}
    kappas = [
        kappa.value
        for label in labels
        if (kappa := _mean_kappa({c: {p: label in s for p, s in row.items()} for c, row in table.items()})).value
        is not None
    ]
    mean = Measure(float(np.mean(kappas))) if kappas else Measure(None, why="no label on which the two could differ")
    return PairAgreement(pair, len(table), _observed(table), mean, _alpha_of_sets(table))


def _observed(table: Table) -> Measure:
    """The share of pairs of judgements of one edge that are alike, each edge counting the same."""
    if not table:
        return _nothing()
    shares = np.array([_alike(list(row.values())) for row in table.values()])
    weights = _resamples(len(shares))
    return _with_interval(float(shares.mean()), weights @ shares / len(shares))


def _alike(values: list[Any]) -> float:
    pairs = list(combinations(values, 2))
    return float(np.mean([a == b for a, b in pairs]))


def _mean_kappa(table: Table) -> Measure:
    """Cohen's kappa, averaged over the pairs of annotators who share edges."""
    pairs: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for row in table.values():
        for a, b in combinations(sorted(row), 2):
            pairs[a, b].append((row[a], row[b]))
    if not pairs:
        return _nothing()
    kappas = [k for values in pairs.values() if (k := _kappa(values)) is not None]
    if not kappas:
        return Measure(None, why=UNANIMOUS)
    return Measure(float(np.mean(kappas)))


def _kappa(values: Sequence[tuple[bool, bool]]) -> float | None:
    if len(set(values)) == 1 and values[0][0] == values[0][1]:
        return None
    counted = Counter(values)
    return _kappa_of(tuple(counted[pair] for pair in BOTH_WAYS))


BOTH_WAYS = ((False, False), (False, True), (True, False), (True, True))


@lru_cache(maxsize=4096)
def _kappa_of(counts: tuple[int, ...]) -> float:
    """Kappa from how often the two said what; each pair of people is asked for by label and by pair."""
    values = [pair for pair, count in zip(BOTH_WAYS, counts, strict=True) for _ in range(count)]
    task = AnnotationTask(
        [(who, str(n), v) for n, pair in enumerate(values) for who, v in zip("ab", pair, strict=True)]
    )
    return float(task.kappa_pairwise("a", "b"))


UNANIMOUS = "everybody always chose the same, so there is no chance agreement to correct for"
NOTHING = "no edge was judged by two people yet"


def _nothing() -> Measure:
    return Measure(None, why=NOTHING)


def _alpha_nominal(table: Table) -> Measure:
    if not table:
        return _nothing()
    counts = np.array([[list(row.values()).count(False), list(row.values()).count(True)] for row in table.values()])
    return _alpha(counts.astype(float), 1 - np.eye(2), lambda: _library_alpha(counts))


def _library_alpha(counts: NDArray[Any]) -> float:
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _alpha_of_sets(table: Table) -> Measure:
    if not table:
        return _nothing()
    distinct = sorted({value for row in table.values() for value in row.values()}, key=sorted)
    index = {value: n for n, value in enumerate(distinct)}
    counts = np.zeros((len(table), len(distinct)))
    for n, row in enumerate(table.values()):
        for value in row.values():
            counts[n, index[value]] += 1
    distances = np.array([[_masi(a, b) for b in distinct] for a in distinct])
    # Not the library's: it holds units times values squared, which is gigabytes where people use hundreds of sets.
    return _alpha(counts, distances, lambda: float(resampled_alphas(counts, distances, np.ones((1, len(counts))))[0]))


def _masi(a: LabelSet, b: LabelSet) -> float:
    # nltk divides by the size of the union; two empty sets are the same set.
    return 0.0 if a == b else float(masi_distance(a, b))


def _alpha_spans(label: str, shared: dict[str, list[Judgement]]) -> Measure:
    """Alpha over the characters of the edges on which at least two people used the label with evidence."""
    counts: list[NDArray[Any]] = []
    for group in shared.values():
        spans = [j.spans[label] for j in group if j.spans.get(label)]
        if len(spans) > 1:
            counts.append(_character_counts(spans))
    if not counts:
        return Measure(None, why="no edge on which two people marked evidence for it")
    whole = np.concatenate(counts)
    if len(np.unique(whole, axis=0)) == 1 and not whole[0].all():
        return Measure(None, why=UNANIMOUS)
    return Measure(_library_alpha(whole))


def _character_counts(spans: Sequence[Collection[tuple[str, int, int]]]) -> NDArray[Any]:
    """For each character from the first to the last marked on either side: how many left it out, how many in."""
    rows = []
    for side in ("source", "article"):
        marked = [[(start, end) for name, start, end in person if name == side] for person in spans]
        flat = [span for person in marked for span in person]
        if not flat:
            continue
        low, high = min(s for s, _ in flat), max(e for _, e in flat)
        inside = np.zeros((len(spans), high - low), dtype=bool)
        for n, person in enumerate(marked):
            for start, end in person:
                inside[n, start - low : end - low] = True
        total = inside.sum(axis=0)
        rows.append(np.stack([len(spans) - total, total], axis=1))
    return np.concatenate(rows)


def _alpha(counts: Floats, distances: Floats, library: Callable[[], float]) -> Measure:
    """Alpha by the library, its interval by resampling units; ``counts`` is units × values, ``distances`` squared."""
    if (counts.sum(axis=0) > 0).sum() == 1:
        return Measure(None, why=UNANIMOUS)
    return _with_interval(library(), resampled_alphas(counts, distances, _resamples(len(counts))))


def resampled_alphas(counts: Floats, distances: Floats, weights: Floats) -> Floats:
    """Krippendorff's alpha for each resample; ``weights`` is resamples × units, how often each unit was drawn."""
    raters = counts.sum(axis=1)
    observed = ((counts @ distances) * counts).sum(axis=1) / (raters - 1)
    totals = weights @ counts
    number = totals.sum(axis=1)
    expected = ((totals @ distances) * totals).sum(axis=1) / (number - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas: Floats = 1 - (weights @ observed) / expected
    return alphas


@lru_cache(maxsize=2)
def _resamples(units: int) -> Floats:
    random = np.random.default_rng(SEED)
    return random.multinomial(units, np.full(units, 1 / units), size=RESAMPLES).astype(float)


def _with_interval(value: float, resampled: Floats) -> Measure:
    usable = resampled[np.isfinite(resampled)]
    if len(usable) < RESAMPLES / 2:
        return Measure(value, why="too few differences for an interval")
    low, high = np.percentile(usable, [2.5, 97.5])
    return Measure(value, float(low), float(high))


def _spans(row: sqlite3.Row) -> set[tuple[str, int, int]]:
    found = set()
    if row["source_start"] is not None:
        found.add(("source", row["source_start"], row["source_end"]))
    if row["start"] is not None:
        found.add(("article", row["start"], row["stop"]))
    return found


@dataclass(frozen=True, slots=True)
class Worth:
    """What the suggestions of one rule were worth to people; ``precision`` is accepted of those decided."""

    rule: str
    label: str
    suggested: int
    accepted: int
    rejected: int
    precision: Measure


def worth(connection: sqlite3.Connection) -> list[Worth]:
    """Per rule and label: how often people accepted and rejected its suggestions; Wilson's interval (1927)."""
    sql = """
        select s.label || ' ' || s.rule as key, sum(n.verdict = 'accepted') as accepted,
               sum(n.verdict = 'rejected') as rejected
        from annotations n cross join suggestions s on s.id = n.suggestion_id where not n.withdrawn group by 1
    """
    judged = {row["key"]: (row["accepted"], row["rejected"]) for row in connection.execute(sql)}
    order = {row["id"]: n for n, row in enumerate(connection.execute("select id from labels order by ordinal, id"))}
    found = []
    for key, suggested in counts.by_key(connection, "rule").items():
        label, rule = key.split(" ", 1)
        accepted, rejected = judged.get(key, (0, 0))
        if label in order:
            found.append(Worth(rule, label, suggested, accepted, rejected, wilson(accepted, rejected)))
    return sorted(found, key=lambda one: (order[one.label], one.rule))


def wilson(accepted: int, rejected: int) -> Measure:
    """A share with Wilson's 95 % score interval, which holds for small numbers and at 0 and 1."""
    number = accepted + rejected
    if not number:
        return Measure(None, why="nobody decided on one yet")
    share, z = accepted / number, 1.959964
    centre = (share + z * z / (2 * number)) / (1 + z * z / number)
    half = z / (1 + z * z / number) * float(np.sqrt(share * (1 - share) / number + z * z / (4 * number * number)))
    return Measure(share, max(0.0, centre - half), min(1.0, centre + half))
