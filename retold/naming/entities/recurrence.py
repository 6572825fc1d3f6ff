"""Names repeat: what the model misses or mistakes in one sentence is settled by all the others that hold the name.

Evidence is counted once over the corpus, in time linear in its words: how often each spelling is marked, with which
type, how often it stands unmarked, and how often its word is written small.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from retold.model import Article, Mention, Sentence
from retold.naming import models
from retold.naming.entities import keys, lexicon, shapes, spans
from retold.reading import extent

WORD = re.compile(r"[^\W_]+")
LOCATIVE = re.compile(r"\b(?:in|near|at|from|to|into|across|outside|toward|towards|around|throughout) (?:the )?$")
SAYS = re.compile(r"^,? (?:said|says|told|added|who|wrote|asked|argued|claimed|insisted)\b")
PEOPLE = re.compile(r"^,? (?:who|whose|aged|\d\d,)\b")
PRECEDENCE = {kind: rank for rank, kind in enumerate(spans.TYPES)}


@dataclass(slots=True)
class Form:
    """One spelling of a name and its evidence."""

    text: str
    tokens: tuple[str, ...]
    votes: Counter[str] = field(default_factory=Counter)
    marked: int = 0
    firm: int = 0
    seen: int = 0
    small: int = 0
    known: lexicon.Known | None = None

    @property
    def trusted(self) -> bool:
        """Whether the spelling may be marked where the model did not: a list holds it, or the model mostly marks it."""
        if self.known is not None and self.known.type != "NORP":
            return True
        if len(self.tokens) > 1:
            return self.marked * 3 >= self.seen
        return self.firm > 0 and self.marked * 3 >= self.seen and self.small <= self.marked

    @property
    def doubtful(self) -> bool:
        """Whether the model's marks on this single word look like mistakes."""
        if len(self.tokens) > 1 or self.known is not None:
            return False
        if self.firm == 0 and self.text.lower() in models.common_words():
            return lexicon.fold(self.text) not in lexicon.word_set("given")
        return self.small > 2 * self.marked or (self.firm == 0 and self.small > 0) or self.marked * 5 < self.seen

    @property
    def headline_only(self) -> bool:
        """Whether only lines in title case have the spelling, and nothing in it says that it is a name."""
        listed = self.known is not None or keys.is_acronym(self.text)
        person = self.votes["PERSON"] > 0 and len(self.tokens) > 1
        return not (self.firm or listed or person or inherent(self.text))


class Evidence:
    """All spellings marked anywhere in the corpus, found again in every sentence."""

    def __init__(self, articles: list[Article]) -> None:
        self.forms: dict[str, Form] = {}
        self.by_first: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        self._enter(articles)
        for first in self.by_first:
            self.by_first[first].sort(key=lambda form: (-len(form.tokens), -len(form.text), form.text))
        self._count(articles)
        self.persons = self._persons()

    def _enter(self, articles: list[Article]) -> None:
        """A form for every spelling that is marked or that a list holds, with the votes of its mentions."""
        for name, entry in lexicon.known().items():
            self._form(name).known = entry
        for article in articles:
            initial = {s.start for s in article.sentences}
            titled = title_case(article)
            for mention in article.mentions:
                form = self._form(mention.text)
                form.marked += 1
                form.firm += mention.start not in initial and mention.sentence_id not in titled
                vote(form.votes, article.text, mention)
            for part in surnames(article.mentions):
                self._form(part)
        for form in self.forms.values():
            form.known = form.known or lexicon.look_up(form.text)

    def _persons(self) -> set[keys.Key]:
        """The keys of names in full that are mostly persons', and of their surnames."""
        full = [f for f in self.forms.values() if " " in f.text and f.votes and f.known is None]
        found = {keys.person(f.text) for f in full if best(f.votes + inherent(f.text)) == "PERSON"}
        return found | {key[-1:] for key in found}

    def _form(self, name: str) -> Form:
        """The form of a spelling, made where it is new."""
        form = self.forms.get(name)
        if form is None:
            form = self.forms[name] = Form(name, tuple(WORD.findall(name)))
            if form.tokens:
                self.by_first[form.tokens[:2]].append(form)
        return form

    def _count(self, articles: list[Article]) -> None:
        """How often each spelling stands in the text, and its word in small letters."""
        small: Counter[str] = Counter()
        singles = {form.tokens[0].lower() for form in self.forms.values() if len(form.tokens) == 1}
        for article in articles:
            for sentence in readable(article):
                small.update(word for word in WORD.findall(sentence.text) if word in singles)
                for _, form in self.occurrences(sentence):
                    form.seen += 1
        for form in self.forms.values():
            form.small = small[form.text.lower()] if len(form.tokens) == 1 else 0

    def occurrences(self, sentence: Sentence) -> Iterator[tuple[int, Form]]:
        """Every place in a sentence where a spelling stands, the longest one, as (offset into the article, form)."""
        found = list(WORD.finditer(sentence.text))
        at = 0
        while at < len(found):
            pair = tuple(word[0] for word in found[at : at + 2])
            forms = (*self.by_first.get(pair, ()), *(self.by_first.get(pair[:1], ()) if len(pair) > 1 else ()))
            form = next((f for f in forms if stands(sentence.text, found, at, f)), None)
            if form is not None:
                yield sentence.start + found[at].start(), form
            at += len(form.tokens) if form is not None else 1


def title_case(article: Article) -> set[str]:
    """The ids of sentences in which capitals say little."""
    return {s.id for s in article.sentences if shapes.is_title_case(extent.readable(s.text)) or s.kind == "subheading"}


def readable(article: Article) -> Iterator[Sentence]:
    """The sentences that may hold names: everything but furniture; of a very long one the beginning."""
    for sentence in article.sentences:
        if sentence.kind != "furniture":
            text = extent.readable(sentence.text)
            yield sentence if len(text) == len(sentence.text) else replace(sentence, text=text)


def stands(text: str, found: list[re.Match[str]], at: int, form: Form) -> bool:
    """Whether the spelling stands at the given word, whole."""
    start = found[at].start()
    if at + len(form.tokens) > len(found) or not text.startswith(form.text, start):
        return False
    end = start + len(form.text)
    return end >= len(text) or not (text[end].isalnum() or (form.text[-1] == "." and text[end] == "."))


def vote(votes: Counter[str], text: str, mention: Mention) -> None:
    """Count the model's opinion and what the words around the mention say of its type."""
    votes[mention.type] += 4
    if spans.title_before(text, mention.start):
        votes["PERSON"] += 4
    if LOCATIVE.search(text, max(0, mention.start - 14), mention.start):
        votes["GPE" if mention.type not in spans.PLACES else mention.type] += 1
    after = text[mention.end : mention.end + 12]
    if SAYS.match(after) and mention.type in {"PERSON", "GPE", "ORG"}:
        votes["PERSON"] += 1
    if PEOPLE.match(after):
        votes["PERSON"] += 2


def inherent(name: str) -> Counter[str]:
    """What the words of a name itself say of its type."""
    votes: Counter[str] = Counter()
    found = lexicon.words(name)
    if len(found) > 1:
        head = lexicon.heads().get(found[-1]) or lexicon.heads().get(found[0] if " of " in name else "")
        if head is not None:
            votes[head] += 14
        elif found[0] in lexicon.word_set("given") and len(found) < 5:
            votes["PERSON"] += 8
    elif found and found[0] in lexicon.word_set("given"):
        votes["PERSON"] += 6
    return votes


def best(votes: Counter[str]) -> str:
    """The type with most votes; ties go to the type named first in OntoNotes' list."""
    return min(votes, key=lambda kind: (-votes[kind], PRECEDENCE.get(kind, 99)))


def surnames(mentions: Iterable[Mention]) -> dict[str, str]:
    """The last words of the persons named in full, to the full name."""
    found: dict[str, str] = {}
    for mention in mentions:
        parts = mention.text.split()
        if mention.type == "PERSON" and len(parts) > 1 and shapes.plain(parts[-1]):
            found.setdefault(parts[-1], mention.text)
    return found


def repair(article: Article, evidence: Evidence) -> None:
    """Settle an article's mentions in place: doubtful ones dropped, missed ones added, each with one type."""
    persons = surnames(article.mentions)
    titled = title_case(article)
    article.mentions = [
        m
        for m in article.mentions
        if m.text in persons
        or not (evidence.forms[m.text].doubtful or (m.sentence_id in titled and evidence.forms[m.text].headline_only))
    ]
    settle_types(article, evidence)
    persons = surnames(article.mentions)
    article.mentions = sorted(add_missed(article, evidence, persons), key=lambda m: (m.start, -m.end))


def settle_types(article: Article, evidence: Evidence) -> None:
    """One type for all mentions of a spelling in the article, by the votes of the article, the corpus and the lists."""
    here: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in article.mentions:
        vote(here[mention.text], article.text, mention)
    types = {name: decide(evidence.forms[name], votes, evidence) for name, votes in here.items()}
    full = {w for n, k in types.items() if k == "PERSON" and len(ws := n.split()) > 1 for w in (ws[-1], ws[0])}
    for mention in article.mentions:
        kind = types[mention.text]
        if mention.text in full and not at_a_place(article.text, mention, kind):
            kind = "PERSON"
        if kind != mention.type:
            mention.reason = f"read as {kind} because the name is that elsewhere"
            mention.type = kind


def at_a_place(text: str, mention: Mention, kind: str) -> bool:
    """Whether a word that is also a person's surname is a place here."""
    return kind in spans.PLACES and LOCATIVE.search(text, max(0, mention.start - 14), mention.start) is not None


def decide(form: Form, here: Counter[str], evidence: Evidence) -> str:
    """The type of a spelling in one article: what is said of it here, in the corpus, by its words and by the lists."""
    votes = share(here, 24)
    votes.update(share(form.votes, 16))
    votes.update(inherent(form.text))
    if form.known is not None:
        votes[form.known.type] += 24
    elif keys.person(form.text) in evidence.persons:
        votes["PERSON"] += 20
    return best(votes)


def share(votes: Counter[str], weight: int) -> Counter[str]:
    """The votes scaled so that together they weigh so much."""
    total = sum(votes.values()) or 1
    return Counter({kind: round(weight * count / total) for kind, count in votes.items()})


def add_missed(article: Article, evidence: Evidence, persons: dict[str, str]) -> list[Mention]:
    """The article's mentions with those that the model missed; a longer known name takes the place of its parts."""
    kept: dict[str, list[Mention]] = defaultdict(list)
    for mention in article.mentions:
        kept[mention.sentence_id].append(mention)
    types = {m.text: m.type for m in article.mentions}
    for sentence in readable(article):
        if shapes.is_shouted(sentence.text):
            continue
        here = kept[sentence.id]
        for start, form in evidence.occurrences(sentence):
            end = start + len(form.text)
            touched = [m for m in here if m.start < end and start < m.end]
            inside = all(start <= m.start and m.end <= end and m.text != form.text for m in touched)
            if not inside or not admissible(article, sentence, start, form, persons):
                continue
            kind = types.get(form.text) or ("PERSON" if form.text in persons else decide(form, Counter(), evidence))
            added = Mention(f"{article.id}.m{start}-{end}", sentence.id, article.id, form.text, start, end, kind)
            added.reason = "not marked by the model here, but a name elsewhere"
            here[:] = [m for m in here if m not in touched] + [added]
    return [mention for here in kept.values() for mention in here]


def admissible(article: Article, sentence: Sentence, start: int, form: Form, persons: dict[str, str]) -> bool:
    """Whether a spelling that the model left unmarked may be marked here."""
    if not spans.is_name(form.text) or not (form.trusted or form.text in persons):
        return False
    end = start + len(form.text)
    return len(form.tokens) > 1 or not beside_capital(article.text, sentence, start, end)


def beside_capital(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether another capitalised word touches the stretch, so that it may be part of a longer name."""
    before = re.search(r"([^\W\d_][\w'’.]*)[ -]$", text[max(sentence.start, start - 30) : start])
    after = re.match(r"[ -]([^\W\d_])|['’]s ([A-Z])", text[end : end + 4])
    first = before is not None and start - len(before[0]) <= sentence.start
    capital_before = before is not None and before[1][0].isupper() and not first
    titled = spans.title_before(text, start)
    return (
        (capital_before and not titled)
        or (after is not None and after[1] is not None and after[1].isupper())
        or (start > 0 and text[start - 1] in "-@#/.")
    )
