"""Which full names are one person, and whom a surname alone means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from rapidfuzz.distance import DamerauLevenshtein

from retold.naming.entities import keys, lexicon
from retold.naming.entities.joining import Company, Joins, Node
from retold.naming.entities.keys import Key

# A block larger than this says that its key is too common to mean anything.
BLOCK = 40


def link(joins: Joins) -> None:
    """Join full names of one person over the corpus: middle names, initials, nicknames, spellings."""
    full = sorted(node for node in joins.uses if node.kind == "PERSON" and len(node.key) > 1)
    company = Company(joins)
    for block in blocks(full, lambda node: (node.key[0], node.key[-1])):
        _shorter(joins, block)
    for block in blocks(full, lambda node: (node.key[-1],)):
        _shorter(joins, block)
        for one, other in pairs(block):
            reason = _same_given(one.key, other.key)
            if reason and company.shared(one, other) and _alone(block, one, other):
                join(joins, one, other, reason)
    for block in blocks(full, lambda node: tuple(keys.sound(word) for word in node.key)):
        for one, other in pairs(block):
            if keys.close(one.key, other.key) and company.shared(one, other) and not _rivals(joins, one, other):
                join(joins, one, other, "spellings of one name, in articles that share other names")


def join(joins: Joins, one: Node, other: Node, reason: str) -> None:
    """Join two names, saying which."""
    if joins.root(one) != joins.root(other):
        names = sorted((joins.uses[one].name, joins.uses[other].name), key=lambda n: (len(n), n))
        joins.join(one, other, f"‘{names[0]}’ and ‘{names[1]}’: {reason}")


def blocks(nodes: list[Node], key: Callable[[Node], Key]) -> Iterator[list[Node]]:
    """Nodes that share a key, small blocks only; linear in the nodes."""
    found: dict[Key, list[Node]] = defaultdict(list)
    for node in nodes:
        found[key(node)].append(node)
    return (block for block in found.values() if 1 < len(block) <= BLOCK)


def pairs(block: list[Node]) -> Iterator[tuple[Node, Node]]:
    """The pairs of a block in order."""
    return ((one, other) for i, one in enumerate(block) for other in block[i + 1 :])


def _shorter(joins: Joins, block: list[Node]) -> None:
    """Join each name with the longer one it shortens, where all that are longer are one person themselves."""
    for short in sorted(block, key=lambda node: (-len(node.key), node)):
        longer = [node for node in block if len(node.key) > len(short.key) and shortens(short.key, node.key)]
        if longer and len({joins.root(node) for node in longer}) == 1 and not _generations(joins, short, longer[0]):
            join(joins, short, longer[0], "the same name without a part of it")


def shortens(short: Key, long: Key) -> bool:
    """Whether a name is the end of another, or the other without middle names."""
    if short == long[-len(short) :]:
        return True
    rest = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(word in rest for word in short)


def _generations(joins: Joins, one: Node, other: Node) -> bool:
    """Whether the spellings state different generations."""
    stated = [{keys.suffix(s) for s in joins.uses[node].spellings} - {""} for node in (one, other)]
    return bool(stated[0] and stated[1] and not stated[0] & stated[1])


def _same_given(one: Key, other: Key) -> str | None:
    """Why two names with one surname may be one person: an initial, or a short form of the given name."""
    first, second = one[0], other[0]
    if first == second or len(one) != len(other):
        return None
    if 1 in {len(first), len(second)} and first[0] == second[0]:
        return "initial and name"
    given = lexicon.word_set("given")
    slips = min(len(first), len(second)) > 4 and not {first, second} <= given
    if slips and first[0] == second[0] and DamerauLevenshtein.distance(first, second) == 1:
        return "one letter apart"
    short = lexicon.nicknames()
    if short.get(first, first) == short.get(second, second):
        return "short form of the given name"
    return None


def _alone(block: list[Node], one: Node, other: Node) -> bool:
    """Whether no third given name fits the initial or short form as well."""
    return sum(_same_given(node.key, other.key) is not None for node in block) == 1 or (
        sum(_same_given(node.key, one.key) is not None for node in block) == 1
    )


def _rivals(joins: Joins, one: Node, other: Node) -> bool:
    """Whether one article uses both spellings again and again, as it would for two persons."""
    counts = [defaultdict(int), defaultdict(int)]  # type: list[defaultdict[str, int]]
    for count, node in zip(counts, (one, other), strict=True):
        for mention in joins.uses[node].mentions:
            count[mention.article_id] += 1
    return any(counts[0][a] > 1 and counts[1][a] > 1 for a in counts[0] if a in counts[1])


class Surnames:
    """The persons named in full in one article, by the words that may stand for them alone."""

    def __init__(self, named: list[tuple[int, Node]]) -> None:
        self._by_word: dict[str, list[tuple[int, Node]]] = defaultdict(list)
        for start, node in named:
            for word in dict.fromkeys(node.key):
                self._by_word[word].append((start, node))

    def meant(self, key: Key, start: int, joins: Joins) -> tuple[Node, str] | None:
        """Whom a short name means, with the reason: the surname's last bearer before it, else a given name or part."""
        for reason, fits in (
            ("surname", lambda node: node.key[-len(key) :] == key),
            ("given name", lambda node: node.key[: len(key)] == key),
            ("part of the name", lambda node: len(key) == 1 and key[0] in node.key),
        ):
            found = [(at, n) for at, n in self._by_word.get(key[-1], ()) if len(n.key) > len(key) and fits(n)]
            roots = {joins.root(node) for _, node in found}
            if found and (len(roots) == 1 or reason == "surname"):
                before = [item for item in found if item[0] < start]
                node = max(before)[1] if before else min(found)[1]
                return node, f"{reason} of ‘{joins.uses[node].name}’ in this article"
        return None

    def misspelt(self, key: Key, joins: Joins) -> tuple[Node, str] | None:
        """The one person of the article whose surname is a letter or two from a short name."""
        found = {
            joins.root(node): node
            for word, items in sorted(self._by_word.items())
            for _, node in items
            if len(key) == 1 and node.key[-1] == word and keys.close(key, (word,)) and len(word) > 4
        }
        if len(found) != 1:
            return None
        node = next(iter(found.values()))
        return node, f"another spelling of the surname of ‘{joins.uses[node].name}’ in this article"
