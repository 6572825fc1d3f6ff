"""A served site for tests of the plugins: the made-up corpus in a configuration directory of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from tests.conftest import copy_database, lay_out


def serve(site: Path, **more: Any) -> Datasette:
    """A Datasette over the folder, as ``datasette .`` starts it."""
    return Datasette([], config_dir=site, **more)


@pytest.fixture(scope="module")
def shared(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """As ``served``, one for all tests of a file: for those that write nothing and change no setting."""
    folder = tmp_path_factory.mktemp("shared")
    copy_database(story_db, folder / "retold.db")
    datasette = serve(lay_out(folder))
    asyncio.run(datasette.invoke_startup())
    yield datasette
    datasette.close()


@pytest.fixture
async def served(site: Path) -> AsyncIterator[Datasette]:
    datasette = serve(site)
    await datasette.invoke_startup()
    yield datasette
    datasette.close()


@pytest.fixture
def signed_in(served: Datasette) -> Callable[..., dict[str, Any]]:
    """``signed_in("ada")`` gives the arguments of a request by that person."""

    def arguments(id_: str, **more: Any) -> dict[str, Any]:
        return {"actor": {"id": id_, **more}}

    return arguments
