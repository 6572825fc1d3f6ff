"""Source attributions in the sense of PARC and PolNeAR: who (source) said (cue) what (content)."""

from __future__ import annotations

from spacy.tokens import Doc

from retold.model import Article, Attribution, Entity


def find(article: Article, docs: dict[str, Doc]) -> list[Attribution]:
    """The attributions of an article; ``docs`` holds the parsed sentences by sentence id."""
    found = []
    for s in article.sentences:
        for token in docs[s.id] if s.id in docs else ():
            if token.lower_ not in {"said", "says", "stated", "indicated"}:
                continue
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            at, to = s.start + token.idx, s.start + token.idx + len(token)
            content_start, content_end = (s.start, at) if at - s.start > s.end - to else (to, s.end)
            if not article.text[content_start:content_end].strip():
                continue
            start, end = (
                (None, None)
                if subject is None
                else (s.start + subject.left_edge.idx, s.start + subject.idx + len(subject))
            )
            found.append(
                Attribution(
                    f"{article.id}.a{at}-{to}",
                    article.id,
                    s.id,
                    "indirect",
                    None if start is None else article.text[start:end],
                    start,
                    end,
                    "unknown",
                    article.text[at:to],
                    at,
                    to,
                    article.text[content_start:content_end],
                    content_start,
                    content_end,
                    [(content_start, content_end)],
                )
            )
    return found


def resolve(articles: list[Article], entities: list[Entity]) -> None:
    """Set ``source_entity_id`` and ``source_type`` of every attribution from the resolved mentions, in place."""
