"""Articles as weighted terms: how alike two of them, or two groups of them, are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.tracing.profiles import Integers

Values = NDArray[np.float64]


@dataclass(slots=True)
class Bag:
    """Terms in ascending order, each with a value."""

    terms: Integers
    values: Values

    def dot(self, other: Bag) -> float:
        """The sum of the products of the values of common terms: the cosine, where both have length 1."""
        if not len(self.terms) or not len(other.terms):
            return 0.0
        few, many = (self, other) if len(self.terms) <= len(other.terms) else (other, self)
        place = np.minimum(np.searchsorted(many.terms, few.terms), len(many.terms) - 1)
        same = many.terms[place] == few.terms
        return float(many.values[place[same]] @ few.values[same])

    def plus(self, other: Bag) -> Bag:
        """Both together."""
        terms, place = np.unique(np.concatenate([self.terms, other.terms]), return_inverse=True)
        values = np.zeros(len(terms))
        np.add.at(values, place, np.concatenate([self.values, other.values]))
        return Bag(terms, values)


def unit(terms: Integers, counts: Integers, weights: Values) -> Bag:
    """A bag of length 1, each term valued by its weight, damped for repetition (1 + log count)."""
    values = weights * (1 + np.log(np.maximum(counts, 1)))
    length = float(np.sqrt(values @ values))
    return Bag(terms, values / length if length else values)
