"""Names joined into one, each join with its reason in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from retold.model import Mention
from retold.naming.entities.keys import Key


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A name as such: what kind of thing it names and its key. Mentions of one node always are one entity."""

    kind: str
    key: Key


@dataclass(slots=True)
class Use:
    """Where a name stands: its mentions, its articles, its spellings in the order of first use."""

    mentions: list[Mention] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    spellings: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The most frequent spelling; of equals the longest, then the first in the alphabet."""
        return min(self.spellings, key=lambda s: (-self.spellings[s], -len(s), s))


class Joins:
    """Sets of nodes that are one entity (union-find), with the reason of every join."""

    def __init__(self) -> None:
        self.uses: dict[Node, Use] = {}
        self._parent: dict[Node, Node] = {}
        self._reasons: dict[Node, set[str]] = defaultdict(set)

    def use(self, node: Node, mention: Mention, name: str | None = None) -> None:
        """Count a mention for a node; ``name`` where the spelling of the mention is not a name of the node."""
        use = self.uses.setdefault(node, Use())
        use.mentions.append(mention)
        use.articles.add(mention.article_id)
        if name is None:
            use.spellings[mention.text] = use.spellings.get(mention.text, 0) + 1

    def root(self, node: Node) -> Node:
        """The node that stands for the whole set."""
        parent = self._parent.get(node, node)
        while parent != self._parent.get(parent, parent):
            parent = self._parent[parent]
        if node != parent:
            self._parent[node] = parent
        return parent

    def join(self, one: Node, other: Node, reason: str) -> None:
        """Make two nodes one entity."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._parent[second] = first
            self._reasons[first] |= self._reasons.pop(second, set()) | {reason}

    def reasons(self, node: Node) -> list[str]:
        """Why the nodes of a set are one, in the order of the alphabet."""
        return sorted(self._reasons[self.root(node)])

    def sets(self) -> Iterable[list[Node]]:
        """The sets, each in order."""
        found: dict[Node, list[Node]] = defaultdict(list)
        for node in sorted(self.uses):
            found[self.root(node)].append(node)
        return found.values()


class Company:
    """Which other names stand in the articles of a name: the evidence that two similar names are one."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self._by_article: dict[str, set[Node]] = defaultdict(set)
        articles = {a for use in joins.uses.values() for a in use.articles}
        limit = max(3, len(articles) // 20)
        for node, use in joins.uses.items():
            if len(use.articles) <= limit:
                for article in use.articles:
                    self._by_article[article].add(node)

    def shared(self, one: Node, other: Node) -> bool:
        """Whether two names stand in one article, or in articles that share another uncommon name."""
        first, second = self.joins.uses[one].articles, self.joins.uses[other].articles
        if first & second:
            return True
        around = {n for a in sorted(first)[:20] for n in self._by_article[a]} - {one, other}
        return any(around & self._by_article[a] for a in sorted(second)[:20])
