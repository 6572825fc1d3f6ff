"""Where sentences begin inside a paragraph: Punkt proposes, rules of newswriting correct."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml
from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

from retold.reading.layout.lines import tight

_SEEN_BEFORE_CAPITAL = 1 << 1 | 1 << 2 | 1 << 5  # Punkt's flags: begins sentences with a capital, else written small
_TAIL, _HEAD = 48, 160  # how much of either side of a boundary a rule may look at


@dataclass(frozen=True)
class Lexicon:
    """``punkt.yml``, with every list of words as a set."""

    abbreviations: frozenset[str]
    never_final: frozenset[str]
    before_numbers: frozenset[str]
    names_with_mark: tuple[str, ...]
    after_time_of_day: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    sentence_starters: frozenset[str]
    credit_labels: tuple[str, ...]
    reporting_verbs: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lists of ``punkt.yml``; a line may hold several words."""
    raw = yaml.safe_load((Path(__file__).parent / "punkt.yml").read_text(encoding="utf-8"))

    def words(key: str) -> frozenset[str]:
        return frozenset(word.lower() for line in raw[key] for word in str(line).split())

    return Lexicon(
        abbreviations=words("abbreviations"),
        never_final=words("never_final"),
        before_numbers=words("before_numbers"),
        names_with_mark=tuple(raw["names_with_mark"]),
        after_time_of_day=words("after_time_of_day"),
        collocations=frozenset((str(left), str(right)) for left, right in raw["collocations"]),
        sentence_starters=words("sentence_starters"),
        credit_labels=tuple(raw["credit_labels"]),
        reporting_verbs=words("reporting_verbs"),
    )


class _Orthography(dict[str, int]):
    """Punkt's record of how words are written. NLTK's own grows by an entry with every word that is looked up."""

    def __missing__(self, word: str) -> int:
        return 0


@cache
def _punkt() -> PunktSentenceTokenizer:
    lists = lexicon()
    parameters = PunktParameters()
    parameters.abbrev_types = set(lists.abbreviations | lists.never_final)
    parameters.collocations = set(lists.collocations)
    parameters.sent_starters = set(lists.sentence_starters)
    parameters.ortho_context = _Orthography.fromkeys(lists.sentence_starters, _SEEN_BEFORE_CAPITAL)
    return PunktSentenceTokenizer(parameters, lang_vars=PunktLanguageVars())


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]``, one paragraph, as ranges into ``text`` without blank edges."""
    chunk = text[start:end]
    cuts = sorted(set(_kept(chunk, _proposed(chunk))) | set(_added(chunk)))
    return [(start + left, start + right) for left, right in _pieces(chunk, cuts)]


def _proposed(chunk: str) -> list[int]:
    return [begin for begin, _ in _punkt().span_tokenize(chunk)][1:]


def _pieces(chunk: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches between the cuts; one without a letter or digit goes to the sentence before it."""
    begin = finish = -1
    worded = False
    for left, right in pairwise([0, *cuts, len(chunk)]):
        start, end = tight(chunk, left, right)
        if start == end:
            continue
        has_word = _WORD_CHARACTER.search(chunk, start, end) is not None
        if begin >= 0 and worded and has_word:
            yield begin, finish
            begin, worded = -1, False
        begin = start if begin < 0 else begin
        finish, worded = end, worded or has_word
    if begin >= 0:
        yield begin, finish


_WORD_CHARACTER = re.compile(r"[^\W_]")


# -- boundaries that Punkt proposes and newswriting refuses ------------------------------------------------------------

_STRAY = re.compile(r"(?:[!?.…]+|[\"“”’)\]»]+|(?:[:;=][-'^]?[()DPp/|\]\[*]|<3)+)(?=\s|$)\s*")


def _kept(chunk: str, cuts: list[int]) -> Iterator[int]:
    """The proposals that stand. Marks that close the sentence before a cut are moved to its side of the cut."""
    before = reached = 0
    for proposed in cuts:
        if proposed < reached:
            continue
        cut = reached = _past_strays(chunk, proposed)
        if cut >= len(chunk) or cut <= before:
            continue
        left = chunk[max(before, cut - _TAIL) : cut].rstrip()
        if cut - before <= _TAIL and _ENUMERATOR.fullmatch(left):
            continue
        right = chunk[cut : cut + _HEAD]
        if not any(rule(left, right) for rule in _REFUSALS):
            before = cut
            yield cut


def _past_strays(chunk: str, cut: int) -> int:
    while (stray := _STRAY.match(chunk, cut)) is not None:
        cut = stray.end()
    return cut


_ENUMERATOR = re.compile(r"\W{0,3}(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\W{0,2}")
_OPENING = r"[\"“‘'«(\[]*"
_LAST_WORD = re.compile(r"([\w.&/’'-]*[\w])[.]\]?$")
_FIRST_WORD = re.compile(_OPENING + r"([\w’'-]+(?:\.[\w]+)*)")
_SMALL = re.compile(_OPENING + r"(?:[a-z]|['’][a-z])")


def _last_word(left: str) -> str:
    match = _LAST_WORD.search(left)
    return match.group(1) if match else ""


def _first_word(right: str) -> str:
    match = _FIRST_WORD.match(right)
    return match.group(1) if match else ""


def _starter(word: str) -> bool:
    return word.lower().removesuffix("’s").removesuffix("'s") in lexicon().sentence_starters


_CLOSED = re.compile(r"(?:[!?.…]|--|—)\s?[\"”’'»)\]]+$")
_ELLIPSIS = re.compile(r"(?:\.\s?\.\s?\.|…)[\"”’')\]]*$")


def _small_after_mark(left: str, right: str) -> bool:
    """“Why?” he asked; Yahoo! and others; he left ... and came back. A bare "?" closes careless typing too."""
    if not _SMALL.match(right):
        return False
    if _CLOSED.search(left) or _ELLIPSIS.search(left):
        return True
    first = _first_word(right)
    if left.endswith("?"):
        return first in lexicon().reporting_verbs
    return re.search(r"[^!?]!$", left) is not None


_SPEAKER = re.compile(r"(?:[A-Z][\w.’'-]*\s+){1,5}?(?P<verb>[a-z]+)(?P<rest>[^.!?]{0,60})")


def _reported(left: str, right: str) -> bool:
    """“Why?” Mayor Ito asked. — but not: “Why?” Ito said the council had not been told."""
    if not re.search(r"[!?…]\s?[\"”’']$", left):
        return False
    match = _SPEAKER.match(right)
    if match is None or match["verb"] not in lexicon().reporting_verbs:
        return False
    return len(re.split(r"[,;:]", match["rest"])[0].split()) <= 4


def _never_final(left: str, right: str) -> bool:
    """Lt. Gen. The Honourable ...: what a title belongs to follows, whatever it is."""
    word = _last_word(left).lower()
    return word in lexicon().never_final and len(word) > 1


def _number_follows(left: str, right: str) -> bool:
    """No. 5, pp. 12-14."""
    return _last_word(left).lower() in lexicon().before_numbers and right[:1].isdigit()


_INITIALS = re.compile(r"(?:[A-Z]\.[- ]?)*[A-Z]|[A-Z][a-z]?\.[A-Z]|(?:[A-Z]\.-)[A-Z]")


def _initials(left: str, right: str) -> bool:
    """K.C. Maurer, J.-P. Roth, J. K. Rowling: a name goes on, unless the next word is a usual beginning."""
    word = _last_word(left)
    if not _INITIALS.fullmatch(word) or word == "I":
        return False
    first = _first_word(right)
    return first[:1].isupper() and not (_starter(first) and first != "A")


def _abbreviation(left: str, right: str) -> bool:
    """U.S. Senator, Corp. Chief: a capital follows, but not a word that begins sentences."""
    word = _last_word(left).lower()
    if word not in lexicon().abbreviations or _time_of_day(left, right):
        return False
    first = _first_word(right)
    return bool(first) and not _starter(first)


def _name_with_mark(left: str, right: str) -> bool:
    """Yahoo! Inc, Jeopardy! champion: the mark belongs to a name."""
    return left.endswith(lexicon().names_with_mark) and not _starter(_first_word(right))


_SIGNATURE = re.compile(r"[-–—]{1,2}\s*[A-Z][^.!?]{0,60}$")


def _signature(left: str, right: str) -> bool:
    """“It is a long game.” – Mary Poe: who said it, to the end of the paragraph."""
    return bool(_CLOSED.search(left) and len(right) < 80 and _SIGNATURE.fullmatch(right.rstrip()))


_CONSONANTS = re.compile(r"(?:[A-Za-z]|[A-Z]?[b-df-hj-np-tv-xz]{2,4}|\w+(?:\.\w+)+)")


def _small_after_abbreviation(left: str, right: str) -> bool:
    """An unlisted abbreviation ("fwd. from", "e.g.i. as"): no vowel or inner full stops, and a small letter follows."""
    return bool(re.match(r"[a-z]", right) and _CONSONANTS.fullmatch(_last_word(left)))


def _possessive(left: str, right: str) -> bool:
    """The F.B.I.’s files."""
    return re.match(r"[’']s?(?=\s|[,.;:]|$)", right) is not None and left.endswith(".")


_REFUSALS: tuple[Callable[[str, str], bool], ...] = (
    _possessive,
    _small_after_mark,
    _reported,
    _never_final,
    _number_follows,
    _initials,
    _abbreviation,
    _name_with_mark,
    _signature,
    _small_after_abbreviation,
)


# -- boundaries that Punkt does not see --------------------------------------------------------------------------------

_UNSPACED = re.compile(r"[.!?][\"”]?(?=[\"“‘]?(?P<next>[A-Z][a-z’']*)\b(?![.@/]))")
_CURLY = re.compile(r"[.!?](?:”(?=[A-Z“])|(?=“\S))")
_TIME = re.compile(r"\b[ap]\.m\.[\"”)]*\s+(?=[\"“‘(]?(?P<next>[A-Z][\w’'-]*))")
_CUT_OUT = re.compile(r"[\[(](?:\.{3}|…)[\])]\s+(?=[\"“‘]?[A-Z])")
_TRAILING_OFF = re.compile(
    r"(?:(?<!\.)\.{3,12}|…{1,4}|(?<!\.\s)(?:\.\s){2,6}\.)[\"”’)]{0,4}\s{0,4}(?=[\"“‘(]?(?P<next>[A-Z][\w’'-]*))"
)
_QUOTE_AFTER_ABBREVIATION = re.compile(r"(?<=\w)\.\s+(?=[\"“‘](?P<next>[A-Z][\w’'-]*))")
_FULL_WIDTH = re.compile(r"[。！？｡]+[”’」』）]*(?=.)")
_OTHER_SCRIPTS = re.compile(r"[؟۔।॥։።]+[”’»]*\s+(?=\S)")
_RULE_LINE = re.compile(r"(?<![*=_#])(?:\*{3,}+|={4,}+|_{4,}+|#{4,}+)\s{1,4}(?=\w)")


@cache
def _credit() -> re.Pattern[str]:
    labels = "|".join(lexicon().credit_labels)
    return re.compile(rf"(?<=[\w.)\"”’])\s+(?=(?:{labels})(?: [Cc]redit| by)?: ?[A-Z@©])")


def _time_of_day(left: str, right: str) -> bool:
    return re.search(r"\b[ap]\.m\.[\"”)]*$", left) is not None and _first_word(right).lower() not in (
        lexicon().after_time_of_day
    )


def _added(chunk: str) -> Iterator[int]:
    """Beginnings that Punkt does not propose, because no blank follows the mark or no mark stands there.

    Most paragraphs hold none of the marks; the tests by substring keep the regular expressions off them.
    """
    if "”" in chunk or "“" in chunk:
        yield from _ends(_CURLY, chunk)
    if ":" in chunk:
        yield from _ends(_credit(), chunk)
    if "..." in chunk or "…" in chunk or ". ." in chunk:
        yield from _ends(_CUT_OUT, chunk)
        yield from _before_starters(_TRAILING_OFF, chunk)
    if not chunk.isascii():
        yield from _ends(_FULL_WIDTH, chunk)
        yield from _ends(_OTHER_SCRIPTS, chunk)
    if any(mark in chunk for mark in ("***", "====", "____", "####")):
        yield from _ends(_RULE_LINE, chunk)
    if '"' in chunk or "“" in chunk or "‘" in chunk:
        for match in _QUOTE_AFTER_ABBREVIATION.finditer(chunk):
            word = _last_word(chunk[max(0, match.start() - 20) : match.start() + 1]).lower()
            if word in lexicon().abbreviations and _starter(match["next"]):
                yield match.end()
    yield from _before_starters(_UNSPACED, chunk)
    if ".m." in chunk:
        after = lexicon().after_time_of_day
        yield from (match.end() for match in _TIME.finditer(chunk) if match["next"].lower() not in after)


def _ends(pattern: re.Pattern[str], chunk: str) -> Iterator[int]:
    return (match.end() for match in pattern.finditer(chunk))


_BEFORE_MARK = re.compile(r"[a-z0-9).…]")


def _before_starters(pattern: re.Pattern[str], chunk: str) -> Iterator[int]:
    for match in pattern.finditer(chunk):
        before = chunk[max(0, match.start() - 1) : match.start()]
        if (pattern is _UNSPACED and not _BEFORE_MARK.match(before)) or _in_address(chunk, match.start()):
            continue
        if _starter(match["next"]):
            yield match.end()


def _in_address(chunk: str, position: int) -> bool:
    """Whether the position lies inside a web or mail address."""
    word = re.search(r"\S{0,200}$", chunk[max(0, position - 200) : position])
    return word is not None and re.search(r"www\.|://|@", word.group()) is not None
