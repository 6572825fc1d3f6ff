"""Keys under which spellings of one name meet: an outright key (marks, hyphens, "al-"), and how a name sounds.

The sounds join what different outlets make of one Arabic, Persian or Russian name; they are never enough alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from retold.naming.entities import lexicon

Key = tuple[str, ...]

ARTICLE_PREFIX = re.compile(
    r"\b(?:[Aa]l|[Ee]l|[Aa][dnrstz]|[Aa]sh)-(?=[^\W\d_])|(?<=\w )(?:al|el|Al) (?=[^\W\d_])|^(?:al|el) (?=[^\W\d_])"
)
MUHAMMAD = re.compile(r"^m[ouw]*h+a+m+[aeiou]d+$")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|q|ck|c(?=[aouklrt])"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"sch|sh"), "s"),
    (re.compile(r"z"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=1 << 16)
def person(name: str) -> Key:
    """The words of a person's name without what spellings differ in harmlessly; ``jr`` and the like left out."""
    found = [_word(word) for word in lexicon.words(ARTICLE_PREFIX.sub("", name))]
    kept = tuple(word for word in found if word not in SUFFIXES)
    return kept or tuple(found)


def suffix(name: str) -> str:
    """The generation that a name states: ``jr``, ``sr``, ``iii`` or nothing."""
    found = lexicon.words(name)
    return found[-1] if found and found[-1] in SUFFIXES else ""


@lru_cache(maxsize=1 << 16)
def thing(name: str) -> Key:
    """The words of any other name, without the article and what only says that it is a company."""
    found = [word for word in lexicon.words(ARTICLE_PREFIX.sub("", name)) if word not in {"the"}]
    while len(found) > 1 and found[-1] in lexicon.word_set("legal") - {"group"}:
        found.pop()
    return tuple(found)


def _word(word: str) -> str:
    """A word of a person's name with doubled letters single and Muhammad in one spelling."""
    return "mohamed" if MUHAMMAD.match(word) else re.sub(r"([^\W\d_])\1", r"\1", word)


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """The consonants of a word as they sound, its first letter kept: ``husayn`` and ``hussein`` sound alike."""
    for pattern, instead in SOUNDS:
        word = pattern.sub(instead, word)
    return word


def close(one: Key, other: Key) -> bool:
    """Whether two names of as many words are a letter or two apart in words long enough to bear it."""
    if len(one) != len(other):
        return False
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return bool(different) and all(
        min(len(a), len(b)) > 3
        and sound(a) == sound(b)
        and DamerauLevenshtein.distance(a, b) <= (1 if min(len(a), len(b)) < 6 else 2)
        for a, b in different
    )


def initials(name: str) -> str:
    """The first letters of the words of a name that count in an acronym."""
    return "".join(word[0] for word in lexicon.words(name) if word not in {"of", "the", "and", "for", "in", "on", "de"})


def is_acronym(name: str) -> bool:
    """Whether a name is written as letters: ``IAEA``, ``U.N.``."""
    letters = name.replace(".", "")
    return 1 < len(letters) < 8 and letters.isupper() and letters.isalpha()


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters may stand for the name: its initials, all of them or those without its small words."""
    letters = lexicon.fold(short.replace(".", ""))
    every = "".join(word[0] for word in lexicon.words(long))
    return len(lexicon.words(long)) > 1 and letters in {initials(long), every}
