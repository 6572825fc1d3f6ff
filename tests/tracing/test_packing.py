"""Weighted set packing: the choice must be the best there is."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.tracing.alignment.packing import Block, pack

GROUP = st.sets(st.integers(0, 4), min_size=1, max_size=3).map(lambda s: tuple(sorted(s)))
BLOCKS = st.lists(st.builds(Block, GROUP, GROUP, st.integers(-20, 100).map(lambda n: n / 10)), max_size=9)


def best(blocks: list[Block]) -> float:
    """The greatest total by trying every choice."""
    found = 0.0
    for size in range(1, len(blocks) + 1):
        for choice in combinations(blocks, size):
            members = [m for b in choice for m in b.members]
            if len(members) == len(set(members)):
                found = max(found, sum(b.value for b in choice))
    return found


@settings(max_examples=150, deadline=None)
@given(BLOCKS)
def test_the_choice_is_the_best_and_shares_no_sentence(blocks: list[Block]) -> None:
    chosen = pack(blocks)
    members = [m for b in chosen for m in b.members]
    assert len(members) == len(set(members))
    assert abs(sum(b.value for b in chosen) - best(blocks)) < 1e-4


def test_a_greedy_choice_would_be_worse() -> None:
    blocks = [Block((0,), (0,), 3.0), Block((0,), (1,), 2.5), Block((1,), (0,), 2.5)]
    assert pack(blocks) == [Block((1,), (0,), 2.5), Block((0,), (1,), 2.5)]


def test_no_block_is_chosen_that_brings_nothing() -> None:
    assert pack([Block((0,), (0,), 0.0), Block((1,), (1,), -1.0)]) == []
