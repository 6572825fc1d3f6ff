"""Entities and attributions as brat standoff (https://brat.nlplab.org/standoff.html).

For each article a ``.txt`` with its text and an ``.ann``: text-bound ``T`` lines for names and for the source, cue and
content of attributions, and an ``E`` line that joins them, as in PARC and PolNeAR. Offsets are code points. A span may
not run over a line break in brat, so one that does is written in fragments.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from retold.sharing.tables import Row

Span = tuple[int, int]


def documents(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """``(article id, text, standoff)`` for every article, in key order."""
    for article in connection.execute("select id, text from articles order by id").fetchall():
        yield article["id"], article["text"], standoff(connection, article["id"], article["text"])


def configuration(connection: sqlite3.Connection) -> str:
    """The ``annotation.conf`` that brat needs to show the types."""
    types = [row[0] for row in connection.execute("select distinct type from mentions order by type")]
    spans = "\n".join([*types, "Source", "Cue", "Content"])
    event = "Attribution\tSource?:Source, Cue:Cue, Content:Content"
    return f"[entities]\n{spans}\n\n[events]\n{event}\n\n[relations]\n\n[attributes]\n"


def standoff(connection: sqlite3.Connection, article_id: str, text: str) -> str:
    """The lines of one article's ``.ann``."""
    lines = _Lines(text)
    mentions = 'select type, start, "end" as stop from mentions where article_id = ? order by start, id'
    for row in connection.execute(mentions, [article_id]):
        lines.bound(row["type"], [(row["start"], row["stop"])])
    attributions = "select * from attributions where article_id = ? order by cue_start, id"
    for row in connection.execute(attributions, [article_id]):
        lines.attribution(dict(row))
    return "".join(line + "\n" for line in lines.lines)


class _Lines:
    def __init__(self, text: str) -> None:
        self.text, self.lines, self.bounds, self.events = text, list[str](), 0, 0

    def bound(self, kind: str, spans: list[Span]) -> str:
        self.bounds += 1
        pieces = [piece for span in spans for piece in _fragments(self.text, span)]
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(self.text[start:end] for start, end in pieces).replace("\t", " ")
        self.lines.append(f"T{self.bounds}\t{kind} {offsets}\t{words}")
        return f"T{self.bounds}"

    def attribution(self, row: Row) -> None:
        cue = [(row["cue_start"], row["cue_end"])]
        roles = []
        if row["source_start"] is not None:
            roles.append(f"Source:{self.bound('Source', [(row['source_start'], row['source_end'])])}")
        roles.append(f"Cue:{self.bound('Cue', cue)}")
        roles.append(f"Content:{self.bound('Content', [(a, b) for a, b in json.loads(row['content_parts'])])}")
        trigger = self.bound("Attribution", cue)
        self.events += 1
        self.lines.append(f"E{self.events}\tAttribution:{trigger} {' '.join(roles)}")


def _fragments(text: str, span: Span) -> list[Span]:
    """The parts of a span between line breaks, blank ones left out."""
    found, at = [], span[0]
    for line in text[span[0] : span[1]].split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            found.append((start, start + len(stripped)))
        at += len(line) + 1
    return found
