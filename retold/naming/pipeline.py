"""The room of naming in its order: mentions, attributions, then both resolved over the whole corpus."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice

from retold.model import Article, Attribution, Entity, Mention
from retold.naming import attributions, entities
from retold.naming.sentences import Reader

BATCH = 32

Findings = list[tuple[list[Mention], list[Attribution]]]


def name(articles: list[Article], jobs: int = 1, progress: Callable[[int], None] | None = None) -> list[Entity]:
    """Set ``mentions`` and ``attributions`` of every article, in place, and return the entities of the corpus.

    Articles in a language that the models do not read are left empty. With ``jobs`` above 1, so many processes share
    the reading; the result is the same. ``progress`` is called with the number of articles of each batch that is done.
    """
    english = [article for article in articles if is_english(article)]
    for article in articles:
        article.mentions, article.attributions = [], []
    for batch, found in _findings(english, jobs):
        for article, (mentions, said) in zip(batch, found, strict=True):
            article.mentions, article.attributions = mentions, said
        if progress is not None:
            progress(len(batch))
    known = entities.resolve(english)
    attributions.resolve(english, known)
    return known


def is_english(article: Article) -> bool:
    """Whether the models read the article's language; one that is not stated is taken to be English."""
    return not article.language or article.language.lower().replace("_", "-").split("-")[0] in {"en", "eng", "english"}


def _findings(articles: list[Article], jobs: int) -> Iterator[tuple[list[Article], Findings]]:
    """Each batch with what was found in it, in order."""
    batches = _batches(articles)
    if jobs < 2 or len(articles) <= BATCH:
        for batch in batches:
            yield batch, find(batch)
        return
    # Fresh processes: a forked copy of loaded numerical libraries may hang.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[tuple[list[Article], Future[Findings]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(find, batch)))
            if len(waiting) > 2 * jobs:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _batches(articles: list[Article]) -> Iterator[list[Article]]:
    """The articles a batch at a time, in their order."""
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        yield batch


@cache
def _reader() -> Reader:
    """The process's one reader, so that a sentence met again is not read again."""
    return Reader()


def find(batch: list[Article]) -> Findings:
    """The mentions and attributions of each article of a batch, not yet resolved over the corpus."""
    read = _reader().read(batch)
    return [
        (entities.find(article, docs), attributions.find(article, docs))
        for article, docs in zip(batch, read, strict=True)
    ]
