"""Names in the text, and which of them are one entity."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from retold.model import Article, Entity, Mention, digest


def find(article: Article, docs: dict[str, Doc]) -> list[Mention]:
    """The names in an article's sentences; ``docs`` holds the parsed sentences by sentence id."""
    return [
        Mention(
            f"{article.id}.m{s.start + e.start_char}-{s.start + e.end_char}",
            s.id,
            article.id,
            e.text,
            s.start + e.start_char,
            s.start + e.end_char,
            e.label_,
        )
        for s in article.sentences
        if s.id in docs
        for e in docs[s.id].ents
    ]


def resolve(articles: list[Article]) -> list[Entity]:
    """Decide over the whole corpus which mentions are one entity, set their ``entity_id`` and type, and return them."""
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
