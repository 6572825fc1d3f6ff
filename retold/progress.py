"""What a person sees while a build runs: a bar on a terminal, plain lines elsewhere, nothing with ``--quiet``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Tick(Protocol):
    """Called with how many units of a step are newly done."""

    def __call__(self, done: int = 1) -> None: ...


class Reporter:
    """Reports the steps of a build on standard error."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.console = Console(stderr=True, quiet=quiet, highlight=False)

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Tick]:
        """One step of ``total`` units (None: not known beforehand); gives the function that advances it."""
        return self._bar(name, total) if self.console.is_terminal and not self.quiet else self._lines(name, total)

    @contextmanager
    def _lines(self, name: str, total: int | None) -> Iterator[Tick]:
        started, counted = time.perf_counter(), 0

        def tick(done: int = 1) -> None:
            nonlocal counted
            counted += done

        yield tick
        self.say(f"{name}: {counted or total or 0:,} in {time.perf_counter() - started:.1f} s")

    @contextmanager
    def _bar(self, name: str, total: int | None) -> Iterator[Tick]:
        columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console) as bar:
            task = bar.add_task(name, total=total)
            yield lambda done=1: bar.update(task, advance=done)
            if total is not None:
                bar.update(task, completed=total)

    def say(self, line: str) -> None:
        """One line for people, left out with ``--quiet``."""
        if not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def warn(self, line: str) -> None:
        """One line that is never left out."""
        print(line, file=sys.stderr, flush=True)
