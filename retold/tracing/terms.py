"""Text to comparable terms: normalised words, stems and numbers, the same for every step of tracing.

English words are reduced by the Snowball stemmer (Porter 2) and function words are known; in other languages a term is
the case-folded word itself. Scripts written without spaces give one term per character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from nltk.stem.snowball import SnowballStemmer

from retold.model import Article, Sentence

ALIGNED_KINDS = frozenset({"headline", "subheading", "body"})
"""Kinds of sentence that tell the story; furniture, captions, credits and datelines never take part in tracing."""

_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*"  # numbers
    r"|(?:[^\W\d_]\.){2,}"  # acronyms with points
    r"|[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"  # scripts without spaces
    r"|[^\W\d_](?:[^\W_])*(?:['’][^\W_]+)*"
)

FUNCTION_WORDS = frozenset(
    "a about above across after again against all almost along already also although always am among amid an and any "
    "are aren't around as at away back be became because become been before began behind being below between both but "
    "by came can cannot can't come could couldn't did didn't do does doesn't doing done don't down during each either "
    "else even ever every few for from further get give given go goes going gone got had hadn't has hasn't have "
    "haven't "
    "having he he'd he'll her here hers herself he's him himself his how however i i'd if i'll i'm in into is isn't it "
    "its it's itself i've just last least less let like made make many may me might mine more most much must my myself "
    "near neither never no nor not now of off often on once one only onto or other others our ours out over own per "
    "perhaps put quite rather said same saw say saying says see seem seemed seems several shall she she'd she's should "
    "shouldn't since so some still such take taken than that that's the their theirs them themselves then there "
    "there's these they they'd they'll they're they've this those though through thus to together told too took toward "
    "towards under until up upon us use used very via want was wasn't way we we'd well we'll went were we're weren't "
    "we've what when where whether which while who whom whose why will with within without won't would wouldn't yet "
    "you you'd you'll your you're yours you've according added new year years".split()
)


def is_english(article: Article) -> bool:
    """Whether the English stemmer, function words and embeddings apply; an unknown language counts as English."""
    return not article.language or article.language.lower().startswith("en")


def told(article: Article) -> list[Sentence]:
    """The sentences of an article that tell its story, in reading order."""
    return [s for s in article.sentences if s.kind in ALIGNED_KINDS]


class _Normal(dict[str, str]):
    """Raw words to normal ones, each worked out once."""

    def __missing__(self, raw: str) -> str:
        if len(self) > KEPT:
            self.clear()
        found = self[raw] = _normal(raw)
        return found


KEPT = 1 << 16
_normals = _Normal()


def words(text: str) -> list[str]:
    """The normalised words of a text: case-folded, possessive and typography removed; ``U.S.`` and ``US`` are one."""
    return [_normals[raw] for raw in _WORD.findall(text)]


def tokens(text: str) -> Sequence[str]:
    """The same for a sentence. Retellings have most sentences from one source, so that those met last are kept."""
    return _kept_tokens(text) if len(text) <= LONGEST_KEPT else words(text)


LONGEST_KEPT, SENTENCES_KEPT = 1_000, 8192


@lru_cache(maxsize=SENTENCES_KEPT)
def _kept_tokens(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _normal(raw: str) -> str:
    if raw[0].isdigit():
        return re.sub(r",(?=\d{3}(?!\d))", "", raw)
    if "." in raw:
        return _acronym(raw.replace(".", ""))
    if len(raw) < 6 and raw.isupper():
        return _acronym(raw)
    if not raw.isascii():
        raw = unicodedata.normalize("NFKC", raw).replace("’", "'")
    return raw.casefold().removesuffix("'s").rstrip("'")


def _acronym(letters: str) -> str:
    """Acronyms keep apart from the pronouns they would otherwise become: US is not us, IT is not it."""
    folded = letters.casefold()
    return folded + "." if folded in FUNCTION_WORDS and len(folded) > 1 else folded


@lru_cache(maxsize=1)
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of an English word; numbers and words with other signs stay as they are."""
    if not word.isascii() or not word.isalpha():
        return word
    return str(_stemmer().stem(word))


def is_number(word: str) -> bool:
    """Whether a term is written in digits."""
    return word[:1].isdigit()
