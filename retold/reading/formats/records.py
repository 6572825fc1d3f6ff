"""Tables of articles, one record an article: JSON Lines, CSV and Parquet.

A record needs a text; its other columns become metadata by their names (``fields.yml``). A record that cannot be
used is one ``Problem`` with its line or row, and the next one is read. No file is ever held in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from retold.model import Document, Problem
from retold.reading.facts.fields import as_text, by_name, key_for, layer
from retold.reading.formats.decoding import newlines
from retold.reading.formats.limits import Refused
from retold.reading.formats.source import Source

NO_TEXT = 'a record needs its text under "text", "body", "content" or "article" (all names: docs/users/inputs.md)'


def document(source: Source, record: Mapping[str, object], row: int, place: str, encoding: str) -> Document | Problem:
    """The article of one record. ``row`` names it where it has no id; ``place`` is where a person finds it."""
    keys = by_name(record)
    text_key, id_key = key_for("text", keys, record), key_for("id", keys, record)
    if text_key is None:
        return source.problem(f"{NO_TEXT}; this one has {_listed(record)}", place)
    text = record[text_key]
    if not isinstance(text, str):
        kind = "empty" if text is None else f"not text but {type(text).__name__}"
        return source.problem(f'field "{text_key}" is {kind}; put the article\'s text in it', place)
    name = as_text(record[id_key])[:200] if id_key else ""
    try:
        return source.article(newlines(text), encoding, layer(record, "column"), source.sidecar, row=name or str(row))
    except Refused as refused:
        return source.problem(f'field "{text_key}": {refused}', place)


def _listed(record: Mapping[str, object]) -> str:
    names = ", ".join(f'"{str(key)[:40]}"' for key in list(record)[:12])
    return names or "no fields at all"
