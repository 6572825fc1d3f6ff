"""Which edges count as moved: those outside the heaviest chain in the source's order."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from retold.tracing.alignment.order import Joined, out_of_order


def edges(*places: int, alike: float = 0.8) -> dict[Joined, float]:
    """One edge per article sentence, to the source sentence given."""
    return {((left,), (right,)): alike for right, left in enumerate(places)}


def test_the_order_of_the_source_is_no_move() -> None:
    assert out_of_order(edges(0, 1, 4, 7)) == set()
    assert out_of_order({}) == set()


def test_the_one_that_jumped_has_moved() -> None:
    assert out_of_order(edges(3, 0, 1, 2)) == {((3,), (0,))}
    assert out_of_order(edges(1, 2, 3, 0)) == {((0,), (3,))}


def test_one_sure_edge_outweighs_two_doubtful_ones() -> None:
    found: dict[Joined, float] = {((2,), (0,)): 0.9, ((0,), (1,)): 0.4, ((1,), (2,)): 0.4}
    assert out_of_order(found) == {((0,), (1,)), ((1,), (2,))}


@given(st.permutations(range(6)), st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_no_chain_is_heavier(places: list[int], weights: list[int]) -> None:
    found: dict[Joined, float] = {((p,), (n,)): weights[n] / 10 for n, p in enumerate(places)}
    kept = [n for n in range(6) if ((places[n],), (n,)) not in out_of_order(found)]
    assert [places[n] for n in kept] == sorted(places[n] for n in kept)
    chains = (c for size in range(7) for c in combinations(range(6), size))
    rising = (c for c in chains if [places[n] for n in c] == sorted(places[n] for n in c))
    assert sum(weights[n] for n in kept) == max(sum(weights[n] for n in c) for c in rising)
