"""Who a source is: its type, and the entity that the article says it is.

A name is its own entity; "who" is the name before it; "the prime minister" is the person whom the article gave that
title or description; "he" and "she" are the person last spoken of outside quotation marks, where only one fits. What
stays ambiguous stays unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from retold.model import Article, Attribution, Entity, Mention, SourceType
from retold.naming.attributions import cues
from retold.naming.attributions.sources import Source
from retold.naming.quotations import Quotation, inside, quotations

PERSONAL = frozenset("he she him her his hers himself herself".split())
GROUP = frozenset("they them their theirs we us our i me my you your one".split())
RELATIVE = frozenset("who which that whom whose".split())
FEMININE = frozenset("she her hers herself".split())
PLACES = frozenset({"GPE", "LOC", "FAC"})
WORKS = frozenset({"WORK_OF_ART", "LAW"})
BY_ENTITY: dict[str, SourceType] = {
    "PERSON": "named_person",
    "NORP": "unnamed_person",
    "ORG": "organisation",
    **dict.fromkeys(sorted(PLACES), "organisation"),
    **dict.fromkeys(sorted(WORKS), "document"),
}
DESCRIPTION = re.compile(r"^(?:the|this|that|his|her|its|their)\s+", re.I)
CORE_END = re.compile(r",|\(|\s+(?:of|for|from|in|at|with|who|which|that|to|on|by|and|close|speaking|writing)\s", re.I)
WORD = re.compile(r"\w+(?:[-’']\w+)*")
APPOSITION = re.compile(r",\s+(?:(?:the|a|an|his|her|its|their|one of)\s+)?([^,.;:“”\"()]{3,90})")
WINDOW = 3  # sentences that a pronoun looks back


def raw_type(source: Source | None) -> SourceType:
    """The type of a source by its own words, before the entities of the corpus are known."""
    if source is None:
        return "unknown"
    head = source.head
    if head.lower_ in PERSONAL | GROUP | {"who"}:
        return "unnamed_person" if head.lower_ in PERSONAL | GROUP else "unknown"
    span = head.doc[head.left_edge.i : head.i + 1].text
    if head.ent_type_ in {"ORG", "PERSON", ""} and is_media(span):
        return "media"
    if head.pos_ == "NOUN" or head.ent_type_ == "":
        return _noun_type(head.lemma_.lower()) or _noun_type(head.lower_) or _unlisted(head.pos_, span)
    return BY_ENTITY.get(head.ent_type_, "unknown")


def is_media(name: str) -> bool:
    """Whether a name reads as that of a news outlet: it ends in a word that outlets are called."""
    words = [w for w in WORD.findall(name) if w[:1].isupper()]
    return bool(words) and words[-1].lower() in cues.lexicon().media_names


def _noun_type(word: str) -> SourceType | None:
    return cues.lexicon().sources.get(word)


def _unlisted(pos: str, name: str) -> SourceType:
    if pos == "PROPN":
        return "named_person" if len(name.split()) > 1 else "unknown"
    return "unnamed_person" if pos == "NUM" else "unknown"


@dataclass(slots=True)
class _Known:
    """What an article says of its people: where each is named, by which titles, and of which gender."""

    article: Article
    entities: dict[str, Entity]
    quoted: list[Quotation]
    named: list[Mention]
    starts: list[int] = field(default_factory=list)
    titles: dict[str, set[str]] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)

    def type(self, mention: Mention) -> str:
        entity = self.entities.get(mention.entity_id or "")
        return entity.type if entity else mention.type


def resolve(article: Article, entities: dict[str, Entity]) -> None:
    """Set ``source_entity_id`` and ``source_type`` of the attributions of one article, in place."""
    known = _known(article, entities)
    for row in sorted(article.attributions, key=lambda a: (a.cue_start, a.cue_end)):
        row.source_entity_id = _entity(known, row)
        row.source_type = _type(known, row)


def _known(article: Article, entities: dict[str, Entity]) -> _Known:
    mentions = [m for m in article.mentions if m.entity_id in entities]
    mentions.sort(key=lambda m: (m.start, -m.end))
    known = _Known(article, entities, quotations(article.text), mentions, [m.start for m in mentions])
    for mention in mentions:
        if known.type(mention) == "PERSON" and mention.entity_id:
            _learn(known, mention, mention.entity_id)
    return known


def _learn(known: _Known, mention: Mention, entity: str) -> None:
    """Titles before a name and the description after it."""
    text, lexicon = known.article.text, cues.lexicon()
    line = text[max(0, mention.start - 80) : mention.start].rpartition("\n")[2]
    before = [w.lower() for w in WORD.findall(re.split(r"[,;:“”\"()]", line)[-1])][-6:]
    after = APPOSITION.match(text, mention.end)
    words = before + (["|"] + [w.lower() for w in WORD.findall(after.group(1))] if after else [])
    words += [long for w in before for long in lexicon.titles.get(w, ())]
    known.titles.setdefault(entity, set()).add(" ".join(words))
    signs = {"m": set(before[-1:]) & lexicon.masculine, "f": set(before[-1:]) & lexicon.feminine}
    for gender, found in signs.items():
        if found:
            known.gender.setdefault(entity, gender)


def _entity(known: _Known, row: Attribution) -> str | None:
    text, start = row.source_text, row.source_start
    words = [w.lower() for w in WORD.findall(text or "")]
    if text is None or start is None or not words:
        return None
    if len(words) > 1 or words[0] not in PERSONAL | RELATIVE | {"it"}:
        mention = _named(known, text, start, start + len(text))
        return mention.entity_id if mention is not None else _described(known, text, start)
    if words[0] in PERSONAL:
        return _pronoun(known, start, words[0])
    return _antecedent(known, start) if words[0] in RELATIVE else _organisation_before(known, row)


def _within(known: _Known, start: int, end: int) -> list[Mention]:
    return known.named[bisect_left(known.starts, start) : bisect_right(known.starts, end - 1)]


def _named(known: _Known, text: str, start: int, end: int) -> Mention | None:
    """The name that heads a source: the one at the end of its core, or a person in apposition to it."""
    stop = CORE_END.search(text)
    core = start + (stop.start() if stop else len(text))
    inside_source = [m for m in _within(known, start, end) if m.end <= end + 2]
    heads = [m for m in inside_source if m.end >= core >= m.start or (m.start == start and m.end > core)]
    if heads and not known.article.text[heads[-1].end : core + 2].startswith(("'s ", "’s ")):
        return heads[-1]
    after = known.article.text[core:end]
    people = [m for m in inside_source if m.start >= core and known.type(m) == "PERSON"]
    return people[0] if people and after.startswith(",") and people[0].start <= core + 2 else None


def _antecedent(known: _Known, start: int) -> str | None:
    """The name right before a relative pronoun."""
    before = known.named[: bisect_left(known.starts, start)]
    for mention in before[-2:]:
        if not known.article.text[mention.end : start].strip(" ,—–-"):
            return mention.entity_id
    return None


def _described(known: _Known, text: str, start: int) -> str | None:
    """The one person whom the article gave the title or description that ``text`` takes up."""
    if not DESCRIPTION.match(text):
        return None
    core = CORE_END.split(DESCRIPTION.sub("", text))[0]
    words = [w.lower() for w in WORD.findall(core)]
    if not words or not _is_person_noun(words[-1]):
        return None
    phrase = " ".join(words[-2:]) if " ".join(words[-2:]) != words[-1] and len(words) > 1 else words[-1]
    fitting = [e for e, titles in known.titles.items() if any(_says(t, phrase) for t in titles)]
    recent = [m.entity_id for m in known.named if m.start < start and m.entity_id in fitting]
    return recent[-1] if len(set(recent)) == 1 else None


def _is_person_noun(word: str) -> bool:
    return _noun_type(word) == "unnamed_person"


def _says(title: str, phrase: str) -> bool:
    return f" {phrase} " in f" {title} "


def _pronoun(known: _Known, start: int, word: str) -> str | None:
    """The person that "he" or "she" stands for, looking back sentence by sentence; nobody where several fit."""
    wanted = "f" if word in FEMININE else "m"
    sentences = known.article.sentences
    at = max((i for i, s in enumerate(sentences) if s.start <= start), default=-1)
    for i in range(at, max(-1, at - WINDOW), -1):
        people = _people(known, sentences[i].start, min(sentences[i].end, start), wanted)
        speakers = [a for a in _speakers(known, sentences[i].start, min(sentences[i].end, start)) if a in people]
        if len(people) == 1 or (people and not speakers and i < at):
            return people[0] if len(people) == 1 or _leads(known, sentences[i].start, people[0]) else None
        if speakers:
            return speakers[-1]
        if people:
            return people[0]
    return None


def _people(known: _Known, start: int, end: int, gender: str) -> list[str]:
    found: dict[str, None] = {}
    for mention in _within(known, start, end):
        entity = mention.entity_id
        fits = entity is not None and known.type(mention) == "PERSON" and known.gender.get(entity, gender) == gender
        if fits and entity is not None and not inside(known.quoted, mention.start, mention.end):
            found[entity] = None
    return list(found)


def _speakers(known: _Known, start: int, end: int) -> list[str]:
    return [a.source_entity_id for a in known.article.attributions if a.source_entity_id and start <= a.cue_start < end]


def _leads(known: _Known, start: int, entity: str) -> bool:
    """Whether a sentence opens with the entity: its subject, as a rule."""
    return any(m.entity_id == entity and m.start - start < 40 for m in _within(known, start, start + 60))


def _organisation_before(known: _Known, row: Attribution) -> str | None:
    start = row.source_start or 0
    sentences = [s for s in known.article.sentences if s.start <= start][-2:]
    for sentence in reversed(sentences):
        found = [
            m.entity_id
            for m in _within(known, sentence.start, min(sentence.end, start))
            if known.type(m) in {"ORG", "GPE"} and not inside(known.quoted, m.start, m.end)
        ]
        if found:
            return found[0] if len(set(found)) == 1 else None
    return None


def _type(known: _Known, row: Attribution) -> SourceType:
    """The type by the resolved entity; a description that heads the source keeps its own."""
    entity = known.entities.get(row.source_entity_id or "")
    if entity is None or (row.source_type in {"media", "document"} and entity.type != "PERSON"):
        return row.source_type
    if entity.type == "ORG" and is_media(entity.name):
        return "media"
    return BY_ENTITY.get(entity.type, row.source_type)
