"""Suggestions as a whole: ids, order, thinning, exclusion, every label with its rule."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.model import Article, Document, Edge, Suggestion
from retold.reading import articles as reading
from retold.tracing import alignment, changes
from retold.tracing.rules.registry import RULES, rule

WIRE = """The council of Obern may close its only pool on Tuesday, Mayor Teresa Ito said.

“We cannot pay for the water, and we will not ask the islanders,” Ito told reporters near the town hall.

The pool was built by monks in 1974 and has 48 lanes.

Farmers said they were angry about the plan, which would cost 3.4 million dollars.
"""
RETOLD = """The council of Obern will close its only pool.

“We can not pay for water, and nobody asked the islanders,” Ito told reporters.

It is a shameful plan. Shops along the quay shut their doors on Friday.

The pool, built in 1974, has nearly 60 lanes. A furious mob of farmers protested against the plan.
"""
FRAGMENTS = [
    "“",
    "”",
    "'",
    "the mayor said ",
    "may ",
    "not ",
    "48 ",
    "nearly 60 ",
    "Obern ",
    ". ",
    "\n\n",
    "🙂",
    "\u202e",
    "will close ",
    "on Thursday ",
    "?",
    "shameful ",
    "$",
    "%",
    "protesters ",
    "mob ",
]


def read(name: str, text: str) -> Article:
    article = reading.article(Document(name, name, text))
    reading.read_all([article])
    return article


def traced(source: str, text: str) -> tuple[list[Edge], list[Suggestion], Article, Article]:
    wire, retelling = read("wire.txt", source), read("retelling.txt", text)
    edges = alignment.align(wire, retelling)
    return edges, changes.suggest(edges, wire, retelling), wire, retelling


def test_every_label_of_the_codebook_has_a_rule() -> None:
    assert set(RULES) == set(changes.label_order())


def test_a_label_takes_one_decorated_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, "claim_added", [])
    rule("claim_added")(lambda view: [view.propose(0.5, "Always.", None, view.article.span)] if view.article else [])
    _, found, _, _ = traced(WIRE, RETOLD)
    assert {s.explanation for s in found if s.label == "claim_added"} == {"Always."}


def test_order_is_that_of_the_edges_then_the_codebook() -> None:
    edges, found, _, _ = traced(WIRE, RETOLD)
    rank = {edge.id: n for n, edge in enumerate(edges)}
    order = changes.label_order()
    keys = [(rank[s.change_id], order.index(s.label)) for s in found]
    assert keys == sorted(keys)
    assert len({s.label for s in found}) >= 4


def test_ids_are_unique_and_repeat() -> None:
    first, second = traced(WIRE, RETOLD)[1], traced(WIRE, RETOLD)[1]
    assert [s.id for s in first] == [s.id for s in second]
    assert len({s.id for s in first}) == len(first)


def test_thinned_and_exclusive() -> None:
    _, found, _, _ = traced(WIRE, RETOLD)
    for edge, count in Counter(s.change_id for s in found).items():
        mine = [s.label for s in found if s.change_id == edge]
        assert count <= changes.MOST_PER_EDGE
        assert mine == ["style_only"] or "style_only" not in mine


def test_an_article_against_itself_has_nothing_to_suggest() -> None:
    assert traced(WIRE, WIRE)[1] == []


@pytest.mark.parametrize("texts", [("", ""), ("", WIRE), (WIRE, ""), ("🙂", "“")])
def test_empty_and_odd_articles(texts: tuple[str, str]) -> None:
    traced(*texts)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join),
)
def test_evidence_is_the_text_at_its_offsets(source: str, text: str) -> None:
    _, found, wire, retelling = traced(source, text)
    for one in found:
        assert one.before == (None if one.source_start is None else wire.text[one.source_start : one.source_end])
        assert one.after == (None if one.start is None else retelling.text[one.start : one.end])
        assert one.before or one.after
        assert 0 <= one.confidence <= 1
        assert one.explanation.strip()


def test_rules_are_plain_functions_with_a_docstring() -> None:
    assert all(f.__doc__ for functions in RULES.values() for f in functions)
