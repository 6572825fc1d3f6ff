"""Sentences through the models, each distinct text once: copies of a wire story cost what one of them costs."""

from __future__ import annotations

from collections import OrderedDict

from spacy.tokens import Doc

from retold.model import Article
from retold.naming import attributions, models

# Parsed sentences kept for the articles to come; about 10 kB each.
KEPT = 6000
# The model interns every word it meets; past this many it is loaded afresh, so that memory stays flat.
STRINGS = 1_500_000


class Reader:
    """Documents by sentence text, the most recent ones kept."""

    def __init__(self, kept: int = KEPT) -> None:
        self.kept = kept
        self._docs: OrderedDict[str, Doc] = OrderedDict()

    def read(self, articles: list[Article]) -> list[dict[str, Doc]]:
        """For each article its sentences as documents, by sentence id; furniture is never read.

        All documents have entities; those that may hold an attribution have syntax as well (``has_annotation("DEP")``).
        """
        wanted = [[s for s in article.sentences if s.kind != "furniture"] for article in articles]
        docs = self._known({s.text: None for sentences in wanted for s in sentences})
        return [{s.id: docs[s.text] for s in sentences} for sentences in wanted]

    def _known(self, texts: dict[str, None]) -> dict[str, Doc]:
        """A document for each text, from the kept ones or new from the models."""
        docs = {text: self._docs.pop(text) for text in texts if text in self._docs}
        new = [text for text in texts if text not in docs]
        for text, doc in zip(new, models.recognise(new), strict=True):
            docs[text] = doc
        models.add_syntax([docs[text] for text in new if attributions.needs_parse(text)])
        self._keep(docs)
        return docs

    def _keep(self, docs: dict[str, Doc]) -> None:
        """Keep the latest documents; a model that has met too many words is loaded afresh."""
        if len(models.english().vocab.strings) > STRINGS:
            self._docs.clear()
            models.english.cache_clear()
            return
        self._docs.update(docs)
        while len(self._docs) > self.kept:
            self._docs.popitem(last=False)
