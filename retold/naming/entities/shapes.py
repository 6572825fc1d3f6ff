"""Names that the model misses but whose form gives them away: a given name with a surname, words ending in Ministry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.naming.entities import lexicon, spans

CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’&-]*\.?")
LOWER = re.compile(r"[^\W\d_]+")
NEVER_GIVEN = frozenset(
    "and but or if so as when while where that good morning happy my our the this then now for".split()
)
SALUTED = re.compile(r"^\W*([^\W\d_]+)(?:\s*[,!:]\s*|\s*$)")


def is_shouted(text: str) -> bool:
    """Whether most letters are capitals, where capitals say nothing."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def is_title_case(text: str) -> bool:
    """Whether most longer words begin with a capital, as in headlines of some papers."""
    found = [word for word in LOWER.findall(text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in found)
    if text.rstrip(" \"'”’)")[-1:] not in {".", "!", "?"}:
        return len(found) > 1 and capitals > 0.8 * len(found)
    return len(found) > 5 and capitals > 0.85 * len(found)


def find(text: str) -> Iterator[spans.Span]:
    """Names by their form alone, in one sentence; they may overlap what the model marked."""
    if is_shouted(text):
        return
    titled = is_title_case(text)
    for run in runs(text):
        yield from _persons(text, run)
        if not titled:
            yield from _organisations(text, run)
    yield from _salutation(text)
    if not any(c.isupper() for c in text[1:].replace(" I ", " ")):
        yield from _small_places(text)


def runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Rows of neighbouring capitalised words, a single space between them."""
    row: list[re.Match[str]] = []
    for word in CAPITALISED.finditer(text):
        if row and text[row[-1].end() : word.start()] != " ":
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _persons(text: str, run: list[re.Match[str]]) -> Iterator[spans.Span]:
    """A common given name followed by one or two capitalised words that say nothing else."""
    for at, word in enumerate(run[:-1]):
        if lexicon.fold(word[0]) not in lexicon.word_set("given") or lexicon.look_up(word[0]) or word[0].isupper():
            continue
        after = run[at + 1]
        if re.fullmatch(r"[A-Z]\.", after[0]) and at + 2 < len(run):
            after = run[at + 2]
        name = text[word.start() : after.end()]
        if plain(after[0]) and spans.is_name(name) and not lexicon.look_up(name):
            start, end = spans.trim(text, word.start(), after.end(), "PERSON")
            yield spans.Span(start, end - text.endswith(".", start, end), "PERSON")
        return


def plain(word: str) -> bool:
    """Whether a capitalised word may be a surname: no title, head of an organisation, or word that is never a name."""
    folded = lexicon.fold(word)
    return (
        len(folded) > 1
        and not word.isupper()
        and folded not in lexicon.heads()
        and folded not in lexicon.word_set("never")
        and (folded,) not in lexicon.titles()
        and folded not in lexicon.word_set("roles")
    )


def _organisations(text: str, run: list[re.Match[str]]) -> Iterator[spans.Span]:
    """Capitalised words of which the last is an organisation's: "Interior Ministry"."""
    last = next((i for i in range(len(run) - 1, 0, -1) if lexicon.fold(run[i][0]) in lexicon.word_set("strong")), None)
    if last is None:
        return
    first = 1 if run[0].start() == 0 and lexicon.fold(run[0][0]) in {"the", "a", "an", "in", "at", "on", "as"} else 0
    start, end = spans.trim(text, run[first].start(), run[last].end(), "ORG")
    if first < last and last - first < 6 and len(text[start:end].split()) > 1 and "'s" not in text[start:end]:
        yield spans.Span(start, end, "ORG")


def _salutation(text: str) -> Iterator[spans.Span]:
    """A given name alone on its line, or at the head of a letter."""
    found = SALUTED.match(text)
    name = found[1] if found else ""
    given = lexicon.fold(name) in lexicon.word_set("given") and lexicon.look_up(name) is None
    if found and given and name[0].isupper() and not name.isupper():
        yield spans.Span(found.start(1), found.end(1), "PERSON")


def _small_places(text: str) -> Iterator[spans.Span]:
    """Listed places in a sentence that has no capitals at all."""
    found = list(LOWER.finditer(text))
    for at, word in enumerate(found):
        for length in (3, 2, 1):
            if at + length > len(found):
                continue
            name = text[word.start() : found[at + length - 1].end()]
            entry = lexicon.look_up(name) if len(name) > 4 and name not in lexicon.word_set("small") else None
            if entry is not None and entry.type in spans.PLACES:
                yield spans.Span(word.start(), word.start() + len(name), entry.type)
                break


def combine(text: str, marked: list[spans.Span]) -> list[spans.Span]:
    """The model's marks mended by form: halves of one name joined, names completed to the left, missed names added."""
    kept = [_complete(text, span) for span in _joined(text, sorted(marked))]
    for shaped in find(text):
        touched = [span for span in kept if span.start < shaped.end and shaped.start < span.end]
        inside = all(shaped.start <= span.start and span.end <= shaped.end for span in touched)
        if inside and not any((span.start, span.end) == (shaped.start, shaped.end) for span in touched):
            kept = [span for span in kept if span not in touched] + [shaped]
    return sorted(kept)


def _joined(text: str, marked: list[spans.Span]) -> list[spans.Span]:
    """Two neighbouring single words of persons or places are one person, unless the first is a known place."""
    joined: list[spans.Span] = []
    for span in marked:
        last = joined[-1] if joined else None
        if last and span.start < last.end:
            continue
        if last and text[last.end : span.start] == " " and _halves(text, last, span):
            joined[-1] = spans.Span(last.start, span.end, "PERSON")
        else:
            joined.append(span)
    return joined


def _halves(text: str, first: spans.Span, second: spans.Span) -> bool:
    """Whether two marks look like a given name and a surname."""
    names = (text[first.start : first.end], text[second.start : second.end])
    return (
        {first.type, second.type} <= {"PERSON", "GPE"}
        and not any(" " in name for name in names)
        and lexicon.look_up(names[0]) is None
        and not names[0].isupper()
        and plain(names[1])
    )


def _complete(text: str, span: spans.Span) -> spans.Span:
    """A single-word person, or a place no list knows, with the capitalised given name before it."""
    name = text[span.start : span.end]
    before = re.search(r"(?<![\w'’-])([^\W\d_a-z][^\W\d_]+) $", text[max(0, span.start - 25) : span.start])
    if (
        " " in name
        or lexicon.fold(name) in lexicon.word_set("given")
        or span.type not in {"PERSON", "GPE"}
        or lexicon.look_up(name)
        or before is None
    ):
        return span
    first = span.start - len(before[0])
    if (
        not plain(before[1])
        or before[1].lower() in NEVER_GIVEN
        or lexicon.look_up(before[1])
        or _opens(text, first, before[1])
        or is_title_case(text)
    ):
        return span
    return spans.Span(first, span.end, "PERSON")


def _opens(text: str, start: int, word: str) -> bool:
    """Whether a word opens its sentence and need not be a name."""
    return not text[:start].strip(" \"'“‘(") and lexicon.fold(word) not in lexicon.word_set("given")
