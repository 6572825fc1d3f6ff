"""How much a term tells: inverse document frequency, steady on five articles and exact on five thousand.

A corpus of a few articles on one event would make the words of that event look common. So every count is added to that
of an imagined corpus in which a function word stands in most documents and any other word in few (a Dirichlet prior;
Sparck Jones 1972 for the measure itself).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from retold.model import Article
from retold.tracing import terms

PRIOR_DOCUMENTS = 200
PRIOR_FUNCTION = 150.0
PRIOR_OTHER = 1.0
NUMBER_FACTOR = 1.1
FUNCTION_WEIGHT = 0.12
HIGHEST = math.log((PRIOR_DOCUMENTS + 1) / PRIOR_OTHER)


@dataclass(slots=True)
class Weights:
    """Document frequencies of stems over a corpus; without any, the prior alone speaks."""

    documents: int = 0
    frequency: Mapping[str, int] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str, english: bool = True) -> float:
        """The weight of a word: about 0.1 for a function word, up to 1 for a word of no other document."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = self._weigh(word, english)
        return found

    def of_stem(self, stem: str) -> float:
        """The weight of a stem as it was counted."""
        return self._from_count(stem, stem, stem in terms.FUNCTION_WORDS)

    def _weigh(self, word: str, english: bool) -> float:
        key = terms.stem(word) if english else word
        return self._from_count(word, key, english and word in terms.FUNCTION_WORDS)

    def _from_count(self, word: str, key: str, is_function: bool) -> float:
        if is_function:
            return FUNCTION_WEIGHT
        seen = self.frequency.get(key, 0)
        documents = self.documents + PRIOR_DOCUMENTS
        weight = math.log((documents + 1) / (seen + PRIOR_OTHER)) / math.log((documents + 1) / PRIOR_OTHER)
        weight = max(FUNCTION_WEIGHT, weight)
        if len(word) == 1 and word.isascii():
            weight *= 0.5
        return weight * NUMBER_FACTOR if terms.is_number(word) else weight


@cache
def prior() -> Weights:
    """The weights without a corpus, shared by all who ask, so that each word is weighed once."""
    return Weights()


def over(articles: Iterable[Article]) -> Weights:
    """The weights of a corpus, counted over the sentences that tell its stories."""
    frequency: Counter[str] = Counter()
    documents = 0
    for article in articles:
        documents += 1
        english = terms.is_english(article)
        found = {w for s in terms.told(article) for w in terms.words(s.text)}
        frequency.update({terms.stem(w) for w in found} if english else found)
    return Weights(documents, frequency)
