"""WordLlama's static embeddings, apart from the other models, so that pages need not load a parser.

256 dimensions, MIT, https://github.com/dleemiller/WordLlama; shipped in its wheel and never fetched from the network.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import wordllama
from numpy.typing import NDArray

EMBEDDING_SIZE = 256

Vectors: TypeAlias = NDArray[np.float32]


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
