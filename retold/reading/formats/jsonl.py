"""JSON Lines: one article an object, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from retold.model import Document, Problem
from retold.reading.formats.decoding import refuse_binary
from retold.reading.formats.limits import in_words
from retold.reading.formats.records import document
from retold.reading.formats.source import Source

STEP = 1024 * 1024


def read(source: Source) -> Iterator[Document | Problem]:
    """The articles of a JSONL file, in UTF-8 as the format demands; a broken line costs only itself."""
    with source.open() as stream:
        number = empty = 0
        while line := stream.readline(source.limits.article + 1):
            number += 1
            if number == 1:
                refuse_binary(line, tolerated=len(line))
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) > source.limits.article and not line.endswith(b"\n"):
                skip_line(stream)
                yield source.problem(
                    f"longer than {in_words(source.limits.article)}, which one article may take; split it",
                    f"line {number}",
                )
            elif line.strip():
                yield _record(source, line, number)
            else:
                empty += 1
    if number == empty:
        yield source.problem("the file is empty; put one JSON object on each line, or leave it out")


def skip_line(stream: BinaryIO) -> int:
    """Read past the rest of a line, however long, in little memory; the number of double quotation marks in it."""
    quotes = 0
    while piece := stream.readline(STEP):
        quotes += piece.count(b'"')
        if piece.endswith(b"\n"):
            break
    return quotes


def _record(source: Source, line: bytes, number: int) -> Document | Problem:
    place = f"line {number}"
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return source.problem(f"not UTF-8 at byte {error.start} of the line; save the file as UTF-8", place)
    except json.JSONDecodeError as error:
        return source.problem(f"not JSON at column {error.colno} ({error.msg}); mend or remove the line", place)
    except (ValueError, RecursionError) as error:
        return source.problem(f"JSON that cannot be read ({type(error).__name__}); mend or remove the line", place)
    if not isinstance(record, dict):
        return source.problem('not a JSON object; write {"text": "...", "title": "..."}', place)
    return document(source, record, number, place, "utf-8")
