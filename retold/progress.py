"""What a person sees while a build runs: a bar on a terminal, plain lines elsewhere, nothing with ``--quiet``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Tick]:
        """One step of ``total`` units (None: not known beforehand); yields the function that advances it."""
        if self.console.is_terminal and not self.quiet:
            with self._bar(name, total) as tick:
                yield tick
        else:
            started, done = time.perf_counter(), 0

            def tick(count: int = 1) -> None:
                nonlocal done
                done += count

            yield tick
            self.say(f"{name}: {done or total or 0:,} in {time.perf_counter() - started:.1f} s")

    @contextmanager
    def _bar(self, name: str, total: int | None) -> Iterator[Tick]:
        columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console) as bar:
            task = bar.add_task(name, total=total)
            yield lambda done=1: bar.update(task, advance=done)

    def say(self, line: str) -> None:
        """One line for people, left out with ``--quiet``."""
        if not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def warn(self, line: str) -> None:
        """One line that is never left out."""
        print(line, file=sys.stderr, flush=True)
