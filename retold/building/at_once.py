"""A corpus that fits in memory: everything computed first, then written in one transaction."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold import corpus
from retold.building import beside, request
from retold.building.request import DONE, NOTHING_DONE, SKIPPED_SOME, Request, recipe
from retold.model import Document, Fault, Problem
from retold.store import previous, schema

if TYPE_CHECKING:
    from retold.naming.cache import CacheUse

ATTEMPTS = 5
CACHED = 50
"""Articles from which on it pays to keep read sentences in a file."""


def build(wanted: Request) -> int | None:
    """Build; the database is only touched once everything has been computed. None if the corpus is too large for it."""
    clock, started, reporter = time.perf_counter(), request.now(), wanted.reporter
    read = _read(wanted)
    if read is None:
        return None
    documents, problems = read
    known = _previous(wanted.db)
    request.warn_of(problems, reporter)
    if not documents:
        reporter.warn(request.NO_ARTICLE)
        return NOTHING_DONE
    status = SKIPPED_SOME if problems else DONE
    fingerprint = corpus.fingerprint(documents, problems, known, recipe())
    if fingerprint == known.fingerprint and not wanted.force:
        seconds = time.perf_counter() - clock
        reporter.say(f"Nothing to do: {wanted.db} was built from these {len(documents):,} articles ({seconds:.1f} s).")
        return status
    for _ in range(ATTEMPTS):
        fingerprint = corpus.fingerprint(documents, problems, known, recipe())
        found = corpus.assemble(documents, problems, known)
        log = request.log_of(wanted, started, found.read, found.problems, {"fingerprint": fingerprint})
        use = _compute_and_write(wanted, found, known, log)
        if use is not None:
            break
        reporter.warn("people judged articles that are no longer among the inputs; computing again to keep them")
        known = _previous(wanted.db)
    else:
        message = (
            f"people kept judging articles of {wanted.db} that leave it; nothing was changed. Run this again later"
        )
        raise Fault(message)
    request.summarise(wanted, problems, time.perf_counter() - clock, request.spared(use))
    return status


def _compute_and_write(
    wanted: Request, found: corpus.Corpus, known: previous.Previous, log: dict[str, Any]
) -> CacheUse | None:
    """What the cache spared; None, and nothing written, where people meanwhile judged an article that was to go."""
    # Imported late: the models take longer to import than a build with nothing to do should take.
    from retold.naming import pipeline as naming
    from retold.naming.cache import CacheUse
    from retold.reading import articles as reading
    from retold.store import writing
    from retold.tracing import pipeline as tracing

    articles, reporter, used = found.articles, wanted.reporter, list[CacheUse]()
    with reporter.step("reading", len(articles)):
        reading.read_all(articles)
        corpus.correct(articles, known.corrections)
    with reporter.step("naming", len(articles)) as tick:
        entities = naming.name(articles, wanted.jobs or 1, tick, _cache(wanted.db, len(articles)), used.append)
    with reporter.step("tracing", len(articles)) as tick:
        trace = tracing.trace(articles, tick)
    with reporter.step("writing", len(articles)):
        schema.ensure(wanted.db)
        connection = schema.connect(wanted.db)
        try:
            request.finish(log)
            writing.write(connection, articles, entities, trace, log, found.problems)
        except writing.Overtaken:
            return None
        finally:
            connection.close()
    return sum(used, CacheUse())


def _cache(db: Path, articles: int) -> Path | None:
    return beside.sentences(db) if articles >= CACHED else None


def _read(wanted: Request) -> tuple[list[Document], list[Problem]] | None:
    """The documents and what could not be used; None as soon as there are more than fit."""
    from retold.reading import documents

    read: list[Document] = []
    problems: list[Problem] = []
    with wanted.reporter.step("finding articles") as tick:
        for one in documents.read(wanted.inputs, stdin=wanted.stdin()):
            if isinstance(one, Problem):
                problems.append(one)
                continue
            read.append(one)
            tick()
            if len(read) > wanted.portion:
                return None
    return read, problems


def _previous(db: Path) -> previous.Previous:
    if not schema.exists(db):
        return previous.Previous()
    connection = schema.connect(db)
    try:
        return previous.load(connection)
    finally:
        connection.close()
