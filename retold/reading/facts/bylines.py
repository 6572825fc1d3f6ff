"""Bylines, credits, datelines and copyright lines to the names in them: who wrote, where, when, for which agency."""

from __future__ import annotations

import re

from retold.reading.facts import dates, wires

PICTURE = re.compile(
    r"\b(photo|photos|photograph|picture|image|images|video|illustration|graphic|getty|cover|courtesy)", re.I
)
WRITTEN = re.compile(
    r"^\W*(?:by(?:line)?|(?:additional )?report(?:ed|ing) (?:by|from)|written by|writing by|story by|words by|text by"
    r"|authors?|credits?|from)\b\s*:?\s*",
    re.I,
)
EDITED = re.compile(r"\b(?:(?:edit|translat|compil|produc)(?:ed|ing)|photo(?:graph)?s?|graphics?) by\b", re.I)
PARTS = re.compile(r"\s*(?:[;|•·/]|,|\s[-–—]\s|\band\b|&|\bwith\b)\s*")
SECTIONS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|\n")
TAIL = re.compile(r"\b(?:for|in|at|on|of)\b.*$|\b(?:updated|published|posted)\b.*$", re.I)
NAME_TOKEN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*\.?$|(?:de|del|della|van|von|der|den|bin|ibn|al|el|la|le|da|di|dos)$")
NOT_AUTHORS = frozenset(
    "staff staffs reporter reporters correspondent correspondents editor editors writer writers desk agency agencies "
    "bureau newsroom team service services guest contributor contributors wire wires online web news special national "
    "political senior chief deputy former subscribe share print email".split()
)
LABEL = re.compile(
    r"^\W*(?:(?:first )?(?:published|posted)(?: (?:on|at|date|time))?|publish(?:ed|ing|ication)? date|publication date"
    r"|date(?: published)?|issued|created)\b\s*[:|–-]?\s*",
    re.I,
)
CHANGED = re.compile(r"\b(?:updated|modified|last update|edited)\b", re.I)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–,]\s*\d{4})*)?\s*[,|.:]?\s*(?:by\s+)?(?P<name>[^\d\s©.,|][^\n©.,|]{1,59})",
    re.I,
)
RIGHTS = re.compile(r"\s*(?:\d{4}|all rights|rights reserved|licen[cs]e|acquire|click|unless).*$", re.I)
STAMP = re.compile(r"^\W*(?:(?:date[d]?|published|posted|updated)\b\s*:?\s*)?", re.I)
DAY = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2})?"
    r"|(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?(?:,?\s+\d{4})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}))",
    re.I,
)
CREDITED = re.compile(
    r"\b[A-Z][\w. -]{1,30}?/ ?[A-ZÀ-Þ][^\n]{0,60}$|\([^()\n]{2,80}\)\W*$"
    r"|\b(?:photo|photograph|picture|image|credit|source|courtesy)s?\b(?: by| of)?\s*:?[^\n]{0,80}$|©[^\n]{1,60}$",
    re.I,
)
ENCLOSED = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|/[^/]*/")
LOWER_IN_PLACES = frozenset("de del della di do da du la las le les el los of the and sur am an der upon on".split())
UPPER_IN_PLACES = frozenset("UK UAE USA US DC UN NY LA BC NSW".split())


def authors(line: str) -> list[str]:
    """The people whom a byline or credit names as writers, in order; none for the credit of a picture."""
    text = line.strip(" \t()[]*_")
    match = WRITTEN.match(text)
    if not match or PICTURE.search(text[: match.end() + 10]):
        return []
    text = EDITED.split(text[match.end() :])[0]
    found = [_person(part) for part in PARTS.split(SECTIONS.split(text)[0])]
    return list(dict.fromkeys(name for name in found if name))


def _person(part: str) -> str | None:
    name = TAIL.sub("", part).strip(" .,:;()[]*_-–—")
    tokens = name.split()
    if not 2 <= len(tokens) <= 5 or not all(NAME_TOKEN.match(token) for token in tokens):
        return None
    if wires.canonical(name) or {token.casefold().strip(".") for token in tokens} & NOT_AUTHORS:
        return None
    return name


def is_picture_credit(line: str) -> bool:
    """Whether a credit is about a picture rather than the report."""
    return bool(PICTURE.search(line)) and not WRITTEN.match(line)


def picture_agency(line: str) -> str | None:
    """The agency that a caption credits with the picture: "REUTERS/Ana Poe", "(AP Photo/Ana Poe)", "Photo: AFP"."""
    match = CREDITED.search(line)
    return wires.named_in(match.group()) if match else None


def day_of(line: str) -> str | None:
    """The date of publication that a line outside the prose gives, by a label or by being nothing but a date.

    A line may have sections ("Ana Poe | Jan 5, 2024"); those that tell of an update do not count.
    """
    for section in SECTIONS.split(line):
        rest = LABEL.sub("", section, count=1)
        if CHANGED.search(rest):
            rest = CHANGED.split(rest)[0]
        if moment := dates.parse(rest):
            return moment
    return None


def labelled_day(line: str, following: str | None) -> str | None:
    """The date behind "Published:", on the same line or, where that is all the line says, on the one after it."""
    match = LABEL.match(line)
    if not match:
        return None
    rest = CHANGED.split(line[match.end() :])[0].strip()
    if rest:
        return day_of(rest)
    return day_of(following) if following and not LABEL.match(following) and not CHANGED.search(following) else None


def copyright_holder(line: str) -> str | None:
    """Whose copyright a line states: "© 2024 The Valley Post. All rights reserved." gives ``The Valley Post``."""
    match = COPYRIGHT.search(line)
    if not match:
        return None
    name = RIGHTS.sub("", match["name"]).strip(" -–—:;()")
    words = name.split()
    named = 0 < len(words) <= 6 and name[:1].isupper()
    return name if named and words[0].casefold() not in {"all", "notice", "policy", "law", "infringement"} else None


def dateline(text: str) -> tuple[str | None, str | None, str | None]:
    """Place, wire and full date of a dateline, each ``None`` where it does not say: "LONDON, Jan 5 (Reuters) -"."""
    wire = wires.named_in(text)
    days = [match.group() for match in DAY.finditer(text)]
    day = next((moment for moment in map(dates.parse, days) if moment), None)
    rest = ENCLOSED.sub(" ", DAY.sub(" ", STAMP.sub("", text, count=1)))
    rest = re.split(r"\s[-–—_:]+(?:\s|$)|[—–―]|--|:\s*$|-\s*$", rest)[0]
    if wire and wires.canonical(rest):
        rest = ""
    return place_name(rest), wire, day


def place_name(text: str) -> str | None:
    """A place as people write it: ``BAGHDAD, Iraq`` is ``Baghdad, Iraq``."""
    tidy = re.sub(r"\s*,\s*(?:,\s*)*", ", ", " ".join(text.split())).strip(" ,:;*_-–—")
    if not re.search(r"\.\w+\.$", tidy):
        tidy = tidy.strip(". ")
    if not any(character.isalpha() for character in tidy) or len(tidy) > 60:
        return None
    return re.sub(r"[^\W\d_][\w’'.]*", lambda match: _place_word(match.group(), match.start() == 0), tidy)


def _place_word(word: str, first: bool) -> str:
    if not word.isupper() or word in UPPER_IN_PLACES or "." in word.rstrip("."):
        return word
    if not first and word.casefold() in LOWER_IN_PLACES:
        return word.lower()
    return word[:1] + word[1:].lower()
