"""Word-level differences between two stretches of text, for display and for the rules.

Typography never counts as a difference: the shape of quotation marks and dashes, spaces and line breaks, hyphens
between words, ``U.S.`` for ``US``, ``Mr.`` for ``Mr``, ``%`` for ``per cent``, ``1,000`` for ``1000``, and the case of
a word that opens a sentence or a quotation or stands in a headline.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

Op = Literal["equal", "delete", "insert", "replace"]

_TOKEN = re.compile(
    r"""
    (?P<acronym>\b(?:[^\W\d_]\.){2,}|\b(?:[^\W\d_]\.)+[^\W\d_]\b)
  | (?P<title>\b(?:Mrs?|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Prof|St|Jr|Sr|No|vs)\b\.?)
  | (?P<percent>%|\bper\s?cent\b)
  | (?P<number>\d+(?:[.,:]\d+)*)
  | (?P<possessive>(?<=\w)['’]s\b)
  | (?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)
  | (?P<quote>["“”„‟«»]|['‘’‚‛`´]{1,2})
  | (?P<dash>[-‐‑‒–—―−]+)
  | (?P<other>[^\s])
    """,
    re.VERBOSE,
)
_OPENS_SENTENCE = frozenset(".!?:;…")
LONGEST = 20_000  # characters; four times what any rule reads of a sentence
# Above this many token pairs the bit matrix of an exact alignment would not fit in memory comfortably.
_EXACT_LIMIT = 400_000_000

# Words too common to hold two differing stretches apart: a shared "the" between two rewritten clauses is chance.
_WEAK = frozenset(
    "a an the of to in on at by for from with and or but that which who as is are was were be been has have had it its "
    "his her their this these those not he she they we i you will would".split()
)


class Word(NamedTuple):
    """One token: offsets into its text, ``key`` to compare by, ``opens`` where its case says nothing."""

    start: int
    end: int
    key: str
    form: str
    kind: str
    opens: bool

    @property
    def weak(self) -> bool:
        """True of punctuation and of function words."""
        return self.kind in ("quote", "dash", "other", "possessive") or self.key in _WEAK


@dataclass(slots=True, frozen=True)
class Piece:
    """A stretch of both texts, half-open offsets on either side; one side is empty in an insertion or a deletion."""

    op: Op
    source_start: int
    source_end: int
    start: int
    end: int


def diff(source: str, text: str) -> list[Piece]:
    """The pieces that turn ``source`` into ``text``. In order they cover both texts completely, spaces included.

    Of texts longer than ``LONGEST`` characters, what both begin and end with is equal; so much of what lies between is
    compared word by word, and the rest of it is one piece.
    """
    if max(len(source), len(text)) > LONGEST:
        return _long(source, text)
    loose = _loose_case(source) or _loose_case(text)
    before, after = words(source, loose), words(text, loose)
    found = _merged(_weak_islands(_case_checked(_opcodes(before, after), before, after, loose), before, after))
    return _tiled(found, before, after, len(source), len(text))


def _long(source: str, text: str) -> list[Piece]:
    head = _alike(source, text)
    tail = _alike(source[head:][::-1], text[head:][::-1])
    ends = len(source) - tail, len(text) - tail
    cuts = min(head + LONGEST, ends[0]), min(head + LONGEST, ends[1])
    between = diff(source[head : cuts[0]], text[head : cuts[1]])
    pieces = [Piece("equal", 0, head, 0, head)] if head else []
    pieces += [Piece(p.op, p.source_start + head, p.source_end + head, p.start + head, p.end + head) for p in between]
    if cuts != ends:
        op: Op = "replace" if source[cuts[0] : ends[0]] != text[cuts[1] : ends[1]] else "equal"
        pieces.append(_piece(op, cuts[0], ends[0], cuts[1], ends[1]))
    if tail:
        pieces.append(Piece("equal", ends[0], len(source), ends[1], len(text)))
    return _joined(pieces)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with, back to the last blank so that no word is halved."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    if low == len(one) == len(other):
        return low
    while low and not one[low - 1].isspace():
        low -= 1
    return low


def runs(before: list[Word], after: list[Word]) -> list[tuple[Op, int, int, int, int]]:
    """The difference between two lists of tokens as ``(op, i, i_end, j, j_end)``, half-open indices into the lists."""
    return _merged(_weak_islands(_case_checked(_opcodes(before, after), before, after, False), before, after))


def same_words(source: str, text: str) -> bool:
    """True if the two differ in typography only."""
    return all(piece.op == "equal" for piece in diff(source, text))


def words(text: str, loose_case: bool = False) -> list[Word]:
    """The tokens of ``text``. Hyphens between words and invisible characters separate and are not tokens."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        kind, start, end = match.lastgroup or "other", match.start(), match.end()
        if kind == "acronym" and text[end - 1] == "." and not text[end:].strip("\"”’'»)] \n\t"):
            end -= 1  # the full stop that ends the text is not the acronym's own
        if _separates(kind, text, start, end):
            continue
        form = _form(kind, text[start:end])
        # The possessive of another name is another word, or a shared "'s" would tie two unrelated names together.
        owner = found[-1].key if kind == "possessive" and found else ""
        found.append(Word(start, end, owner + _key(form, loose_case), form, kind, _opens(found)))
        if end < match.end():
            found.append(Word(end, end + 1, ".", ".", "other", False))
    return found


def _separates(kind: str, text: str, start: int, end: int) -> bool:
    if kind == "dash":
        joins = start > 0 and end < len(text) and (text[start - 1].isalnum() or text[start - 1] == ".")
        return joins and text[end].isalnum() and end - start == 1 and text[start] in "-‐‑"
    return kind == "other" and unicodedata.category(text[start]) in ("Cf", "Cc")


def _form(kind: str, raw: str) -> str:
    """The token with its typography removed and its case kept."""
    if kind == "quote":
        return '"'
    if kind == "dash":
        return "-"
    if kind == "percent":
        return "%"
    if kind in ("acronym", "title"):
        return raw.replace(".", "")
    if kind == "number":
        return re.sub(r",(?=\d{3}(?!\d))", "", raw)
    return raw if raw.isascii() else unicodedata.normalize("NFKC", raw).replace("’", "'")


def _key(form: str, loose_case: bool) -> str:
    # "US" is not "us", nor "WHO" "who"; in an all-capitals headline nobody can tell.
    if not loose_case and 2 <= len(form) <= 5 and form.isupper() and form.isalpha():
        return form
    return form.casefold()


def _opens(previous: list[Word]) -> bool:
    return not previous or previous[-1].kind == "quote" or previous[-1].form in _OPENS_SENTENCE


def _loose_case(text: str) -> bool:
    """True of headline case: most of the longer words begin with a capital."""
    longer = re.findall(r"[^\W\d_]{4,}", text)
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)


def _opcodes(before: list[Word], after: list[Word]) -> list[tuple[Op, int, int, int, int]]:
    left, right = [w.key for w in before], [w.key for w in after]
    if len(left) * len(right) > _EXACT_LIMIT:
        return list(SequenceMatcher(None, left, right).get_opcodes())
    return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Indel.opcodes(left, right)]  # type: ignore[misc]


def _case_checked(
    codes: list[tuple[Op, int, int, int, int]], before: list[Word], after: list[Word], loose: bool
) -> list[tuple[Op, int, int, int, int]]:
    """Equal runs cut where only the case differs and the position does not explain it: Turkey, turkey."""
    found: list[tuple[Op, int, int, int, int]] = []
    for op, i, i_end, j, j_end in codes:
        if op != "equal" or loose:
            found.append((op, i, i_end, j, j_end))
            continue
        for a, b in zip(range(i, i_end), range(j, j_end), strict=True):
            same = before[a].form == after[b].form or before[a].opens or after[b].opens
            found.append(("equal" if same else "replace", a, a + 1, b, b + 1))
    return found


def _merged(codes: list[tuple[Op, int, int, int, int]]) -> list[tuple[Op, int, int, int, int]]:
    """Neighbouring runs joined: equal with equal, and every change with the changes that touch it."""
    found: list[tuple[Op, int, int, int, int]] = []
    for op, first, i_end, second, j_end in codes:
        i, j = first, second
        if found and (found[-1][0] == "equal") == (op == "equal"):
            _, i, _, j, _ = found.pop()
        changed: Op = "replace" if i < i_end and j < j_end else "delete" if i < i_end else "insert"
        found.append(("equal" if op == "equal" else changed, i, i_end, j, j_end))
    return found


def _weak_islands(
    codes: list[tuple[Op, int, int, int, int]], before: list[Word], after: list[Word]
) -> list[tuple[Op, int, int, int, int]]:
    """Equal runs of function words alone become part of the change when both neighbours rewrite more than they keep."""
    joined = _merged(codes)
    islands = set()
    for index in range(1, len(joined) - 1):
        op, i, i_end, _, _ = joined[index]
        if op == "equal" and all(word.weak for word in before[i:i_end]):
            sizes = _content(joined[index - 1], before, after), _content(joined[index + 1], before, after)
            if min(sizes) > 0 and sum(sizes) > 3 * (i_end - i):
                islands.add(index)
    return [("replace", *run[1:]) if n in islands else run for n, run in enumerate(joined)]


def _content(run: tuple[Op, int, int, int, int], before: list[Word], after: list[Word]) -> int:
    """How much a change rewrites: its content words on the fuller side, none if it is a plain insertion or deletion."""
    _, i, i_end, j, j_end = run
    if i == i_end or j == j_end:
        return 0
    return max(sum(not w.weak for w in before[i:i_end]), sum(not w.weak for w in after[j:j_end]))


def _tiled(
    codes: list[tuple[Op, int, int, int, int]], before: list[Word], after: list[Word], source_length: int, length: int
) -> list[Piece]:
    """Runs of tokens to pieces of text that leave nothing out, so that a page can slice and join them."""
    if not codes:
        return [_piece("", 0, source_length, 0, length)] if source_length or length else []
    left = [0, *(before[run[1]].start if run[1] < len(before) else source_length for run in codes[1:]), source_length]
    right = [0, *(after[run[3]].start if run[3] < len(after) else length for run in codes[1:]), length]
    pieces: list[Piece] = []
    for run, (a, a_end), (b, b_end) in zip(codes, pairwise(left), pairwise(right), strict=True):
        words_end = (
            (before[run[2] - 1].end if run[2] > run[1] else a),
            (after[run[4] - 1].end if run[4] > run[3] else b),
        )
        if run[0] == "replace" and words_end[0] < a_end and words_end[1] < b_end:
            pieces += [
                Piece("replace", a, words_end[0], b, words_end[1]),
                Piece("equal", words_end[0], a_end, words_end[1], b_end),
            ]
        else:
            pieces.append(_piece(run[0], a, a_end, b, b_end))
    return _joined(pieces)


def _piece(op: str, a: int, a_end: int, b: int, b_end: int) -> Piece:
    if op == "equal" or (a == a_end and b == b_end):
        return Piece("equal", a, a_end, b, b_end)
    if not op:  # texts without a token: whatever they hold is typography
        return Piece("equal", a, a_end, b, b_end)
    changed: Op = "delete" if b == b_end else "insert" if a == a_end else "replace"
    return Piece(changed, a, a_end, b, b_end)


def _joined(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].op == piece.op == "equal":
            last = found.pop()
            piece = Piece("equal", last.source_start, piece.source_end, last.start, piece.end)  # noqa: PLW2901
        found.append(piece)
    return found
