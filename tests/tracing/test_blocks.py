"""Which groups of sentences may be one edge."""

from __future__ import annotations

import pytest

from retold.model import Article, Sentence
from retold.tracing.alignment import blocks
from retold.tracing.alignment.similarity import Pair, compare, side
from retold.tracing.weights import Weights

CLOSED = "Marlow Bay closed its only ferry on Tuesday after an inspection found a crack in the hull."
AGAIN = "The ferry was closed on Tuesday."
BRIDGE = "The council will meet on Friday to discuss a temporary bridge."


def made(name: str, *told: str) -> Article:
    article = Article(name, name, 1, None, name, "", "0")
    for n, text in enumerate(told):
        start = len(article.text)
        article.text += text + "\n"
        words = len(text.split())
        article.sentences.append(Sentence(f"{name}{n}", name, n, n, "body", text, start, start + len(text), words))
    return article


def pair(left: list[str], right: list[str]) -> Pair:
    return compare(side(made("a", *left), Weights()), side(made("b", *right), Weights()))


def test_two_that_are_surely_one_are_in_no_block_apart() -> None:
    told = "The only ferry of Marlow Bay closed on Tuesday after an inspection found its hull cracked."
    found = blocks.candidates(pair([CLOSED, AGAIN, BRIDGE], [told, "The ferry may open on Friday.", BRIDGE]))
    assert any(b.left == (0,) and b.right == (0,) for b in found)
    assert all((0 in b.left) == (0 in b.right) for b in found)


def test_a_member_that_tells_again_what_the_others_tell_is_not_merged() -> None:
    told = "On Tuesday the only ferry of Marlow Bay was closed over a crack, the third this year."
    assert blocks.values(pair([CLOSED, AGAIN], [told]), [((0, 1), (0,))]) == [-1.0]


def test_each_member_with_something_of_its_own_is_merged() -> None:
    told = "Marlow Bay closed its only ferry on Tuesday, and the council will discuss a temporary bridge on Friday."
    [both, first, second] = blocks.values(pair([CLOSED, BRIDGE], [told]), [((0, 1), (0,)), ((0,), (0,)), ((1,), (0,))])
    assert both > max(first, second)


def test_a_text_that_repeats_itself_tries_few_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [f"The council said on Tuesday that ferry {n} would be closed for repairs." for n in range(120)]
    tried = 0

    def counted(one: Pair, found: list[blocks.Joined]) -> list[float]:
        nonlocal tried
        tried += len(found)
        return values(one, found)

    values = blocks.values
    monkeypatch.setattr(blocks, "values", counted)
    found = blocks.candidates(pair(told, told[::-1]))
    assert {((n,), (119 - n,)) for n in range(120)} <= {(b.left, b.right) for b in found}
    assert tried < 800 * len(told)
