"""In which language a text is written, by py3langid, whose model comes inside its wheel and needs no network."""

from __future__ import annotations

import re
from functools import cache

from babel.core import Locale, get_global
from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENOUGH_LETTERS = 40
ENOUGH_LETTERS_CJK = 12
SURE = 0.8
NOT_LANGUAGE = "zxx"
VARIETIES = {"arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "nn": "no", "nb": "no"}
# Close relatives share their probability: a text that is surely one of them takes the likeliest.
SIBLINGS = VARIETIES | {"bs": "sr", "hr": "sr", "ms": "id"}
LOOKED_AT = 4_000
LETTER = re.compile(r"[^\W\d_]")
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]*)?$")
NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\ud800-\udfff]")


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or ``None`` where the text is too short or too mixed to tell.

    Addresses of pages and mail do not count. A language without a two-letter code comes out in its ISO 639-3 code.
    """
    sample = NOISE.sub(" ", text[: 2 * LOOKED_AT])[:LOOKED_AT]
    if len(LETTER.findall(sample)) < ENOUGH_LETTERS and len(CJK.findall(sample)) < ENOUGH_LETTERS_CJK:
        return None
    likely: dict[str, float] = {}
    ranked = _identifier().rank(sample)
    for language, probability in ranked:
        kind = SIBLINGS.get(language, language)
        likely[kind] = likely.get(kind, 0.0) + probability
    best = str(ranked[0][0])
    if best == NOT_LANGUAGE or likely[SIBLINGS.get(best, best)] < SURE:
        return None
    return VARIETIES.get(best, best)


def code(value: str) -> str | None:
    """The ISO 639 code that a value such as ``en-GB``, ``eng`` or ``English`` stands for, else ``None``."""
    tidy = value.strip().casefold()
    aliases = get_global("language_aliases")
    if tag := TAG.match(tidy):
        short = str(aliases.get(tag[1], tag[1]))
        if short in _names().values():
            return short
    return _names().get(tidy)


@cache
def _names() -> dict[str, str]:
    """English names of languages to their codes."""
    return {name.casefold(): code for code, name in sorted(Locale("en").languages.items()) if "_" not in code}
