"""Names in the text, and which of them are one entity."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from retold.model import Article, Entity, Mention, digest
from retold.naming import recurrence, shapes, spans


def find(article: Article, docs: dict[str, Doc]) -> list[Mention]:
    """The names in an article's sentences; ``docs`` holds the sentences as the model has read them, by sentence id."""
    return [
        mention(article, s.id, s.start + span.start, s.start + span.end, span.type)
        for s in article.sentences
        if s.id in docs
        for span in shapes.combine(
            s.text, [n for e in docs[s.id].ents for n in spans.names(s.text, e.start_char, e.end_char, e.label_)]
        )
    ]


def mention(article: Article, sentence_id: str, start: int, end: int, kind: str) -> Mention:
    """A mention with its id made from its place."""
    return Mention(f"{article.id}.m{start}-{end}", sentence_id, article.id, article.text[start:end], start, end, kind)


def resolve(articles: list[Article]) -> list[Entity]:
    """Decide over the whole corpus which mentions are one entity, set their ``entity_id`` and type, and return them."""
    evidence = recurrence.Evidence(articles)
    for article in articles:
        recurrence.repair(article, evidence)
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for article in articles:
        for mention in article.mentions:
            groups[(mention.text, mention.type)].append(mention)
    found = []
    for (name, kind), mentions in sorted(groups.items()):
        entity = Entity(
            "e-" + digest(name, kind),
            name,
            kind,
            len(mentions),
            len({m.article_id for m in mentions}),
            [name],
            "same spelling",
        )
        for mention in mentions:
            mention.entity_id = entity.id
        found.append(entity)
    return found
