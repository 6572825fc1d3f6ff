"""Made-up pairs: two short stories, their names and sources spelled out, and one edge between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from retold.model import Article, Attribution, Edge, Mention, Operation, Sentence, Suggestion
from retold.tracing import changes

Said = tuple[str, str, str]
Suggested = Callable[..., list[Suggestion]]


def article(name: str, told: str, rest: str, names: Mapping[str, str], says: Sequence[Said]) -> Article:
    """An article of two sentences, ``told`` and ``rest``; each name becomes a mention, each triple an attribution."""
    text = f"{told}\n\n{rest}"
    made = Article(name, name, 1, None, name, text, name)
    for n, (start, part) in enumerate([(0, told), (len(told) + 2, rest)]):
        if part:
            end, count = start + len(part), len(part.split())
            made.sentences.append(Sentence(f"{name}.{n}", name, n, n, "body", part, start, end, count))
    for spelling, kind in names.items():
        entity = f"e-{spelling.split()[-1].casefold()}"
        at = text.find(spelling)
        while at >= 0:
            mention = Mention(f"{name}.m{at}", f"{name}.0", name, spelling, at, at + len(spelling), kind, entity)
            made.mentions.append(mention)
            at = text.find(spelling, at + 1)
    made.attributions = [attribution(made, *triple) for triple in says]
    return made


def attribution(made: Article, source: str, cue: str, content: str) -> Attribution:
    """An attribution from the three stretches of text that make it."""
    at, cue_at = made.text.find(content), made.text.find(cue)
    who = made.text.find(source) if source else None
    assert at >= 0
    assert cue_at >= 0
    return Attribution(
        id=f"{made.id}.a{cue_at}",
        article_id=made.id,
        sentence_id=f"{made.id}.0",
        kind="indirect",
        source_text=source or None,
        source_start=who,
        source_end=None if who is None else who + len(source),
        source_type="unknown",
        cue=cue,
        cue_start=cue_at,
        cue_end=cue_at + len(cue),
        content=content,
        content_start=at,
        content_end=at + len(content),
        content_parts=[(at, at + len(content))],
        source_entity_id=f"e-{source.rsplit(maxsplit=1)[-1].casefold()}"
        if source in {m.text for m in made.mentions}
        else None,
    )


@pytest.fixture
def suggested() -> Suggested:
    """``suggested(source, text, ...)``: what the rules say of one edge between the two; see the arguments below."""
    return suggest


def suggest(
    source: str,
    text: str,
    *,
    source_rest: str = "",
    rest: str = "",
    source_names: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    source_says: Sequence[Said] = (),
    says: Sequence[Said] = (),
    operation: Operation = "reworded",
    published: str | None = None,
) -> list[Suggestion]:
    wire = article("wire", source, source_rest, source_names or {}, source_says)
    retelling = article("retelling", text, rest, names or {}, says)
    wire.published = retelling.published = published
    before = [s for s in wire.sentences if s.position == 0 and operation != "added"]
    after = [s for s in retelling.sentences if s.position == 0 and operation != "dropped"]
    edge = Edge("c-1", "d-1", "wire", "retelling", 0, operation, False, 0.7, before, after)
    found = changes.suggest([edge], wire, retelling)
    for one in found:
        check(one, wire, retelling)
    return found


def check(one: Suggestion, wire: Article, retelling: Article) -> None:
    """Evidence is exactly the text at its offsets; every suggestion says why in words."""
    assert one.before == (None if one.source_start is None else wire.text[one.source_start : one.source_end])
    assert one.after == (None if one.start is None else retelling.text[one.start : one.end])
    assert one.before or one.after
    assert one.id.startswith("g-")
    assert one.explanation.endswith((".", "?", "”"))
    assert 0 < one.confidence < 1


@pytest.fixture
def labels(suggested: Suggested) -> Callable[..., set[str]]:
    """Only the labels of what is suggested."""

    def only(*texts: str, **more: object) -> set[str]:
        return {one.label for one in suggested(*texts, **more)}

    return only
