"""Quotes: is every quotation still what was said?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import LCSseq

from retold.model import Suggestion
from retold.tracing.article_view import Fragment
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span, excerpt
from retold.tracing.words.language import is_content

_SPELLING = [(re.compile(p), r) for p, r in [("is(e|ed|es|ing|ation)$", r"iz\1"), ("our", "or"), ("ll", "l")]]


@rule("quote_altered")
def words_inside_marks_differ(view: EdgeView) -> Iterator[Suggestion]:
    """A quotation of the same edge whose words are not all words of the wire's quotation, in their order."""
    for one, after in _pairs(view):
        before = _whole(view, one, after)
        strange = len(after.words) - _common(before, after)
        if not strange or _spoken(after, view.source.view.fragments):
            continue
        total = len(after.words)
        yield view.propose(
            0.92 if strange < 0.8 * total else 0.75,
            f"The quotation still carries quotation marks, but {strange} of its {total} words "
            f"{'differs' if strange == 1 else 'differ'} from the wire’s.",
            (before.start, before.end),
            (after.start, after.end),
        )


@rule("quote_trimmed")
def words_left_out_of_a_quotation(view: EdgeView) -> Iterator[Suggestion]:
    """A quotation that keeps some of the wire's words, unchanged and in order, while the others are quoted nowhere."""
    for before, after in _pairs(view):
        if _common(before, after) < len(after.words) or len(after.words) >= len(before.words):
            continue
        quoted = {key for fragment in view.article.view.fragments for key in fragment.keys}
        lost = [w for w in before.words if w.key not in quoted]
        if len(lost) < 3 and not any(is_content(w) for w in lost):
            continue
        dropped = len(before.words) - len(after.words)
        yield view.propose(
            0.9,
            f"The quotation keeps {len(after.words)} of the wire’s {len(before.words)} words unchanged and leaves out "
            f"{dropped}; what is left out is quoted nowhere else in the retelling.",
            (before.start, before.end),
            (after.start, after.end),
        )


@rule("quote_paraphrased")
def quotation_told_without_marks(view: EdgeView) -> Iterator[Suggestion]:
    """A quotation of the wire whose content the retelling keeps outside quotation marks."""
    if not view.paired:
        return
    matched = {id(before) for before, _ in _pairs(view)}
    for fragment in view.source.quoted:
        content = [w for w in fragment.words if is_content(w)]
        if id(fragment) in matched or len(fragment.words) < 2 or not content:
            continue
        if _spoken(fragment, view.article.view.fragments, 0.6):
            continue
        kept = view.kept_share(content)
        whole = len(fragment.words) >= 0.6 * len([w for w in view.source.words if w.kind not in ("quote", "other")])
        if kept < (0.25 if whole else 0.45):
            continue
        after = _unquoted(view, fragment)
        if after is None:
            continue
        words = {w.key for w in view.article.words}
        same = sum(w.key in words for w in fragment.words)
        yield view.propose(
            0.6 + 0.3 * kept,
            f"The wire quotes “{excerpt(view.source.text[fragment.start : fragment.end])}”; the retelling says it "
            f"without quotation marks, with {same} of its {len(fragment.words)} words.",
            (fragment.start, fragment.end),
            after,
        )


@rule("quote_unsupported")
def quoted_words_not_in_the_wire(view: EdgeView) -> Iterator[Suggestion]:
    """A quotation of the retelling that matches no quotation anywhere in the wire."""
    matched = {id(after) for _, after in _pairs(view)}
    for fragment in view.article.quoted:
        if id(fragment) in matched or not _is_speech(view.article, fragment):
            continue
        if _spoken(fragment, view.source.view.fragments, 0.5):
            continue
        plain = _plain_in_wire(view, fragment)
        long = len(fragment.words) >= 4
        where = (
            "The quoted words stand in the wire, but not in quotation marks."
            if plain
            else "No quotation of the wire holds these words or similar ones."
        )
        yield view.propose(0.85 if long else 0.6, where, plain, (fragment.start, fragment.end))


def _pairs(view: EdgeView) -> list[tuple[Fragment, Fragment]]:
    """Quotations of the two sides that render the same words, the closest first, each of the retelling's once."""
    if not view.paired:
        return []
    scored = [
        (_closeness(before, after), -i, -j, before, after)
        for i, before in enumerate(view.source.quoted)
        for j, after in enumerate(view.article.quoted)
    ]
    found: list[tuple[Fragment, Fragment]] = []
    only = len(view.source.quoted) == len(view.article.quoted) == 1
    for score, _, _, before, after in sorted(scored, key=lambda item: item[:3], reverse=True):
        alike = score >= 0.5 or (only and _same_matter(view, before, after))
        if alike and all(after is not a for _, a in found):
            found.append((before, after))
    return found


def _whole(view: EdgeView, one: Fragment, after: Fragment) -> Fragment:
    """The wire's quotation, with its neighbours in the edge where the retelling joins several into one."""
    best = one
    quoted = view.source.quoted
    at = quoted.index(one)
    for i in range(at + 1):
        for j in range(max(i + 2, at + 1), len(quoted) + 1):
            joined = Fragment(quoted[i].start, quoted[j - 1].end, [w for f in quoted[i:j] for w in f.words])
            if _common(joined, after) > _common(best, after) + 2:
                best = joined
    return best


def _closeness(before: Fragment, after: Fragment) -> float:
    """How surely one renders the other, 0 to 1: the share of the shorter one's words, if content words are among them.

    A long quotation that merely contains a short one of the wire is another quotation.
    """
    ours = {w.key for w in after.words if is_content(w)}
    theirs = {w.key for w in before.words if is_content(w)}
    if not ours or not theirs:
        return 1.0 if [k.casefold() for k in before.keys] == [k.casefold() for k in after.keys] else 0.0
    common = _common(before, after)
    least = 1 if min(len(ours), len(theirs)) == 1 else 2
    if len(ours & theirs) < least or common < 0.4 * len(after.words):
        return 0.0
    return common / min(len(before.words), len(after.words))


def _same_matter(view: EdgeView, before: Fragment, after: Fragment) -> bool:
    """True of the only quotation on each side if they say much the same in other words."""
    enough = len(before.words) >= 4 and len(after.words) >= 4
    return enough and min(view.kept_share(before.words), view.known_share(after.words)) >= 0.4


def _common(before: Fragment, after: Fragment) -> int:
    return int(LCSseq.similarity([_spelling(k) for k in before.keys], [_spelling(k) for k in after.keys]))


def _spelling(key: str) -> str:
    """One spelling for British and American forms; nobody alters a quotation by writing organise with a z."""
    for pattern, replacement in _SPELLING:
        key = pattern.sub(replacement, key) if len(key) > 4 else key
    return key.casefold()


def _spoken(fragment: Fragment, quoted: list[Fragment], least: float = 1.0) -> bool:
    """True if at least that share of the words stands, in order, in the other article's quotations taken together."""
    wanted = [_spelling(key) for key in fragment.keys]
    stream = [_spelling(key) for other in quoted for key in other.keys]
    if LCSseq.similarity(wanted, stream) < least * len(wanted):
        return False
    # Function words match anywhere in a long stream, so that one quotation, or two neighbours, must hold the content.
    content = {_spelling(w.key) for w in fragment.words if is_content(w)}
    pairs = [quoted[i : i + 3] for i in range(len(quoted))]
    near = max((len(content & {_spelling(k) for o in some for k in o.keys}) for some in pairs), default=0)
    return near >= least * len(content)


def _is_speech(side: Side, fragment: Fragment) -> bool:
    """False of one-word scare quotes and of titles of works."""
    content = [w for w in fragment.words if is_content(w)]
    if len(fragment.words) < 2 or not content:
        return False
    capital = sum(w.form[:1].isupper() for w in content)
    cited = any(a.content_start <= fragment.start and fragment.end <= a.content_end for a in side.covering)
    return cited or len(fragment.words) > 6 or capital < len(content)


def _plain_in_wire(view: EdgeView, fragment: Fragment) -> Span | None:
    """Where the wire has the very words without marks."""
    keys = fragment.keys
    for sentence in view.source.view.prose:
        spoken = [w for w in view.source.view.words(sentence.id) if w.kind not in ("quote", "dash", "other")]
        for i in range(len(spoken) - len(keys) + 1):
            if [w.key for w in spoken[i : i + len(keys)]] == keys:
                return spoken[i].start, spoken[i + len(keys) - 1].end
    return None


def _unquoted(view: EdgeView, fragment: Fragment) -> Span | None:
    """The stretch of the retelling that keeps the quotation's content; the whole side where only meanings agree."""
    inside = {w.start for f in view.article.quoted for w in f.words}
    after = view.counterpart(fragment.words, view.article)
    if after is None:
        return None if inside else view.article.span
    kept = [w for w in view.article.content if after[0] <= w.start < after[1]]
    if not any(w.start not in inside for w in kept):
        return None
    short = after[1] - after[0] < 0.4 * (fragment.end - fragment.start)
    return view.article.span if short and not inside else after
