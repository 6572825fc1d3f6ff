"""Reading what people send, field by field: every value of the right type and size, every fault named at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from retold.store.errors import Invalid

Reader = Callable[[Any], Any]

MAX_COMMENT = 10_000
MAX_NAME = 200
MAX_INTEGER = 2**53  # beyond this a browser cannot count
# Control characters other than tab and newline, and half surrogate pairs, which UTF-8 cannot hold.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with newlines as ``\\n`` and every character that cannot be stored or seen as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def read(given: Any, readers: Mapping[str, Reader], required: Collection[str] = ()) -> dict[str, Any]:
    """The fields sent, each through its reader, null as None; raises :class:`Invalid` with all faults at once."""
    if not isinstance(given, Mapping):
        raise Invalid({"body": "Send one JSON object with named fields."})
    known = ", ".join(readers)
    errors = {clean(str(name))[:MAX_NAME]: f"Unknown field. Known: {known}." for name in given if name not in readers}
    found: dict[str, Any] = {}
    for name, reader in readers.items():
        if given.get(name) is None and name in required:
            errors[name] = "Missing. Send a value."
        if name not in given:
            continue
        try:
            found[name] = None if given[name] is None else reader(given[name])
        except ValueError as fault:
            errors[name] = str(fault)
    if errors:
        raise Invalid(errors)
    return found


def name(value: Any) -> str:
    """A short text on one line, such as an id."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("Send a text that is not empty.")
    if len(value) > MAX_NAME or "\n" in value or clean(value) != value:
        raise ValueError(f"Send at most {MAX_NAME} characters on one line, without control characters.")
    return value


def comment(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Send a text.")
    if len(value) > MAX_COMMENT:
        raise ValueError(f"{len(value):,} characters: shorten it to {MAX_COMMENT:,}.")
    return clean(value)


def integer(low: int, high: int = MAX_INTEGER) -> Reader:
    def reader(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(
                f"Send a whole number {f'from {low} to {high}' if high < MAX_INTEGER else f'of at least {low}'}."
            )
        return value

    return reader


def one_of(*allowed: str) -> Reader:
    def reader(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"Send one of {', '.join(allowed)}.")
        return value

    return reader
