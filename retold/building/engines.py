"""Who does the pieces of work: this process, several on this machine, or a cluster (``cluster``)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeVar

from retold.building import stages
from retold.building.stages import Read, Told, Untold, Waiting
from retold.naming import workers
from retold.tracing.stories import grouping
from retold.tracing.stories.index import Index

FEW_BATCHES, FEW_STORIES = 3, 30
"""So little work is done sooner than other processes could be started."""

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Spreads the work; results come in the order of what was given, whoever did it."""

    def read(self, batches: Iterable[Sequence[Waiting]]) -> Iterator[Read]:
        """Each batch read, one result for each."""
        ...

    def tell(self, stories: Iterable[Untold]) -> Iterator[Told]:
        """Each story traced."""
        ...

    def links(self, index: Index, fresh: Sequence[int], progress: Callable[[int], None]) -> grouping.Links:
        """The pairs alike enough to be one story, of which at least one article is fresh."""
        ...


class Local(AbstractContextManager["Local"]):
    """This machine: ``jobs`` processes, or this one alone where that is 1. ``cache`` keeps sentences once read."""

    def __init__(self, jobs: int = 1, cache: Path | None = None) -> None:
        self.jobs, self.cache = jobs, cache
        self._stack = ExitStack()
        self._pool: ProcessPoolExecutor | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def read(self, batches: Iterable[Sequence[Waiting]]) -> Iterator[Read]:
        """Each batch read."""
        return self._each(_Read(self.cache), batches, FEW_BATCHES)

    def tell(self, stories: Iterable[Untold]) -> Iterator[Told]:
        """Each story traced."""
        return self._each(stages.tell, stories, FEW_STORIES)

    def links(self, index: Index, fresh: Sequence[int], progress: Callable[[int], None]) -> grouping.Links:
        """The pairs alike enough to be one story, of which at least one article is fresh."""
        return grouping.links(index, fresh, progress=progress)

    def _each(self, work: Callable[[A], B], items: Iterable[A], few: int) -> Iterator[B]:
        remaining = iter(items)
        if self._pool is None:
            first = list(islice(remaining, few + 1))
            remaining = chain(first, remaining)
            if self.jobs < 2 or len(first) <= few:
                yield from map(work, remaining)
                return
            self._pool = self._stack.enter_context(workers.pool(self.jobs))
        waiting: deque[Future[B]] = deque()
        for item in remaining:
            waiting.append(self._pool.submit(work, item))
            if len(waiting) > 2 * self.jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Read:
    """``stages.read`` with its cache, as something that can be sent to another process."""

    def __init__(self, cache: Path | None) -> None:
        self.cache = cache

    def __call__(self, batch: Sequence[Waiting]) -> Read:
        return stages.read(batch, self.cache)
