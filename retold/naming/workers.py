"""Processes that share the work, and that end when the one they work for has gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from types import TracebackType

PAUSE = 1.0  # seconds between two looks at the parent, where its pipe stays open for some reason


class _Pool(ProcessPoolExecutor):
    """An executor that, left because of an error, does not begin what is still waiting."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(wait=True, cancel_futures=kind is not None)


def pool(jobs: int) -> ProcessPoolExecutor:
    """So many processes, each of which ends at once when this process ends in any way, killed or not.

    They are fresh ones, because a forked copy of loaded numerical libraries may hang. An interrupt from the keyboard
    reaches this process only; used with ``with``, the pool then finishes what has begun and forgets the rest.
    """
    return _Pool(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent's end: the pipe it holds closes, or the process gets another parent."""
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        if wait([parent.sentinel], timeout=PAUSE):
            break
    os._exit(1)
