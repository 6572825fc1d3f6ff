"""Source attributions in the sense of PARC and PolNeAR: who (source) said (cue) what (content).

Cues come from a lexicon (``cues.yml``), content from the syntax around the cue and from quotation marks, sources from
the syntax. References: Pareti, "PARC 3.0: A Corpus of Attribution Relations" (LREC 2016); Newell, Margolin and Ruths,
"An Attribution Relations Corpus for Political News" (LREC 2018).
"""

from __future__ import annotations

import re
from collections import Counter

from spacy.tokens import Doc

from retold.model import Article, Attribution, Entity
from retold.naming import quotations
from retold.naming.attributions import content, cues, drafts, speakers
from retold.naming.attributions.content import View
from retold.naming.attributions.page import Draft
from retold.reading.extent import readable

SILENT = frozenset({"furniture", "credit", "dateline"})

# A quotation mark, a colon, a signature's dash, or the dash that ends a headline.
PUNCTUATED = re.compile(f"{quotations.MARK.pattern}|:|^\\s*[-–—―]|\\A.{{0,110}}\\s[-–—].{{0,40}}\\Z")


def needs_parse(text: str) -> bool:
    """Whether a sentence could hold an attribution: a word that may be a cue, a quotation mark, a colon or a dash."""
    read = readable(text)
    return PUNCTUATED.search(read) is not None or cues.has_cue(read)


def find(article: Article, docs: dict[str, Doc]) -> list[Attribution]:
    """The attributions of an article in the order of their cues; ``docs`` holds its parsed sentences by sentence id."""
    views = [
        View(s, docs[s.id])
        for s in article.sentences
        if s.id in docs and s.kind not in SILENT and docs[s.id].has_annotation("DEP")
    ]
    found = drafts.drafts(article.text, views)
    return _rows(article, found)


def _rows(article: Article, found: list[Draft]) -> list[Attribution]:
    rows = [_row(article, draft) for draft in found]
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.id] += 1
        row.id = row.id if seen[row.id] == 1 else f"{row.id}.{seen[row.id]}"
    ids = {id(draft): row.id for draft, row in zip(found, rows, strict=True)}
    for draft, row in zip(found, rows, strict=True):
        row.via_attribution_id = ids.get(id(draft.via))
    return rows


def _row(article: Article, draft: Draft) -> Attribution:
    text, (cue_start, cue_end) = article.text, draft.cue_span
    start, end = draft.spans[0][0], draft.spans[-1][1]
    source = draft.source.span if draft.source else None
    return Attribution(
        id=f"{article.id}.a{cue_start}-{cue_end}",
        article_id=article.id,
        sentence_id=draft.view.sentence.id,
        kind=content.kind(text, draft.spans, draft.quoted),
        source_text=text[slice(*source)] if source else None,
        source_start=source[0] if source else None,
        source_end=source[1] if source else None,
        source_type=speakers.raw_type(draft.source),
        cue=text[cue_start:cue_end],
        cue_start=cue_start,
        cue_end=cue_end,
        content=text[start:end],
        content_start=start,
        content_end=end,
        content_parts=list(draft.spans),
    )


def resolve(articles: list[Article], entities: list[Entity]) -> None:
    """Set ``source_entity_id`` and ``source_type`` of every attribution from the resolved mentions, in place."""
    types = {entity.id: entity for entity in entities}
    for article in articles:
        speakers.resolve(article, types)
