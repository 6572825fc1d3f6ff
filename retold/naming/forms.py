"""Parts of speech and lemmas, looked up where spaCy's rules have met the same word, tag and dependency before.

The model's attribute ruler and lemmatiser look at each word by itself, but for a few rules over two words ("gon" "na").
Words that are new go through the rules together, as a list; a sentence in which a rule over two words could apply goes
through them as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, ORTH, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

KEPT = 200_000
Key = tuple[int, int, int]  # word, fine tag and dependency


class Forms:
    """The rules of a loaded pipeline with a memory of what they said."""

    def __init__(self, nlp: Language) -> None:
        ruler: Any = nlp.get_pipe("attribute_ruler")
        self._vocab, self._ruler, self._lemmatiser = nlp.vocab, ruler, nlp.get_pipe("lemmatizer")
        pairs = [pattern for rule in ruler.patterns for pattern in rule["patterns"] if len(pattern) > 1]
        self._pairs = Matcher(nlp.vocab)
        self._pairs.add("the first word of a rule over several", [pattern[:1] for pattern in pairs])
        # Part of speech and lemma; None where the word's neighbours count or its tag and dependency change as well.
        self._known: dict[Key, tuple[int, int] | None] = {}

    def set(self, docs: Sequence[Doc]) -> None:
        """Set part of speech and lemma of every word of tagged and parsed documents, in place."""
        keys = [_keys(doc) for doc in docs]
        if len(self._known) > KEPT:
            self._known.clear()
        new = {key: None for those in keys for key in those if key not in self._known}
        if new:
            self._learn(list(new))
        for doc, those in zip(docs, keys, strict=True):
            found = [self._known[key] for key in those]
            if None in found:
                self._rule(doc)
                continue
            for token, form in zip(doc, found, strict=True):
                if form is not None:
                    token.pos, token.lemma = form

    def _learn(self, keys: list[Key]) -> None:
        """Ask the rules about words by themselves."""
        self._known.update(dict.fromkeys(keys))
        begin = {start for _, start, _ in self._pairs(self._list(keys), allow_missing=True)}
        alone = [key for number, key in enumerate(keys) if number not in begin]
        if not alone:
            return
        doc = self._list(alone)
        self._rule(doc)
        for token, key in zip(doc, alone, strict=True):
            if (token.tag, token.dep) == key[1:]:
                self._known[key] = (token.pos, token.lemma)

    def _list(self, keys: list[Key]) -> Doc:
        """A document of the words, one after the other, none depending on another."""
        strings = self._vocab.strings
        doc = Doc(self._vocab, words=[strings[word] for word, _, _ in keys])
        table = np.array([(tag, dep, 0) for _, tag, dep in keys], dtype=np.uint64)
        return doc.from_array([TAG, DEP, HEAD], table)  # type: ignore[arg-type]

    def _rule(self, doc: Doc) -> None:
        self._ruler(doc)
        self._lemmatiser(doc)


def _keys(doc: Doc) -> list[Key]:
    return list(map(tuple, doc.to_array([ORTH, TAG, DEP]).tolist()))
