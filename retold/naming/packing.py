"""A read sentence as a few bytes and back: what naming asks of a spaCy ``Doc``, and nothing that could run as code.

Words are not kept: the tokeniser is quick and always divides a text alike, and its own norms come back with it. Kept
are entities and, where the sentence was parsed, tags, parts of speech, dependencies, heads and lemmas.
"""

from __future__ import annotations

import json
import struct
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc

from retold.naming import models

HEADER = struct.Struct("<BHH")  # whether there is syntax, number of tokens, number of entities
ENTITY = np.dtype([("start", "<u2"), ("end", "<u2"), ("label", "u1")])
FARTHEST_HEAD = 126  # a sentence with a head farther away takes two bytes for each
OUTSIDE, BEGIN, INSIDE = 2, 3, 1  # spaCy's numbers for the place of a token in an entity
IS_WORD, IS_SMALL, IS_LISTED = 0, 1, 2  # a lemma is the word itself, the word in small letters, or given
SYNTAX, FAR = 1, 2
Column = NDArray[np.uint64]


class Unpackable(ValueError):
    """A sentence that cannot be kept, or bytes that hold no sentence of this text."""


def pack(doc: Doc) -> bytes:
    """The entities of a document and, if it has any, its syntax; raises ``Unpackable`` where the format has no room."""
    syntax = len(doc) > 0 and bool(doc.has_annotation("DEP"))
    try:
        marked = np.array([(e.start, e.end, _numbers()[e.label]) for e in doc.ents], dtype=ENTITY)
        flags, columns = _syntax(doc) if syntax else (0, b"")
        return zlib.compress(HEADER.pack(flags, len(doc), len(marked)) + marked.tobytes() + columns)
    except (KeyError, struct.error, OverflowError) as error:
        raise Unpackable(str(error)) from error


def has_syntax(packed: bytes) -> bool:
    """Whether the packed sentence was parsed, or is empty."""
    flags, tokens, _ = HEADER.unpack_from(_content(packed))
    return bool(flags & SYNTAX) or not tokens


def unpack(text: str, packed: bytes) -> Doc:
    """The document of ``text`` as it was packed; raises ``Unpackable`` where the bytes cannot be of this text."""
    content = _content(packed)
    doc = models.english().make_doc(text)
    try:
        flags, tokens, entities = HEADER.unpack_from(content)
        if tokens != len(doc):
            raise Unpackable("another number of words")
        if not tokens:
            return doc
        marked = np.frombuffer(content, ENTITY, entities, HEADER.size)
        columns = _entities(marked, tokens)
        if flags & SYNTAX:
            columns |= _columns(doc, content[HEADER.size + marked.nbytes :], bool(flags & FAR))
    except (struct.error, ValueError, IndexError) as error:
        raise Unpackable(str(error)) from error
    doc.from_array(list(columns), np.stack(list(columns.values()), axis=1))  # type: ignore[arg-type]
    return doc


def _content(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise Unpackable(str(error)) from error


@cache
def _labels() -> Column:
    """Every label of the model by its spaCy number, in a fixed order; the first is none."""
    nlp = models.english()
    names = {label for pipe in ("tagger", "parser", "ner") for label in nlp.get_pipe(pipe).labels}  # type: ignore[attr-defined]
    numbers = np.array([0, *(nlp.vocab.strings[name] for name in sorted(names | {"ROOT", "dep"}))], dtype=np.uint64)
    if len(numbers) > np.iinfo(np.uint8).max:
        raise Unpackable("the model has too many labels")
    return numbers


@cache
def _numbers() -> dict[int, int]:
    return {int(label): number for number, label in enumerate(_labels())}


def _syntax(doc: Doc) -> tuple[int, bytes]:
    """The flags and the columns of a parsed document."""
    known = _numbers()
    table = doc.to_array([TAG, DEP, POS, HEAD, LEMMA, ORTH, LOWER])
    tags, deps = (bytes([known[label] for label in table[:, column].tolist()]) for column in (0, 1))
    heads = table[:, 3].astype(np.int64)
    far = bool(np.abs(heads).max() > FARTHEST_HEAD)
    kinds = np.full(len(doc), IS_LISTED, dtype=np.uint8)
    kinds[table[:, 4] == table[:, 6]] = IS_SMALL
    kinds[table[:, 4] == table[:, 5]] = IS_WORD
    listed = [doc.vocab.strings[lemma] for lemma in table[kinds == IS_LISTED, 4].tolist()]
    parts = table[:, 2].astype(np.uint8).tobytes()
    offsets = heads.astype("<i2" if far else "i1").tobytes()
    return SYNTAX | (FAR if far else 0), b"".join(
        (tags, deps, parts, kinds.tobytes(), offsets, json.dumps(listed, ensure_ascii=False).encode())
    )


def _entities(marked: NDArray[np.void], tokens: int) -> dict[int, Column]:
    places = np.full(tokens, OUTSIDE, dtype=np.uint64)
    types = np.zeros(tokens, dtype=np.uint64)
    for start, end, label in marked.tolist():
        if not start < end <= tokens:
            raise Unpackable("an entity outside the sentence")
        places[start] = BEGIN
        places[start + 1 : end] = INSIDE
        types[start:end] = _labels()[label]
    return {ENT_IOB: places, ENT_TYPE: types}


def _columns(doc: Doc, content: bytes, far: bool) -> dict[int, Column]:
    """The syntax of every token as spaCy's numbers."""
    count = len(doc)
    tags, deps, parts, kinds = np.frombuffer(content, np.uint8, 4 * count).reshape(4, count)
    heads = np.frombuffer(content, "<i2" if far else "i1", count, 4 * count).astype(np.int64)
    to = heads + np.arange(count)
    if to.min() < 0 or to.max() >= count:
        raise Unpackable("a head outside the sentence")
    labels = _labels()
    return {
        TAG: labels[tags],
        DEP: labels[deps],
        POS: parts.astype(np.uint64),
        HEAD: heads.view(np.uint64),
        LEMMA: _lemmas(doc, kinds, content[(6 if far else 5) * count :].decode()),
    }


def _lemmas(doc: Doc, kinds: NDArray[np.uint8], listed: str) -> Column:
    words = doc.to_array([ORTH, LOWER])
    lemmas: Column = np.where(kinds == IS_SMALL, words[:, 1], words[:, 0])
    given = np.flatnonzero(kinds == IS_LISTED)
    if len(given):
        add = doc.vocab.strings.add
        lemmas[given] = np.array([add(str(lemma)) for lemma in json.loads(listed)], dtype=np.uint64)
    return lemmas
