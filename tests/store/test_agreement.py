"""Agreement: known answers, the libraries' answers, and data too small or too unanimous to say anything."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from retold.store import agreement
from retold.store.agreement import Judgement

LABELS = ["quote_altered", "number_changed", "style_only"]


def judge(change: int, person: str, *labels: str, span: tuple[int, int] | None = None) -> Judgement:
    spans = {name: frozenset({("article", *span)}) for name in labels} if span else {}
    return Judgement(f"c{change}", person, frozenset(labels), spans)


def by_label(found: agreement.Agreement) -> dict[str, agreement.LabelAgreement]:
    return {one.label: one for one in found.labels}


def test_a_worked_example() -> None:
    """Ten edges, two people; they differ on one of five uses each: kappa 0.6, by hand."""
    a, b = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0, 0, 1]
    found = agreement.measure(
        [
            judge(n, who, *(["quote_altered"] if v else []))
            for who, values in (("ida", a), ("ole", b))
            for n, v in enumerate(values)
        ],
        LABELS,
    )
    one = by_label(found)["quote_altered"]
    assert (one.edges, one.used) == (10, 10)
    assert one.observed.value == pytest.approx(0.8)
    assert one.kappa.value == pytest.approx(0.6)
    assert one.alpha.value == pytest.approx(0.62)
    assert one.alpha.low is not None
    assert one.alpha.high is not None
    assert one.alpha.low < 0.62 < one.alpha.high


def test_unanimous_data_is_explained_and_no_error() -> None:
    found = agreement.measure([judge(n, who, "style_only") for n in range(4) for who in ("ida", "ole")], LABELS)
    for one in found.labels:
        assert one.observed.value == 1
        assert one.alpha.value is None
        assert one.kappa.value is None
        assert one.alpha.why == agreement.UNANIMOUS
    assert found.alpha.value is None
    assert found.pairs[0].kappa.value is None


@pytest.mark.parametrize("judgements", [[], [judge(1, "ida", "style_only")], [judge(1, "ida"), judge(2, "ole")]])
def test_no_shared_edge_is_explained(judgements: list[Judgement]) -> None:
    found = agreement.measure(judgements, LABELS)
    assert found.edges == 0
    assert found.alpha.why == found.labels[0].observed.why == agreement.NOTHING


def test_sets_that_overlap_count_as_nearer_than_sets_that_do_not() -> None:
    def alpha(*second: str) -> float:
        base = [judge(n, who, LABELS[n % 2]) for n in range(6) for who in ("ida", "ole")]
        last = [judge(9, "ida", "quote_altered", "number_changed"), judge(9, "ole", *second)]
        value = agreement.measure(base + last, LABELS).alpha.value
        assert value is not None
        return value

    assert alpha("quote_altered", "number_changed") == 1
    assert 1 > alpha("quote_altered") > alpha("style_only")


def test_evidence_is_compared_by_character() -> None:
    def spans(second: tuple[int, int]) -> float | None:
        both = [judge(1, "ida", "quote_altered", span=(0, 10)), judge(1, "ole", "quote_altered", span=second)]
        return by_label(agreement.measure(both, LABELS))["quote_altered"].spans.value

    assert spans((0, 10)) is None, "identical spans leave nothing outside to differ about"
    near, far = spans((0, 8)), spans((10, 20))
    assert near is not None
    assert far is not None
    assert near > far


def test_three_people_with_missing_judgements() -> None:
    judgements = [judge(n, "ida", *LABELS[: n % 3]) for n in range(8)]
    judgements += [judge(n, "ole", *LABELS[: n % 2]) for n in range(5)] + [
        judge(n, "eve", *LABELS[:1]) for n in range(4, 8)
    ]
    found = agreement.measure(judgements, LABELS)
    assert found.annotators == ("eve", "ida", "ole")
    assert {p.annotators: p.edges for p in found.pairs} == {("eve", "ida"): 4, ("eve", "ole"): 1, ("ida", "ole"): 5}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda c: sum(c) >= 2), min_size=2, max_size=20))
def test_the_resampled_formula_is_krippendorffs(units: list[tuple[int, int]]) -> None:
    counts = np.array(units, dtype=float)
    if (counts.sum(axis=0) > 0).sum() < 2:
        return
    ours = agreement.resampled_alphas(counts, 1 - np.eye(2), np.ones((1, len(units))))[0]
    theirs = krippendorff.alpha(value_counts=counts.astype(int), level_of_measurement="nominal")
    assert ours == pytest.approx(theirs)


def test_same_data_same_interval() -> None:
    judgements = [judge(n, who, *LABELS[: (n * k) % 3]) for n in range(9) for k, who in ((1, "ida"), (2, "ole"))]
    assert agreement.measure(judgements, LABELS) == agreement.measure(list(reversed(judgements)), LABELS)


@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_stays_between_nought_and_one(accepted: int, rejected: int) -> None:
    found = agreement.wilson(accepted, rejected)
    if accepted + rejected == 0:
        assert found.value is None
    else:
        assert found.low is not None
        assert found.high is not None
        assert found.value is not None
        assert 0 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 1


@given(st.lists(st.lists(st.frozensets(st.sampled_from(LABELS)), min_size=2, max_size=3), min_size=2, max_size=8))
def test_alpha_of_sets_is_nltks(edges: list[list[frozenset[str]]]) -> None:
    judgements = [
        Judgement(f"c{n}", f"p{who}", labels) for n, group in enumerate(edges) for who, labels in enumerate(group)
    ]
    ours = agreement.measure(judgements, LABELS).alpha.value
    if ours is None:
        assert len({labels for group in edges for labels in group}) == 1
        return
    data = [(j.annotator, j.change_id, j.labels) for j in judgements]
    theirs = AnnotationTask(data, distance=lambda a, b: 0.0 if a == b else masi_distance(a, b)).alpha()
    assert ours == pytest.approx(theirs)
