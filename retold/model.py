"""What walks through the house: plain data, in and out of every room.

Offsets are half-open ranges of Unicode code points into ``Article.text``; ``text[start:end]`` is always the stored
span. Field names are the column names of the database and the keys of every export.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["headline", "subheading", "dateline", "body", "caption", "credit", "furniture"]
Operation = Literal["kept", "reworded", "merged", "split", "dropped", "added"]
Degree = Literal["wholly", "partially", "non"]
Role = Literal["source", "retelling", "follow_up", "unrelated"]
AttributionKind = Literal["direct", "indirect", "mixed"]
SourceType = Literal["named_person", "unnamed_person", "organisation", "document", "media", "unknown"]


class Fault(Exception):
    """Something went wrong that a person can mend; the message says what, where and how. No traceback is shown."""


METADATA_FIELDS = ("title", "publisher", "url", "author", "published", "place", "wire", "language")


def digest(*parts: str, length: int = 12) -> str:
    """Hex digest of the parts, each length-prefixed so that no two lists of parts run together."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(text: str, limit: int = 32) -> str:
    """The text reduced to what an id may hold: ``A-Z a-z 0-9 . _ -``, never starting with a dot or a hyphen."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:limit].strip("-.") or "x"


@dataclass(slots=True)
class Problem:
    """One input, or part of one, that could not be used: what, where in the build, and the remedy in ``message``."""

    path: str
    stage: str
    message: str


@dataclass(slots=True)
class Document:
    """One article as an input file holds it, before anything is read out of it.

    ``document`` names the article across versions; ``metadata`` holds only what the container said, by field of
    ``METADATA_FIELDS``; ``provenance`` says where each of those values came from.
    """

    document: str
    path: str
    text: str
    encoding: str = "utf-8"
    metadata: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Block:
    """A stretch of text of one kind. Blocks of an article never overlap and cover everything that is not blank."""

    start: int
    end: int
    kind: Kind
    paragraph: int


@dataclass(slots=True)
class Sentence:
    """A sentence of prose, or one block of any other kind."""

    id: str
    article_id: str
    position: int
    paragraph: int
    kind: Kind
    text: str
    start: int
    end: int
    words: int


@dataclass(slots=True)
class Mention:
    """A name in the text. ``type`` uses OntoNotes names; ``entity_id`` is set once the whole corpus has been seen."""

    id: str
    sentence_id: str
    article_id: str
    text: str
    start: int
    end: int
    type: str
    entity_id: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Entity:
    """One canonical entity of the corpus, with the reason why its spellings are one."""

    id: str
    name: str
    type: str
    mentions: int
    articles: int
    spellings: list[str] = field(default_factory=list)
    reason: str | None = None


@dataclass(slots=True)
class Attribution:
    """Who said what, in the sense of PARC and PolNeAR: source, cue and content; ``sentence_id`` is where the cue is."""

    id: str
    article_id: str
    sentence_id: str
    kind: AttributionKind
    source_text: str | None
    source_start: int | None
    source_end: int | None
    source_type: SourceType
    cue: str
    cue_start: int
    cue_end: int
    content: str
    content_start: int
    content_end: int
    content_parts: list[tuple[int, int]]
    source_entity_id: str | None = None
    via_attribution_id: str | None = None


@dataclass(slots=True)
class Article:
    """One version of one document, and what the rooms have found in it so far."""

    id: str
    document: str
    version: int
    supersedes: str | None
    path: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    place: str | None = None
    wire: str | None = None
    language: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    story_id: str | None = None
    role: Role = "unrelated"
    derived_from: str | None = None
    derivation: Degree | None = None


@dataclass(slots=True)
class Story:
    """Articles that tell the same event. ``source_article_id`` is the copy that the others were made from, if any."""

    id: str
    title: str
    source_article_id: str | None
    article_ids: list[str]


@dataclass(slots=True)
class Derivation:
    """One article made from another (METER's sense), and the measures that say so; shares are 0 to 1."""

    id: str
    source_article_id: str
    article_id: str
    score: float
    degree: Degree
    words_found: float
    longest_run: int
    sentences_kept: float
    order_kept: float
    evidence: str


@dataclass(slots=True)
class Edge:
    """What became of some source sentences in an article: one row of ``changes``. Either side may be empty.

    ``source_parts`` and ``parts`` give the true stretches where the sentences of a side are not neighbours; the
    side's text and offsets then run from the first to the last.
    """

    id: str
    derivation_id: str
    source_article_id: str
    article_id: str
    position: int
    operation: Operation
    moved: bool
    similarity: float
    source_sentences: list[Sentence]
    sentences: list[Sentence]


@dataclass(slots=True)
class Suggestion:
    """A label of the codebook that a rule proposes for an edge, with its evidence on either side."""

    label: str
    rule: str
    confidence: float
    explanation: str
    source_start: int | None = None
    source_end: int | None = None
    start: int | None = None
    end: int | None = None
    before: str | None = None
    after: str | None = None
    id: str = ""
    change_id: str = ""
