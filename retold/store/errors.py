"""Why a write by a person was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]


class Invalid(ValueError):
    """What was sent cannot be stored. ``errors`` has one message, with its remedy, per field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


class StaleWrite(Exception):
    """Somebody, or the same person in another window, wrote first. ``current`` is the row as it now stands."""

    def __init__(self, current: Row) -> None:
        super().__init__(
            "This was changed after you opened it. Nothing was overwritten: compare both, then save again."
        )
        self.current = current


class Missing(LookupError):
    """No row of that id."""


class NotYours(PermissionError):
    """The row belongs to another annotator."""
