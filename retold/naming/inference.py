"""spaCy's networks run a batch at a time: the same weights and the same answers as ``nlp.pipe``, in less time.

Two things make the difference. The products of matrices go through NumPy's BLAS, which on most machines is some times
as quick as the one spaCy brings along; and all sentences of a batch take a step of the parser together from Python,
because spaCy's own loop, which lets go of Python's lock and takes it back for every check of every action, spends most
of its time on the lock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

TOKENS = 3000  # in a batch; more gains nothing and takes memory
# Products of fewer rows take another way through a BLAS and are rounded otherwise; filled up with noughts, a sentence
# is answered alike whatever other sentences share its batch.
ROWS = 16


class _Products(NumpyOps):  # type: ignore[misc]
    """thinc's operations with NumPy's product of matrices."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        left, right = x.T if trans1 else x, y.T if trans2 else y
        rows = len(left)
        if rows < ROWS:
            left = np.concatenate([left, np.zeros((ROWS - rows, left.shape[1]), dtype=left.dtype)])
        product = np.dot(left, right)[:rows]
        if out is None:
            return product
        out[:] = product
        return out


def quicken(nlp: Language) -> Language:
    """The same pipeline with our products of matrices."""
    ops = _Products()
    for _, pipe in nlp.pipeline:
        network = getattr(pipe, "model", None)
        for layer in network.walk() if network is not None else ():
            layer.ops = ops
    return nlp


def recognise(nlp: Language, docs: Sequence[Doc]) -> None:
    """Mark the entities of tokenised documents, in place."""
    with _one_thread():
        for batch in _batches(docs):
            _decide(nlp.get_pipe("ner"), batch)


def parse(nlp: Language, docs: Sequence[Doc]) -> None:
    """Set fine tags, heads and dependencies of tokenised documents, in place."""
    tagger: Any = nlp.get_pipe("tagger")
    vectors: Any = nlp.get_pipe("tok2vec")
    with _one_thread():
        for batch in _batches(docs):
            vectors.set_annotations(batch, vectors.predict(batch))
            tagger.set_annotations(batch, tagger.predict(batch))
            _decide(nlp.get_pipe("parser"), batch)
            for doc in batch:
                doc.tensor = np.zeros((0, 0), dtype=np.float32)  # 400 bytes a word that nobody reads any more


def _decide(pipe: Any, docs: list[Doc]) -> None:
    """Let a transition-based component take its greedy decisions, one for every unfinished document at a time."""
    states = pipe.moves.init_batch(docs)
    network = pipe.model.predict(docs)
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        unfinished = pipe.transition_states(unfinished, network.predict(unfinished))
    network.clear_memory()
    pipe.set_annotations(docs, states)


def _batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The documents that have words, those of like length together."""
    batch: list[Doc] = []
    tokens = 0
    for doc in sorted((doc for doc in docs if len(doc)), key=len):
        if batch and tokens + len(doc) > TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _one_thread() -> Any:
    """One thread for each product: they are small, and processes share the cores."""
    return _controller().limit(limits=1, user_api="blas")
