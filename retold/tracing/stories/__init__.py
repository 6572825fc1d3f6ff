"""Articles to stories: which tell the same event.

``features`` says what the search keeps of an article, ``index`` keeps it, ``candidates`` proposes pairs, ``grouping``
makes groups of them; here groups become stories.
"""

from __future__ import annotations

from collections.abc import Iterable

from retold.model import Article, Story, digest
from retold.tracing import profiles
from retold.tracing.profiles import Corpus
from retold.tracing.stories import candidates, features, grouping


def group(articles: list[Article], corpus: Corpus | None = None) -> list[Story]:
    """The stories of a corpus, in the order of their ids; every article belongs to exactly one, its ``story_id``.

    In memory, each article compared with a bounded number of others; what a larger corpus needs is built from the same
    parts (``retold.building``).
    """
    if not articles:
        return []
    index = candidates.index_of(corpus or profiles.corpus(articles))
    by_number = {features.number_of(article.id): article for article in articles}
    groups = grouping.group(index, index.settle())
    index.connection.close()
    return sorted((story_of([by_number[n] for n in members]) for members in groups), key=lambda story: story.id)


def story_of(members: Iterable[Article]) -> Story:
    """The story of these articles; sets ``story_id`` of each.

    A story's id comes from its first article (by date, undated ones last, then by id), so that it stays the same when
    later articles join.
    """
    found = sorted(members, key=lambda a: (a.published or "9999", a.id))
    first = found[0]
    story = Story("s-" + digest(first.id), first.title or first.document, None, sorted(a.id for a in found))
    for article in found:
        article.story_id = story.id
    return story
