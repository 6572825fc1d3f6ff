"""Text and Markdown files, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from retold.model import Document, Problem
from retold.reading.facts.fields import Layer, layer
from retold.reading.formats.decoding import decode
from retold.reading.formats.source import Source

LONGEST_FRONT_MATTER = 65_536
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)\n*", re.S | re.M)
SIMPLE_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*))?$")


class PlainLoader(yaml.BaseLoader):
    """YAML whose every value stays the string that was written; aliases, which can explode, are refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def read(source: Source) -> Iterator[Document | Problem]:
    """The one article of a text file; its front matter becomes metadata and is no part of the text."""
    text, encoding = decode(source.bytes())
    found, text = front_matter(text)
    yield source.article(text, encoding, found, source.sidecar)


def front_matter(text: str) -> tuple[Layer, str]:
    """What a block between ``---`` lines at the very start says, and the text after it.

    A block that is no list of keys and values is left in the text, and so is one without end.
    """
    match = FRONT_MATTER.match(text[:LONGEST_FRONT_MATTER])
    if not match:
        return Layer(), text
    pairs = _pairs(match[1])
    if not pairs:
        return Layer(), text
    return layer(pairs, "front matter"), text[match.end() :]


def _pairs(block: str) -> dict[str, object]:
    try:
        loaded = yaml.load(block, PlainLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return _simple_pairs(block)
    return {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def _simple_pairs(block: str) -> dict[str, object]:
    """Keys and values line by line, for blocks that are no YAML: a title that holds a colon is the usual reason."""
    pairs: dict[str, object] = {}
    for line in filter(str.strip, block.split("\n")):
        match = SIMPLE_LINE.match(line.strip())
        if not match:
            return {}
        pairs.setdefault(match[1], (match[2] or "").strip().strip("\"'"))
    return pairs
