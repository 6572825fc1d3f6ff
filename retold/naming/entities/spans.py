"""From what the model marks to what the name is: articles, possessives, titles, stray marks off; joined names apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retold.naming.entities import lexicon

# Numbers, dates and sums are no names; another room reads them.
TYPES = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")
PLACES = frozenset({"GPE", "LOC", "FAC"})
EDGE = re.compile(r"^[\W_]+|(?:(?!\.)[\W_]|(?<![^\W_])\.)+$")
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"\s?['’´`][sS]?$|(?<=[.])['’]s$")
ADDRESS = re.compile(r"@|://|\bwww\.|\.(?:com|org|net|html?|doc|xls|php)\b|[<>{}\\|=_~^]", re.IGNORECASE)
BREAK = re.compile(
    r"[\n\r\t\x0b\x0c\u2028\u2029]+|\s+[-–—/|•·*]+\s+|\s*[()\[\]{};:!?\"“”*]+\s*|\s{3,}|,\s+and\s+|\.\.+|…"
)
JOINED = re.compile(r"\s+(?:and|&|or|to|versus|vs\.?)\s+|,\s+|\s*/\s*")
INNER = re.compile(
    r"(?<=\w)\s+(?:to|at|from|is|are|was|were|with|by|has|have|had|will|that|who|which|as|but|vs)\s+(?:the\s+)?"
)
DANGLING = re.compile(r"\s+(?:and|of|the|for|in|at|on|to|by|with|from|&|today|yesterday|tomorrow)$", re.IGNORECASE)
HYPHENATED = re.compile(r"(?:-(?!like|led|style|era|backed|born|based)[^\W\d_]+)+")
OWNER = re.compile(r"(?:(?<=\w)['’]s|(?<=s)['’])\s+(?=[^\W\d_a-z]\w+\s[^\W\d_a-z]\w+$)")
TAIL = re.compile(r"\s+\d[\d,.]*$")
OPPOSED = re.compile(r"(?:pro|anti|non|ex|pan|post|pre|mid|un|all)-", re.IGNORECASE)
WHOLE = frozenset({"WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})
LEADING = re.compile(r"^(?:(?:[a-z]\w*|(?:[Pp]ro|[Aa]nti|[Nn]on|[Pp]an|[Ee]x)-[a-z]+)\s+)+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch that is one name, with the type the model gave it."""

    start: int
    end: int
    type: str


def names(text: str, start: int, end: int, kind: str) -> Iterator[Span]:
    """The names inside one stretch that the model marked; mostly one, none where it is no name at all."""
    if kind not in TYPES or ADDRESS.search(text, start, end):
        return
    for left, right in _pieces(text, start, end, BREAK):
        splits = _splits(text[left:right], kind)
        for piece in _pieces(text, left, right, splits):
            first, last = trim(text, *piece, kind)
            last = _hyphenated(text, last, kind)
            if first < last and is_name(text[first:last]):
                yield Span(first, last, kind)


def _splits(name: str, kind: str) -> re.Pattern[str] | None:
    """Where a stretch is several names: listed names in a row, an owner and a person, words between names."""
    if kind in {"PERSON", "GPE", "NORP"} or all(lexicon.look_up(part) for part in JOINED.split(name)):
        return JOINED
    owned = OWNER.search(name)
    if owned and not any(lexicon.fold(word) in lexicon.heads() for word in name[owned.end() :].split()):
        return OWNER
    return None if kind in WHOLE else INNER


def _pieces(text: str, start: int, end: int, at: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """The stretch cut at every match."""
    for match in at.finditer(text, start, end) if at else ():
        yield start, match.start()
        start = match.end()
    yield start, end


def trim(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """The stretch without marks at its edges, articles, possessives, small words before it, and titles of persons."""
    before = None
    while before != (start, end):
        before = (start, end)
        for pattern in (EDGE, ARTICLE, POSSESSIVE, LEADING, DANGLING):
            start, end = _cut(text, start, end, pattern)
        if kind == "PERSON":
            start += _title(text[start:end])
        if kind in {"PERSON", "GPE"}:
            start, end = _cut(text, start, end, TAIL)
        if kind == "ORG":
            end -= _role(text[start:end])
    return start, end


def _role(name: str) -> int:
    """How many characters of a person's role stand after an organisation's name: its spokesman, its director."""
    parts = name.rsplit(None, 1)
    if len(parts) < 2 or lexicon.fold(parts[1]) not in lexicon.word_set("roles"):
        return 0
    return len(name) - len(parts[0])


def _hyphenated(text: str, end: int, kind: str) -> int:
    """The end of a person's name where the model stopped inside a hyphenated word."""
    rest = HYPHENATED.match(text, end) if kind == "PERSON" else None
    return rest.end() if rest else end


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str]) -> tuple[int, int]:
    """The stretch without what the pattern matches at its edges."""
    for match in pattern.finditer(text[start:end]):
        if match.start() == 0:
            if pattern is not LEADING or lexicon.fold(match[0].split()[-1]) not in lexicon.word_set("particles"):
                return start + match.end(), end
        elif match.end() == end - start:
            return start, start + match.start()
    return start, end


def _title(name: str) -> int:
    """How many characters of titles, with the country or state before them, stand before a person's name."""
    pieces = list(re.finditer(r"[^\s-]+|-", name))
    for count in range(min(5, len(pieces) - 1), 0, -1):
        after = pieces[count].start()
        if name[after] != "-" and (is_title(name[:after]) or (count > 1 and _of_place(pieces[0][0], name, after))):
            return after
    return 0


def is_title(words: str) -> bool:
    """Whether the words are a title and nothing else."""
    return lexicon.words(words) in lexicon.titles()


def _of_place(first: str, name: str, after: int) -> bool:
    """Whether a place or people, by name or two letters, and a title make up the words before a person's name."""
    entry = lexicon.look_up(first)
    placed = (first.isupper() and len(first) == 2) or (entry is not None and entry.type in {*PLACES, "NORP"})
    return placed and is_title(name[len(first) : after])


def title_before(text: str, start: int) -> bool:
    """Whether a title that no place or thing bears stands right before a name."""
    before = re.search(r"((?:[^\W\d_]+\.?[ -]){0,2}[^\W\d_]+\.?),? $", text[max(0, start - 40) : start])
    if before is None:
        return False
    found = before[1].split()
    return any(lexicon.words(" ".join(found[-n:])) in lexicon.titles() for n in range(1, len(found) + 1))


def is_name(name: str) -> bool:
    """Whether a stretch can be a name: a capital or a known spelling, no bare title, weekday or word of the page."""
    if name in lexicon.known():
        return True
    found = lexicon.words(name)
    if OPPOSED.match(name) and " " not in name:
        return False
    return (
        any(c.isupper() or (c.isalpha() and not c.islower()) for c in name)
        and len(name) > 1
        and lexicon.fold(name) not in lexicon.word_set("never")
        and not all(word in lexicon.word_set("never") for word in found)
        and found not in lexicon.titles()
    )
