"""Files to documents: what an input holds, decoded, with newlines normalised and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from retold.model import Document, Problem


def read(inputs: Sequence[str | Path]) -> Iterator[Document | Problem]:
    """Every article the inputs hold, in a stable order, and a ``Problem`` for everything that could not be used."""
    for given in inputs:
        root = Path(given)
        if not root.exists():
            yield Problem(str(given), "reading", "there is no such file or folder; check the path")
            continue
        files = sorted(root.rglob("*.txt")) if root.is_dir() else [root]
        base = root if root.is_dir() else root.parent
        for path in files:
            yield _read_text(path, f"{base.resolve().name}/{path.relative_to(base).as_posix()}")


def _read_text(path: Path, document: str) -> Document | Problem:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(str(path), "reading", f"not UTF-8 at byte {error.start}; save the file as UTF-8")
    if not text.strip():
        return Problem(str(path), "reading", "the file is empty; remove it or put the article's text in it")
    return Document(document, document, text.replace("\r\n", "\n").replace("\r", "\n"))
