"""Three kinds of made-up corpora: mixed events, every story retold ten times, and no two articles of one event."""

from __future__ import annotations

import random
from datetime import date, timedelta

from generator import Generator, Made, Rates

KINDS = ("mixed", "tenfold", "distinct")
# Outlets that take a wire story mostly cut it (Cagé, Hervé and Viaud 2020 find most online news to be copied verbatim).
WIRE = Rates(copy=0.65, drop=0.25, swap=0.05, comment=0.06, second_hand=0.05)
LEFT_ALONE = 0.6
"""The share of sentences that an outlet which edits leaves as they were."""


class Tenfold(Generator):
    """Every event is one wire story and ten retellings of it."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, WIRE)

    def _event(self, made: Made, number: int, room: int) -> None:
        facts = self._facts()
        day = date(2020, 1, 1) + timedelta(days=self.random.randrange(1800))
        wire = self._add(made, number, "wire", self._report(facts), day, wire=True)
        tellers = [wire]
        for n in range(min(10, room - 1)):
            parent = self.random.choice(tellers[1:]) if len(tellers) > 1 and self._chance("second_hand") else wire
            text = self._retell(made.sentences[parent], facts)
            later = day + timedelta(days=self.random.choice((0, 0, 1, 2)))
            tellers.append(self._add(made, number, f"retelling{n}", text, later))
            made.parent[tellers[-1]] = parent

    def _reworded(self, sentence: str) -> str:
        return sentence if self.random.random() < LEFT_ALONE else super()._reworded(sentence)


class Distinct(Generator):
    """Every event is told once."""

    def _event(self, made: Made, number: int, room: int) -> None:
        day = date(2020, 1, 1) + timedelta(days=self.random.randrange(1800))
        self._add(made, number, "report", self._report(self._facts()), day)


def corpus(kind: str, count: int, seed: int = 1) -> Made:
    """``count`` articles of a kind, in no telling order; the same seed gives the same articles."""
    made = {"mixed": Generator, "tenfold": Tenfold, "distinct": Distinct}[kind](seed).make(count)
    random.Random(seed).shuffle(made.documents)
    return made
