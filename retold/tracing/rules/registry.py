"""Rules under their labels. Adding a label touches ``codebook.yml``, one rule function and one test."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from retold.model import Suggestion
from retold.tracing.view import EdgeView

Rule = Callable[[EdgeView], Iterable[Suggestion]]
RULES: dict[str, list[Rule]] = {}


def rule(label: str) -> Callable[[Rule], Rule]:
    """Register a function of an edge under the label of the codebook that it suggests."""

    def register(function: Rule) -> Rule:
        RULES.setdefault(label, []).append(function)
        return function

    return register
