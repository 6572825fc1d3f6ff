"""A paragraph and what can be seen of it without its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from retold.model import Kind
from retold.reading.layout import credits, datelines, furniture

_TERMINAL = re.compile(r"[.!?…。！？؟।][\"”’')\]»*_]*(?:\s*\([A-Z][\w .&/-]{1,30}\)|\s*/{1,2}[a-z]{2,5})?$")
_OPEN = re.compile(r"[:;,–—-]$")
_TITLE_EDGE = re.compile(r"[\"“‘'«(\[¿¡#*\s]*[A-ZÀ-ÖØ-Þ0-9$£€]")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")
_FIELD = re.compile(
    r"(?P<name>headline|title|byline|author|dateline|highlight|lead|subhead|subtitle)\s*:\s*(?=\S)", re.I
)
_FIELDS: dict[str, Kind] = {
    "headline": "headline",
    "title": "headline",
    "byline": "credit",
    "author": "credit",
    "dateline": "dateline",
    "highlight": "subheading",
    "subhead": "subheading",
    "subtitle": "subheading",
}
_ARCHIVE_FIELD = re.compile(r"[A-Z][A-Z -]{3,20}: ")
_SPEAKER = re.compile(r"(?:Q|A|[A-Z][A-Z.’' -]{2,28}):\s+\S")
_HEADING = re.compile(r"#{1,6}\s+\S")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•‣▪◦●■►»·–—+]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")


@dataclass(eq=False)
class Paragraph:
    """One paragraph: its lines as ranges of ``whole``, and the kind it has been given so far."""

    whole: str
    ranges: list[tuple[int, int]]
    kind: Kind | None = None
    dateline: int = 0

    @cached_property
    def start(self) -> int:
        return self.ranges[0][0]

    @cached_property
    def end(self) -> int:
        return self.ranges[-1][1]

    @cached_property
    def text(self) -> str:
        return self.whole[self.start : self.end]

    @cached_property
    def words(self) -> int:
        """Words; in scripts without blanks, characters by threes."""
        spaced = len(self.text.split())
        return max(spaced, len(self.text) // 3) if _CASELESS.search(self.text) else spaced

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does, a wire's name after it not counted."""
        return _TERMINAL.search(self.text) is not None

    @cached_property
    def prose(self) -> bool:
        """Whether it reads like sentences of an article."""
        if self.titled_by_mark or self.question:
            return False
        enough = 4 if self.bullet else 8
        return (
            (self.closed and self.words >= enough) or (self.text.endswith(":") and self.words >= 12) or self.words >= 40
        )

    @cached_property
    def question(self) -> bool:
        """One short question and nothing else, as interviewers ask."""
        return self.asks and 2 <= self.words <= 16 and not re.search(r"[.!?][\"”’)]* ", self.text)

    @cached_property
    def speech(self) -> bool:
        """A line of a transcript or of an interview ("Q: ...", "MAYOR ITO: ...")."""
        return _SPEAKER.match(self.text) is not None

    @cached_property
    def parenthesis(self) -> bool:
        """A remark in parentheses that fills the paragraph ("($1 = 23.9 crowns)")."""
        return self.text[:1] == "(" and self.text.rstrip(".")[-1:] == ")" and self.words >= 4

    @cached_property
    def titled_by_mark(self) -> bool:
        """A Markdown heading."""
        return _HEADING.match(self.text) is not None

    @cached_property
    def item(self) -> bool:
        """Whether it begins with a bullet or a number."""
        return _LIST_ITEM.match(self.text) is not None

    @cached_property
    def bullet(self) -> bool:
        """Whether it begins with a bullet, not a number."""
        return self.item and not self.text.lstrip("( \t")[:1].isalnum()

    @cached_property
    def title_like(self) -> bool:
        """Whether it could be a headline or a subheading: short, begun with a capital, not closed by a full stop."""
        if self.titled_by_mark:
            return True
        if self.words > 32 or (self.bullet) or not (_TITLE_EDGE.match(self.text) or _CASELESS.search(self.text)):
            return False
        if _OPEN.search(self.text) and not self.text.endswith(":"):
            return False
        return not self.closed or self.text.rstrip("\"”’')").endswith(("?", "!"))

    @cached_property
    def asks(self) -> bool:
        return self.text.rstrip("\"”’')").endswith("?")

    @cached_property
    def plain(self) -> str:
        return furniture.plain(self.text)

    @cached_property
    def field(self) -> Kind | None:
        """The kind that an archive's label names ("HEADLINE: ...")."""
        match = _FIELD.match(self.text)
        return _FIELDS.get(match["name"].lower()) if match else None

    @cached_property
    def wording(self) -> Kind | None:  # noqa: PLR0911
        """The kind that the wording alone tells, if any."""
        if self.field:
            return self.field
        if furniture.is_stamp(self.text) or (_ARCHIVE_FIELD.match(self.text) and furniture.matches(self.text)):
            return "furniture"
        if self.titled_by_mark:
            return "furniture" if furniture.matches(self.text) else None
        if credits.is_caption(self.text):
            return "caption"
        if credits.is_credit(self.text):
            return "credit"
        if datelines.alone(self.text) and self.words > 1:
            return "dateline"
        if furniture.matches(self.text):
            return "furniture"
        return "body" if self.parenthesis else None
