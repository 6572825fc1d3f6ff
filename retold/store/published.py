"""Which of the databases being served is Retold's. Asks its host by duck typing, so that it need not import it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

DEFAULT = "retold"
HAND_KEPT = ("labels", "corrections")  # tables that people edit in the browser and the build honours


class NotBuilt(LookupError):
    """The database is not being served; the message says how to build it."""


def name(host: Any) -> str:
    """The name in the plugin configuration, ``plugins: retold: database:``, by default ``retold``."""
    return str((host.plugin_config("retold") or {}).get("database") or DEFAULT)


def database(host: Any) -> Any:
    """Retold's database among ``host.databases``; raises :class:`NotBuilt`."""
    found = host.databases.get(name(host))
    if found is None:
        raise NotBuilt(
            f"There is no database named {name(host)!r} here yet. Build it with:"
            f" python build_db.py --db {name(host)}.db and start the server again."
        )
    return found


def read_only(path: str) -> sqlite3.Connection:
    """A connection of one's own to a served file, which cannot write and may pass between threads."""
    connection = sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=30
    )
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection
