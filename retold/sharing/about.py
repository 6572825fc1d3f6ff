"""What people say of the dataset as a whole: ``dataset.yml``, and the descriptions of tables and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from retold.model import Fault


class Incomplete(Fault):
    """``dataset.yml`` cannot be used; the message names the field and the remedy."""


@dataclass(slots=True)
class About:
    """``fields`` as in ``dataset.yml``; ``tables`` and ``columns`` hold descriptions by name and by (table, column)."""

    fields: dict[str, Any]
    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]


REQUIRED = ("name", "title", "description", "version", "released", "licence", "rights", "authors", "keywords")


def load(dataset: Path, metadata: Path | None = None, database: str = "retold") -> About:
    """Read ``dataset.yml`` and, for the descriptions, Datasette's ``metadata.yml``; raises :class:`Incomplete`."""
    fields = _read(dataset)
    if not isinstance(fields, dict):
        raise Incomplete(f"{dataset} is not a list of fields; copy the one that comes with Retold")
    missing = [name for name in REQUIRED if not fields.get(name)]
    if missing:
        raise Incomplete(f"{dataset} has no {', '.join(missing)}; add it")
    about = About(fields | {"version": str(fields["version"]), "released": str(fields["released"])})
    if metadata is not None and metadata.exists():
        _describe(about, metadata, database)
    return about


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise Incomplete(f"{path} cannot be read ({error}); compare it with the one that comes with Retold") from error


def _describe(about: About, metadata: Path, database: str) -> None:
    known = _read(metadata) or {}
    for name, table in (known.get("databases", {}).get(database, {}).get("tables") or {}).items():
        about.tables[name] = str(table.get("description", ""))
        for column, text in (table.get("columns") or {}).items():
            about.columns[name, column] = str(text)
