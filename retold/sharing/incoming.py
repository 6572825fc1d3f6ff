"""Annotations that come back: our own JSON lines from another copy of the dataset, and Label Studio's JSON export."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from retold.model import Fault, digest
from retold.sharing.tables import Row
from retold.store import selectors

CODEBOOK = "select version from labels where id = ?"


class Unreadable(Fault):
    """The file as a whole cannot be used; the message says why and what to do."""


def json_lines(path: Path) -> Iterator[tuple[str, Row]]:
    """``(line, row)`` for each line of an export of ``annotations`` or ``decisions``; a broken line raises."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise Unreadable(f"{path} line {number}: not JSON ({error.msg}); nothing was imported") from error
            if not isinstance(row, dict):
                raise Unreadable(f"{path} line {number}: not an object; nothing was imported")
            yield f"{path.name} line {number}", row


def label_studio(connection: sqlite3.Connection, path: Path, at: str) -> Iterator[tuple[str, Row]]:
    """``(task, row)`` for each label that a person set in Label Studio on a task of ours.

    Regions of one label on both sides are paired in reading order. The annotator is the person's e-mail address or,
    where the export has only a number, ``labelstudio-<number>``.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: not JSON ({error}); export from Label Studio as JSON") from error
    if not isinstance(tasks, list):
        raise Unreadable(f"{path}: not a list of tasks; export from Label Studio as JSON")
    for number, task in enumerate(tasks, 1):
        yield from _task(connection, f"{path.name} task {number}", task, at)


def _task(connection: sqlite3.Connection, place: str, task: Any, at: str) -> Iterator[tuple[str, Row]]:
    data = task.get("data", {}) if isinstance(task, dict) else {}
    sql = "select * from changes where id = ?"
    change = connection.execute(sql, [data.get("change_id")]).fetchone()
    if change is None:
        yield place, {"task": data.get("change_id")}  # neither annotation nor decision: reported as refused
        return
    for annotation in task.get("annotations") or []:
        person = _person(annotation.get("completed_by"))
        created = annotation.get("created_at") or at
        for label, source, article in _pairs(annotation.get("result") or []):
            yield place, _row(connection, dict(change), person, label, (source, article), created)


def _person(given: Any) -> str:
    if isinstance(given, dict):
        return str(given.get("email") or f"labelstudio-{given.get('id', 'unknown')}")
    return f"labelstudio-{given if given is not None else 'unknown'}"


def _pairs(result: list[Any]) -> Iterator[tuple[str, Row | None, Row | None]]:
    sides: dict[str, dict[str, list[Row]]] = {}
    for region in result:
        value = region.get("value", {})
        for label in value.get("labels", []):
            sides.setdefault(label, {}).setdefault(region.get("to_name", ""), []).append(value)
    for label, found in sides.items():
        for source, article in zip_longest(
            *(sorted(found.get(side, []), key=lambda v: (v["start"], v["end"])) for side in ("source", "article"))
        ):
            yield label, source, article


def _row(
    connection: sqlite3.Connection, change: Row, person: str, label: str, spans: tuple[Row | None, Row | None], at: str
) -> Row:
    row: Row = {"change_id": change["id"], "label": label, "verdict": "added", "annotator": person}
    row |= {"article_id": change["article_id"], "source_article_id": change["source_article_id"]}
    for span, prefix, article, quoted in (
        (spans[0], "source_", "source_article_id", "before"),
        (spans[1], "", "article_id", "after"),
    ):
        start = end = None
        if span is not None and change[f"{prefix}start"] is not None:
            start, end = change[f"{prefix}start"] + span["start"], change[f"{prefix}start"] + span["end"]
        text = connection.execute("select text from articles where id = ?", [change[article]]).fetchone()[0]
        row |= {f"{prefix}start": start, f"{prefix}end": end}
        row[quoted] = None if start is None else selectors.quote(text, start, end or start)
    version = connection.execute(CODEBOOK, [label]).fetchone()
    where = [str(row[name]) for name in ("source_start", "source_end", "start", "end")]
    row["id"] = "n-" + digest(change["id"], person, label, "evidence", *where, length=20)
    return row | {"codebook_version": version[0] if version else 0, "pass": "assisted", "created": at, "updated": at}
