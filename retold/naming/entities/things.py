"""Which names of organisations, places and other things are one: acronyms, country prefixes, spellings."""

from __future__ import annotations

import re
from collections import defaultdict

from retold.model import Article, Mention
from retold.naming.entities import keys, lexicon, spans
from retold.naming.entities.joining import Company, Joins, Node
from retold.naming.entities.persons import blocks, join, pairs

INTRODUCED = re.compile(r"[\"”’']?\s\((?:the |or )?[\"“‘']?([^\W\d_][\w.&-]{1,9})[\"”’']?(?:\)|[,;] )")
NAMED_FIRST = re.compile(r"\s\((?:the )?$")


def introductions(article: Article) -> dict[str, Mention]:
    """The letters that an article introduces, each with the mention of the full name: "Islamic State (IS)"."""
    found: dict[str, Mention] = {}
    for before, mention in zip([None, *article.mentions], article.mentions, strict=False):
        match = INTRODUCED.match(article.text, mention.end)
        if match and " " in mention.text and stands_for(match[1], mention.text):
            found.setdefault(match[1], mention)
        if before and _brackets(article, before, mention) and keys.abbreviates(before.text, mention.text):
            found.setdefault(before.text, mention)
    return found


def _brackets(article: Article, letters: Mention, mention: Mention) -> bool:
    """Whether a mention stands in brackets right after letters: "IS (Islamic State)"."""
    between = article.text[letters.end : min(mention.start, letters.end + 9)]
    return keys.is_acronym(letters.text) and NAMED_FIRST.fullmatch(between) is not None


def stands_for(short: str, long: str) -> bool:
    """Whether letters in brackets stand for the name before them: its initials, or letters of it in their order."""
    letters = lexicon.fold(short.replace(".", ""))
    if keys.abbreviates(short, long):
        return True
    rest = iter("".join(lexicon.words(long)))
    capitals = sum(c.isupper() for c in short)
    return capitals > 1 and letters[0] == lexicon.words(long)[0][0] and all(letter in rest for letter in letters)


def link(joins: Joins) -> None:
    """Join names over the corpus that differ in a country before them or by a letter or two."""
    named = sorted(n for n in joins.uses if n.kind not in {"PERSON", "NORP"} and n.key)
    company = Company(joins)
    _prefixed(joins, [n for n in named if n.kind == "ORG"])
    for block in blocks(named, lambda node: (node.kind, *(keys.sound(word) for word in node.key))):
        for one, other in pairs(block):
            listed = any(lexicon.look_up(joins.uses[node].name) for node in (one, other))
            if keys.close(one.key, other.key) and not listed and company.shared(one, other):
                join(joins, one, other, "spellings of one name, in articles that share other names")


def _prefixed(joins: Joins, named: list[Node]) -> None:
    """Join "Interior Ministry" with "Iraqi Interior Ministry" where the corpus has it of one country only."""
    bearers: dict[Node, list[Node]] = defaultdict(list)
    for node in named:
        rest = without_country(joins.uses[node].name) if len(node.key) > 2 else None
        if rest and (short := Node(node.kind, keys.thing(rest))) in joins.uses and short != node:
            bearers[short].append(node)
    for short, found in sorted(bearers.items()):
        if (
            len({joins.root(node) for node in found}) == 1
            and joins.uses[short].articles & joins.uses[found[0]].articles
        ):
            join(joins, short, found[0], "the same without its country")


def without_country(name: str) -> str | None:
    """A name without the country or people before it; None where there is none."""
    parts = name.split()
    for length in (2, 1):
        entry = lexicon.look_up(re.sub(r"['’]s$", "", " ".join(parts[:length])))
        if entry and entry.type in {*spans.PLACES, "NORP"} and len(parts) > length + 1:
            return " ".join(parts[length:])
    return None
