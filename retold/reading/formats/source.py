"""One thing that may hold articles, whatever it lies in: a file, a member of an archive, a stream."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from retold.model import Document, Problem
from retold.reading.facts.fields import Layer, merged, usable_text
from retold.reading.formats.limits import Limits, Refused, in_words


@dataclass(slots=True)
class Source:
    """``path`` is the way to it as it was given, ``document`` its name across versions, ``open`` gives its bytes.

    Problems carry ``path``; a document carries only its name, so that no folder of one machine gets published.
    ``sidecar`` holds what an ``articles.yml`` or ``articles.csv`` beside it says of it, and ``name`` the name by which
    its kind is told where that is not its own.
    """

    path: str
    document: str
    open: Callable[[], BinaryIO]
    limits: Limits
    sidecar: Layer = field(default_factory=Layer)
    name: str = ""

    @property
    def file(self) -> str:
        """Its own name, without folders."""
        return self.document.rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, with its dot; empty if there is none."""
        name = self.name or self.file
        return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name.lstrip(".") else ""

    def bytes(self) -> bytes:
        """All of it. Raises ``Refused`` if it is empty or larger than one article may be."""
        with self.open() as stream:
            data = stream.read(self.limits.article + 1)
        if len(data) > self.limits.article:
            raise Refused(f"larger than {in_words(self.limits.article)}, which one article may take; split it")
        if not data.strip():
            raise Refused("the file is empty; remove it or put the article's text in it")
        return data

    def article(self, text: str, encoding: str, *layers: Layer, row: str = "") -> Document:
        """The document of a text found here, with layers of metadata in order of trust.

        ``row`` is the id or number of a record. Raises ``Refused`` for a text that cannot be used.
        """
        known = merged(*layers)
        name = printable(f"{self.document}#{row}" if row else self.document)
        return Document(
            document=name,
            path=name,
            text=usable_text(text, self.limits.article),
            encoding=encoding,
            metadata=known.values,
            provenance=known.provenance,
        )

    def problem(self, message: str, place: str = "") -> Problem:
        """What could not be used of it; ``place`` is a line or a row."""
        return Problem(printable(self.path), "reading", f"{place}: {message}" if place else message)


def printable(path: str) -> str:
    """A path that any database and screen can hold: bytes that are no UTF-8 in a file's name become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
