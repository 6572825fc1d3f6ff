"""The codebook of operations and labels, read from ``codebook.yml``, its single source."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Label:
    """One label as the codebook ships it: the columns of table ``labels``."""

    id: str
    name: str
    group_name: str
    definition: str
    use_when: str
    example: str
    maps_to: str
    version: int
    ordinal: int

    def row(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Codebook:
    """``operations`` maps each operation to its definition; ``labels`` is in the order in which people see it."""

    version: int
    operations: dict[str, str]
    groups: tuple[str, ...]
    labels: tuple[Label, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(label.id for label in self.labels)


@cache
def load() -> Codebook:
    """The codebook that ships with this release."""
    raw = yaml.safe_load((files("retold") / "codebook.yml").read_text(encoding="utf-8"))
    labels = tuple(Label(version=raw["version"], ordinal=n, **label) for n, label in enumerate(raw["labels"], 1))
    return Codebook(raw["version"], raw["operations"], tuple(raw["groups"]), labels)
