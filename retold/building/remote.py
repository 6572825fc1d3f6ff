"""What workers of a cluster do: the pieces of work of ``stages``, one at a time in each process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from distributed import get_worker

from retold.building import request, stages
from retold.building.stages import Read, Told, Untold, Waiting
from retold.model import Fault

_ALONE = threading.Lock()
"""Held while a piece is worked on: the models of a process are not for several threads, should it have them."""


class Unlike(Fault):
    """A worker runs other code or models than the build, so its rows might differ."""


def read(batch: Sequence[Waiting], cache: Path | None, recipe: str | None) -> Read:
    """Read some documents. ``cache`` keeps sentences once read; None: the worker keeps its own while it lives."""
    _check(recipe)
    with _ALONE:
        return stages.read(batch, cache or Path(get_worker().local_directory) / "retold.sentences")


def tell(stories: Sequence[Untold], recipe: str | None) -> list[Told]:
    """Trace some stories."""
    _check(recipe)
    with _ALONE:
        return [stages.tell(story) for story in stories]


def _check(recipe: str | None) -> None:
    """Where workers are of the build's own making there is nothing to compare."""
    if recipe not in (None, request.recipe()):
        raise Unlike(
            f"the worker at {get_worker().address} runs another version of Retold, or other versions of its models, "
            "than this build; install the same everywhere and start the workers again"
        )
