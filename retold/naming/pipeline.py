"""The room of naming in its order: mentions, attributions, then both resolved over the whole corpus."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from retold.model import Article, Attribution, Entity, Mention
from retold.naming import attributions, entities, workers
from retold.naming.cache import CacheUse, SentenceCache
from retold.naming.sentences import Reader

BATCH = 32

Findings = list[tuple[list[Mention], list[Attribution]]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a batch, and how much of it the models had to read."""

    findings: Findings
    use: CacheUse


def name(
    articles: list[Article],
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
    cache_path: Path | None = None,
    used: Callable[[CacheUse], None] | None = None,
) -> list[Entity]:
    """Set ``mentions`` and ``attributions`` of every article, in place, and return the entities of the corpus.

    Articles in a language that the models do not read are left empty. With ``jobs`` above 1, so many processes share
    the reading; the result is the same. ``progress`` is called with the number of articles of each batch that is done.
    ``cache_path`` is a file of sentences read before; ``used`` is told what each batch made of it.
    """
    english = [article for article in articles if is_english(article)]
    for article in articles:
        article.mentions, article.attributions = [], []
    for batch, found in _findings(english, jobs, cache_path):
        for article, (mentions, said) in zip(batch, found.findings, strict=True):
            article.mentions, article.attributions = mentions, said
        if progress is not None:
            progress(len(batch))
        if used is not None:
            used(found.use)
    known = entities.resolve(english)
    attributions.resolve(english, known)
    return known


def is_english(article: Article) -> bool:
    """Whether the models read the article's language; one that is not stated is taken to be English."""
    return not article.language or article.language.lower().replace("_", "-").split("-")[0] in {"en", "eng", "english"}


def _findings(articles: list[Article], jobs: int, cache_path: Path | None) -> Iterator[tuple[list[Article], Found]]:
    """Each batch with what was found in it, in order."""
    batches = _batches(articles)
    if jobs < 2 or len(articles) <= BATCH:
        for batch in batches:
            yield batch, find_counted(batch, cache_path)
        return
    with workers.pool(jobs) as pool:
        waiting: deque[tuple[list[Article], Future[Found]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(find_counted, batch, cache_path)))
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


def _reader_with(path: Path | None) -> Reader:
    """The same, with the cache of that path; it stays open until another one is asked for."""
    reader = _reader()
    known = reader.cache.path if reader.cache else None
    if path != known:
        if reader.cache is not None:
            reader.cache.close()
        reader.cache = SentenceCache(path) if path is not None else None
    return reader


def find(batch: list[Article], cache_path: Path | None = None) -> Findings:
    """The mentions and attributions of each article of a batch, not yet resolved over the corpus.

    Sentences are looked up in the file ``cache_path`` first and kept there; the findings are the same without.
    """
    read = _reader_with(cache_path).read(batch)
    return [
        (entities.find(article, docs), attributions.find(article, docs))
        for article, docs in zip(batch, read, strict=True)
    ]


def find_counted(batch: list[Article], cache_path: Path | None = None) -> Found:
    """``find`` with the use that it made of the cache, for a worker whose parent adds it up."""
    _reader().use()
    findings = find(batch, cache_path)
    return Found(findings, cache_use())


def cache_use() -> CacheUse:
    """How this process has used the cache since this was last asked."""
    return _reader().use()
