"""Lines that recur: counted as articles come, asked when they are read."""

from __future__ import annotations

from retold.building.workfile import Workfile
from retold.reading.layout import recurrence


class Recurring:
    """Which lines of an article recur in the corpus; what was asked lately is kept."""

    def __init__(self, work: Workfile) -> None:
        self.work = work
        self.known: dict[int, int] = {}

    def of(self, text: str) -> frozenset[str]:
        """The short lines of a text that stand in several articles which otherwise differ."""
        lines, _ = recurrence.short_lines(text)
        return frozenset(line for line in lines if self._bodies(recurrence.hash_of(line)) >= recurrence.needed(line))

    def _bodies(self, line: int) -> int:
        if line not in self.known:
            self.known[line] = int(self.work.one("select count(*) from lines where line = ?", [line]))
        return self.known[line]


def count(work: Workfile, text: str) -> None:
    """Count the short lines of a text, each at most as often as matters."""
    lines, body = recurrence.short_lines(text)
    for line in map(recurrence.hash_of, lines):
        work.run(
            "insert or ignore into lines select ?1, ?2 where (select count(*) from lines where line = ?1) < ?3",
            [line, body, recurrence.ENOUGH],
        )
