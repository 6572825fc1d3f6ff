"""How much one input may take before it is refused: what keeps a hostile or broken file from eating the machine."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


class Refused(Exception):
    """An input that cannot be used; the message says what is wrong, where in it, and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in bytes unless said otherwise; ``article`` also bounds one line of JSONL and one record of CSV.

    ``page_elements`` bounds the elements of a web page: the time to tell article from menus grows with their square.
    """

    article: int = 10 * MEBIBYTE
    page_elements: int = 20_000
    sidecar: int = 64 * MEBIBYTE
    table_in_archive: int = 1024 * MEBIBYTE
    archive_ratio: int = 200
    archive_ratio_from: int = 64 * MEBIBYTE
    metadata_characters: int = 2_000


LIMITS = Limits()


def in_words(size: int) -> str:
    """A size as people write it: ``10 MB``, ``512 bytes``."""
    return f"{size / MEBIBYTE:.4g} MB" if size >= MEBIBYTE else f"{size:,} bytes"
