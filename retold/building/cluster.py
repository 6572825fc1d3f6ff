"""The pieces of work on Dask distributed: processes of this machine, or the workers of any scheduler.

The working file and the database stay with the one that builds. Workers get what a piece needs and give back what came
of it, so that they need nothing but an installed Retold, and one that dies loses nothing: the scheduler, or where that
cannot know, this engine, gives its pieces to others.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from operator import getitem
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from dask import config
from distributed import Client, Future, KilledWorker, LocalCluster

from retold.building import remote, request, stages
from retold.building.stages import Read, Told, Untold, Waiting
from retold.model import Fault
from retold.naming.cache import CacheUse
from retold.progress import Reporter
from retold.tracing.stories import grouping, shuffle
from retold.tracing.stories.index import SORTINGS, Index

RETRIES = 3
AHEAD = 3
"""Pieces laid out for each thread of the workers, so that none waits and this process holds few."""
CONNECTING = 30  # seconds to find the scheduler
LOOK, MANY_LOOKS = 10, 30  # seconds between two looks at whether there are any workers; for our own, how many at most
BACK = "5 minutes"
TOGETHER = 24
"""Articles in one piece of tracing, about: a story of one or two alone would cost more to send than to trace."""
BLOCK, PART = 2_000, 50_000
"""Articles in what is sent to the search at once, and in each part of the shuffle."""
FEW = 20
"""The index is asked here where less than one article in so many is new: cheaper than to send all of the others."""
ATTEMPTS = 4

Work = Callable[..., Any]
_CLIENT: Callable[..., AbstractContextManager[Any]] = Client  # neither has types
_CLUSTER: Callable[..., AbstractContextManager[Any]] = LocalCluster


class Lost(Fault):
    """The scheduler or all data with some worker is gone."""


class Cluster(AbstractContextManager["Cluster"]):
    """An engine whose pieces are tasks of Dask; ``jobs`` processes of this machine unless ``scheduler`` has an address.

    ``cache`` keeps sentences once read where the workers are on this machine. Raises :class:`Lost` where the scheduler
    cannot be reached.
    """

    def __init__(
        self, reporter: Reporter, jobs: int = 1, scheduler: str | None = None, cache: Path | None = None
    ) -> None:
        self.reporter, self.jobs, self.scheduler = reporter, jobs, scheduler
        self.cache = cache if scheduler is None else None
        self.recipe = None if scheduler is None else request.recipe()
        self._stack = ExitStack()
        self._warned = False
        self._own: Any = None

    @cached_property
    def client(self) -> Any:  # its methods have no types
        """The connection to the scheduler, made when there is something to do."""
        # What goes wrong is said by this engine, in words that say what to do.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            target = self._stack.enter_context(self._here()) if self.scheduler is None else self.scheduler
            made = self._stack.enter_context(_CLIENT(target, timeout=CONNECTING, set_as_default=False))
        except (OSError, TimeoutError, ValueError) as error:
            raise Lost(
                f"no Dask scheduler answers at {self.scheduler}; start one (dask scheduler) and give its address, "
                "such as tcp://127.0.0.1:8786"
            ) from error
        self.reporter.say(f"Dask: scheduler {made.scheduler.address}, dashboard {made.dashboard_link}")
        return made

    def _here(self) -> AbstractContextManager[Any]:
        # On a busy machine a worker that died takes its time to come back; by default it would be given up.
        self._stack.enter_context(config.set({"distributed.deploy.lost-worker-timeout": BACK}))
        made = _CLUSTER(
            n_workers=self.jobs,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
        self._own = made
        return made

    @property
    def address(self) -> str:
        """Where the scheduler is."""
        return str(self.client.scheduler.address) if self.client.scheduler else str(self.scheduler)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def read(self, batches: Iterable[Sequence[Waiting]]) -> Iterator[Read]:
        """Each batch read; a document that ends its worker again and again is left out and named."""
        for batch, future in self._ahead(batches, self._read):
            try:
                yield self._result(future)
            except KilledWorker:
                yield stages.together(map(self._read_alone, batch))

    def _read(self, batch: Sequence[Waiting]) -> Future[Any]:
        return self._submit(remote.read, list(batch), self.cache, self.recipe)

    def _read_alone(self, one: Waiting) -> Read:
        try:
            found: Read = self._result(self._read([one]))
        except KilledWorker:
            return Read([], CacheUse(), [one])
        return found

    def tell(self, stories: Iterable[Untold]) -> Iterator[Told]:
        """Each story traced."""
        for batch, future in self._ahead(_batched(stories), self._tell):
            try:
                yield from self._result(future)
            except KilledWorker:
                yield from map(self._tell_alone, batch)

    def _tell(self, batch: Sequence[Untold]) -> Future[Any]:
        return self._submit(remote.tell, list(batch), self.recipe)

    def _tell_alone(self, story: Untold) -> Told:
        try:
            found: list[Told] = self._result(self._tell([story]))
        except KilledWorker as error:
            named = ", ".join([article.document for article in story.articles][:5])
            raise Fault(
                f"worker after worker died over the story of {named}, perhaps for want of memory; give them more, or "
                "take these out of the inputs, and start this again: the build goes on from where it was"
            ) from error
        return found[0]

    def links(self, index: Index, fresh: Sequence[int], progress: Callable[[int], None]) -> grouping.Links:
        """The pairs alike enough to be one story, by a keyed shuffle; those that ``grouping.links`` finds."""
        numbers = index.numbers("settled")
        if len(fresh) * FEW < len(numbers):
            return grouping.links(index, fresh, progress=progress)
        parts = max(self._threads(), -(-len(numbers) // PART))
        owned = np.bincount(shuffle.part_of(np.array(fresh, dtype=np.int64), parts), minlength=parts).tolist()
        told: set[int] = set()

        def tick(part: int) -> None:
            if part not in told:
                progress(owned[part])
            told.add(part)

        for _ in range(ATTEMPTS):
            try:
                return self._search(index, numbers, set(fresh), parts, tick)
            except Lost:
                # What a worker held of the corpus went with it. It is sent again, which only costs time.
                if self.client.status != "running":
                    raise
        raise Lost(f"workers of {self.address} keep dying while stories are searched for; {AGAIN}")

    def _search(
        self, index: Index, numbers: list[int], fresh: set[int], parts: int, tick: Callable[[int], None]
    ) -> grouping.Links:
        dealt = [self._dealt(index, numbers[n : n + BLOCK], fresh, parts) for n in range(0, len(numbers), BLOCK)]
        pieces = [list(column) for column in zip(*dealt, strict=True)]
        met = [self._split(shuffle.evidence, parts, rows, parts) for rows in pieces[:parts]]
        met += [self._split(shuffle.lead_evidence, parts, rows, parts) for rows in pieces[parts : parts + SORTINGS]]
        shelves = [self._submit(shuffle.shelve, shelf) for shelf in pieces[parts + SORTINGS :]]
        del dealt, pieces
        weighed = []
        for home, votes in enumerate(zip(*met, strict=True)):
            asked = self._split(shuffle.best, parts, list(votes), parts)
            weighed.append([self._weighed(pairs, shelves[home], shelves[n]) for n, pairs in enumerate(asked)])
        del met, shelves
        links = []
        for home in range(parts):
            links += [self._result(future) for future in weighed[home]]
            weighed[home] = []
            tick(home)
        return shuffle.together(links)

    def _dealt(self, index: Index, numbers: list[int], fresh: set[int], parts: int) -> list[Future[Any]]:
        self._await_workers()
        try:
            block = self.client.scatter(shuffle.block_of(index, numbers, fresh), hash=False)
        except (OSError, TimeoutError) as error:
            raise self._lost() from error
        return self._split(shuffle.deal, 2 * parts + SORTINGS, block, parts)

    def _weighed(self, pairs: Future[Any], home: Future[Any], there: Future[Any]) -> Future[Any]:
        return self._submit(shuffle.weigh, pairs, home, self._submit(shuffle.fetch, there, pairs))

    def _split(self, work: Work, parts: int, *given: Any) -> list[Future[Any]]:
        """A task that returns a list, as one future for each item."""
        whole = self._submit(work, *given)
        return [self._submit(getitem, whole, n) for n in range(parts)]

    def _submit(self, work: Work, *given: Any) -> Future[Any]:
        if self.client.status != "running":
            raise self._lost()
        future: Future[Any] = self.client.submit(work, *given, pure=False, retries=RETRIES)
        return future

    def _ahead(self, items: Iterable[Any], submit: Callable[[Any], Future[Any]]) -> Iterator[tuple[Any, Future[Any]]]:
        """Each item with its task, in order, a bounded number under way."""
        waiting: deque[tuple[Any, Future[Any]]] = deque()
        room = AHEAD * self._threads()
        for item in items:
            waiting.append((item, submit(item)))
            if len(waiting) > room:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def _result(self, future: Future[Any]) -> Any:
        while True:
            try:
                return future.result(timeout=LOOK)
            except Exception as error:
                if future.status == "error":
                    raise
                if not isinstance(error, TimeoutError):
                    raise self._lost() from error
            self._await_workers()

    def _threads(self) -> int:
        """How many pieces are worked on at a time."""
        self._await_workers()
        return max(1, sum(self._workers().values()))

    def _await_workers(self) -> None:
        """Wait for the first worker, or for the next where the last has gone; say so where it takes long."""
        looks = 0
        while not self._workers():
            try:
                self.client.wait_for_workers(1, timeout=LOOK)
            except TimeoutError:
                looks += 1
                self._want_workers(looks)
            except OSError as error:
                raise self._lost() from error

    def _want_workers(self, looks: int) -> None:
        """Start workers of our own again; ask people for others."""
        if self._own is not None and looks > MANY_LOOKS:
            raise Lost(f"the workers on this machine died and do not come back; {AGAIN}")
        if self._own is not None:
            self._own.scale(self.jobs)
        elif not self._warned:
            self.reporter.warn(f"waiting for workers; start some: dask worker {self.address} --nthreads 1")
            self._warned = True

    def _workers(self) -> dict[str, int]:
        """Threads by worker."""
        try:
            found: dict[str, int] = self.client.nthreads()
        except (OSError, TimeoutError) as error:
            raise self._lost() from error
        return found

    def _lost(self) -> Lost:
        return Lost(f"the Dask scheduler at {self.address} no longer answers, or lost what it held; {AGAIN}")


AGAIN = "see that it runs and start this again: what was written before is sound, and the build goes on from there"


def _batched(stories: Iterable[Untold]) -> Iterator[list[Untold]]:
    batch: list[Untold] = []
    for story in stories:
        batch.append(story)
        if sum(len(one.articles) for one in batch) >= TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
