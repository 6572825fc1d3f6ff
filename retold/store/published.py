"""Which of the databases being served is Retold's. Asks its host by duck typing, so that it need not import it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from retold.store import snapshots

DEFAULT = "retold"
HAND_KEPT = ("labels", "corrections")  # tables that people edit in the browser and the build honours


class NotBuilt(LookupError):
    """The database is not being served; the message says how to build it."""


def name(host: Any) -> str:
    """The name in the plugin configuration, ``plugins: retold: database:``, by default ``retold``."""
    return str((host.plugin_config("retold") or {}).get("database") or DEFAULT)


def authored_name(host: Any) -> str:
    """The name of the database that holds what people enter: ``plugins: retold: annotations:``, else the same one.

    Named but not served, it does not count, so that one configuration serves both ways.
    """
    apart = (host.plugin_config("retold") or {}).get("annotations")
    return str(apart) if apart and str(apart) in host.databases else name(host)


def names(host: Any) -> tuple[str, ...]:
    """The databases that are Retold's: one, or two where a snapshot is served with its annotations apart."""
    return tuple(dict.fromkeys((name(host), authored_name(host))))


def home_of(host: Any, table: str) -> str:
    """The name of the database that a table lives in."""
    return authored_name(host) if table in snapshots.AUTHORED else name(host)


def database(host: Any) -> Any:
    """The database to ask and to write to, among ``host.databases``; raises :class:`NotBuilt`.

    Where annotations are apart it is theirs, to whose connections the snapshot is attached.
    """
    found = host.databases.get(authored_name(host)) if name(host) in host.databases else None
    if found is None:
        raise NotBuilt(
            f"There is no database named {name(host)!r} here yet. Build it with:"
            f" python build_db.py --db {name(host)}.db and start the server again."
        )
    return found


def prepare(host: Any, connection: sqlite3.Connection, database: str) -> None:
    """Attach the snapshot to a connection to the annotations that are kept apart from it; to no other."""
    if database != name(host) and database == authored_name(host):
        snapshots.attach(connection, host.databases[name(host)].path)


def read_only(host: Any) -> sqlite3.Connection:
    """A connection of one's own to the served database, which cannot write and may pass between threads."""
    path = str(database(host).path)
    connection = sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=30
    )
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    prepare(host, connection, authored_name(host))
    return connection
