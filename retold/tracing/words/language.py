"""What the rules know about English words: stems, function words, closeness of meaning, and our own lexicons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import yaml
from nltk.stem.snowball import SnowballStemmer
from numpy.typing import NDArray

from retold.naming import embeddings
from retold.tracing.words.worddiff import Word

# Two words whose static vectors are at least this close count as one meaning (hurt/injured .61, mayor/minister .17).
CLOSE = 0.42

FUNCTION_WORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being both but by can could did do
    does doing down during each even for from further had has have having he her here hers him himself his how i
    if in into is it its itself just may me might more most must my no nor not of off on once only or other our
    out over own same shall she should so some such than that the their theirs them themselves then there these
    they this those through to too under until up upon us very was we were what when where which while who whom
    whose why will with would you your yours 's s n't mr mrs ms dr amid among across along around within without
    per via whether yet still including like near beside inside outside toward towards despite since one ones
    new according says said say saying told tells added adds stated noted also however""".split()
)


# LibYAML's safe loader reads the lists ten times as fast; not every build of PyYAML has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def lexicon(name: str) -> dict[str, list[str]]:
    """A word list of ours, ``retold/tracing/words/lexicon/NAME.yml``: lists of words or phrases by class."""
    text = (files("retold.tracing.words") / "lexicon" / f"{name}.yml").read_text("utf-8")
    content = yaml.load(text, Loader=_Loader)
    return {str(key): [str(item) for item in items] for key, items in content.items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """All entries of a lexicon as one expression with a group per class, longer entries first."""
    groups = []
    for key, items in lexicon(name).items():
        longest = sorted(items, key=lambda item: (-len(item), item))
        groups.append(f"(?P<{key}>{'|'.join(re.escape(i).replace(chr(39), '[’' + chr(39) + ']') for i in longest)})")
    return re.compile(rf"(?<![\w’'])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def _openings(name: str) -> frozenset[str]:
    """The first words of the entries of a lexicon."""
    entries = (item for items in lexicon(name).values() for item in items)
    return frozenset(_FIRST.match(_folded(item)).group() for item in entries)  # type: ignore[union-attr]


_FIRST = re.compile(r"\w+")
# Letters that match an English one where case is ignored, though no change of case makes them so.
_ODD = str.maketrans({"ı": "i", "İ": "i", "ſ": "s"})


def _folded(text: str) -> str:
    return (text if text.isascii() else text.translate(_ODD)).lower()


@lru_cache(maxsize=2048)
def vocabulary(text: str) -> frozenset[str]:
    """The words of a text as they are written, without case."""
    return frozenset(_FIRST.findall(_folded(text)))


def matches(name: str, text: str) -> Iterator[re.Match[str]]:
    """What ``pattern(name).finditer(text)`` finds. It is tried only at words that open an entry: most texts have none,
    and an expression of hundreds of phrases is slow to say no at every letter."""
    openings = _openings(name)
    if openings.isdisjoint(vocabulary(text)):
        return
    expression, at = pattern(name), 0
    for word in _FIRST.finditer(text):
        if word.start() >= at and _folded(word.group()) in openings:
            match = expression.match(text, word.start())
            if match is not None:
                at = match.end()
                yield match


def matched(name: str, text: str) -> re.Match[str] | None:
    """The first of ``matches``."""
    return next(matches(name, text), None)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of one word, possessive ending removed."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return str(_stemmer().stem(plain.removesuffix("'s").strip("'")))


@cache
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


def is_content(word: Word) -> bool:
    """True of a token that carries meaning of its own: no punctuation, no function word."""
    return word.kind in ("word", "acronym", "number", "percent") and word.key not in FUNCTION_WORDS


@lru_cache(maxsize=50_000)
def _vector(word: str) -> NDArray[np.float32]:
    row: NDArray[np.float32] = embeddings.embed([word])[0]
    return row


def close(word: str, others: Sequence[str]) -> bool:
    """True if one of the other words has nearly the meaning of the first. Digits never do."""
    if not others or not word.isalpha():
        return False
    candidates = [other for other in others if other.isalpha()]
    if not candidates:
        return False
    return bool(np.max(np.stack([_vector(other) for other in candidates]) @ _vector(word)) >= CLOSE)


def stems(words: Iterable[Word]) -> set[str]:
    """The stems of the content words among the tokens."""
    return {stem(word.key) for word in words if is_content(word)}
