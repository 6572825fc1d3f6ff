"""What is made of an article before it can be compared, kept while its story is traced.

A source is compared with one retelling after another, and a retelling may be the source of the next. Whatever depends
on one article alone need not be made again for each of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from retold.model import Article

Made = TypeVar("Made")

KEPT = 64
"""Things kept at a time; the one that was asked for longest ago goes first, so that large stories cost no memory."""


class Prepared:
    """Things made of the articles of one story, each by a function of the article alone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Callable[[Article], Any], str], tuple[Article, Any]] = OrderedDict()

    def of(self, article: Article, make: Callable[[Article], Made]) -> Made:
        """What ``make`` makes of the article, made now or before."""
        key = make, article.id
        known = self._kept.get(key)
        if known is not None and known[0] is article:
            self._kept.move_to_end(key)
            made: Made = known[1]
            return made
        made = make(article)
        self._kept[key] = article, made
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made
