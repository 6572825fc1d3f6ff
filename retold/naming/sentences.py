"""Sentences through the models, each distinct text once: copies of a wire story cost what one of them costs."""

from __future__ import annotations

from collections import OrderedDict

from spacy.tokens import Doc

from retold.model import Article
from retold.naming import attributions, models
from retold.naming.cache import CacheUse, SentenceCache

# Parsed sentences kept for the articles to come; about 10 kB each.
KEPT = 6000
# The model interns every word it meets; past this many it is loaded afresh, so that memory stays flat.
STRINGS = 1_500_000


class Reader:
    """Documents by sentence text: the most recent ones at hand, others from ``cache``, the rest from the models."""

    def __init__(self, kept: int = KEPT, cache: SentenceCache | None = None) -> None:
        self.kept, self.cache = kept, cache
        self._docs: OrderedDict[str, Doc] = OrderedDict()
        self._met = self._new = 0

    def read(self, articles: list[Article]) -> list[dict[str, Doc]]:
        """For each article its sentences as documents, by sentence id; furniture is never read.

        All documents have entities; those that may hold an attribution have syntax as well (``has_annotation("DEP")``).
        """
        wanted = [[s for s in article.sentences if s.kind != "furniture"] for article in articles]
        docs = self._known({s.text: None for sentences in wanted for s in sentences})
        self._met += sum(map(len, wanted))
        return [{s.id: docs[s.text] for s in sentences} for sentences in wanted]

    def use(self) -> CacheUse:
        """How many sentences were met since this was last asked, and how many of them the models read."""
        met, new, self._met, self._new = self._met, self._new, 0, 0
        entries, problem = (self.cache.entries, self.cache.problem) if self.cache else (0, None)
        return CacheUse(met - new, new, entries, problem)

    def _known(self, texts: dict[str, None]) -> dict[str, Doc]:
        """A document for each text."""
        docs = {text: self._docs.pop(text) for text in texts if text in self._docs}
        missing = [text for text in texts if text not in docs]
        if self.cache is not None and missing:
            docs |= self.cache.get(missing)
        changed = self._read(missing, docs)
        if self.cache is not None:
            self.cache.put(changed)
        self._new += len(changed)
        self._keep(docs)
        return docs

    def _read(self, missing: list[str], docs: dict[str, Doc]) -> dict[str, Doc]:
        """Put what the models read into ``docs``, and return it: new sentences, and kept ones that want syntax now."""
        new = [text for text in missing if text not in docs]
        docs.update(zip(new, models.recognise(new), strict=True))
        unparsed = [text for text in missing if attributions.needs_parse(text) and not docs[text].has_annotation("DEP")]
        models.add_syntax([docs[text] for text in unparsed])
        return {text: docs[text] for text in [*new, *unparsed]}

    def _keep(self, docs: dict[str, Doc]) -> None:
        """Keep the latest documents; a model that has met too many words is loaded afresh."""
        if len(models.english().vocab.strings) > STRINGS:
            self._docs.clear()
            models.renew()
            return
        self._docs.update(docs)
        while len(self._docs) > self.kept:
            self._docs.popitem(last=False)
