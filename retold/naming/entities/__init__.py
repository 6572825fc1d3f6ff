"""Names in the text, and which of them are one entity."""

from __future__ import annotations

from spacy.tokens import Doc

from retold.model import Article, Entity, Mention, Sentence
from retold.naming.entities import canonical, lexicon, recurrence, shapes, spans
from retold.reading.extent import readable

SPANS = "retold.spans"


def find(article: Article, docs: dict[str, Doc]) -> list[Mention]:
    """The names in an article's sentences; ``docs`` holds the sentences as the model has read them, by sentence id."""
    return [
        mention(article, s.id, s.start + span.start, s.start + span.end, credited(s, span))
        for s in article.sentences
        if s.id in docs
        for span in _spans(readable(s.text), docs[s.id])
    ]


def _spans(text: str, doc: Doc) -> list[spans.Span]:
    """The names in a sentence by itself; many articles may carry it, so they are found once for each document."""
    found: list[spans.Span] | None = doc.user_data.get(SPANS)
    if found is None:
        marked = [name for one in doc.ents for name in spans.names(text, one.start_char, one.end_char, one.label_)]
        found = doc.user_data[SPANS] = shapes.combine(text, marked)
    return found


def credited(sentence: Sentence, span: spans.Span) -> str:
    """The type of a name in a sentence; those of a credit line are persons' if nothing speaks against it."""
    name = sentence.text[span.start : span.end]
    few = 1 < len(name.split()) < 4 and all(shapes.plain(word) for word in name.split())
    if sentence.kind == "credit" and span.type != "PERSON" and few and lexicon.look_up(name) is None:
        return "PERSON"
    return span.type


def mention(article: Article, sentence_id: str, start: int, end: int, kind: str) -> Mention:
    """A mention with its id made from its place."""
    return Mention(f"{article.id}.m{start}-{end}", sentence_id, article.id, article.text[start:end], start, end, kind)


def resolve(articles: list[Article]) -> list[Entity]:
    """Decide over the whole corpus which mentions are one entity, set their ``entity_id`` and type, and return them.

    Mentions that the model missed are added and those that it mistook are dropped, so ``mentions`` may change.
    """
    evidence = recurrence.Evidence(articles)
    for article in articles:
        recurrence.repair(article, evidence)
    return canonical.entities(articles)
