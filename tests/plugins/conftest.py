"""A served site for tests of the plugins: the made-up corpus in a configuration directory of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette


def serve(site: Path, **more: Any) -> Datasette:
    """A Datasette over the folder, as ``datasette .`` starts it."""
    return Datasette([], config_dir=site, **more)


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
