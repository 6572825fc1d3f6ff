"""The room as a whole: languages, repeated sentences, processes."""

import copy

import pytest

from retold.model import Article, Sentence, digest
from retold.naming import models, pipeline
from retold.naming.sentences import Reader


def article(name: str, *sentences: str, language: str | None = "en") -> Article:
    text = " ".join(sentences)
    made = Article(name, name, 1, None, name, text, digest(text), language=language)
    start = 0
    for i, sentence in enumerate(sentences):
        made.sentences.append(Sentence(f"{name}.s{i}", name, i, 0, "body", sentence, start, start + len(sentence), 1))
        start += len(sentence) + 1
    return made


def corpus(size: int) -> list[Article]:
    return [
        article(
            f"a{i}",
            f"Kari Lund visited plant number {i} in Oslo on Monday.",
            "“We will rebuild,” Lund said.",
            f"According to the Harbour Board, {i} ships left for Norway.",
        )
        for i in range(size)
    ]


def test_mentions_and_attributions_come_resolved() -> None:
    (made,) = corpus(1)
    known = {entity.id: entity for entity in pipeline.name([made])}
    assert {m.text: known[str(m.entity_id)].name for m in made.mentions}["Lund"] == "Kari Lund"
    assert any(a.cue == "said" for a in made.attributions)
    assert all(a.source_entity_id in known for a in made.attributions if a.source_entity_id)


def test_articles_in_other_languages_are_left_empty() -> None:
    made = article("de", "Angela Merkel war in Berlin.", language="de")
    plain = article("en", "Angela Merkel was in Berlin.", language="en-GB")
    unknown = article("xx", "Angela Merkel was in Berlin.", language=None)
    pipeline.name([made, plain, unknown])
    assert made.mentions == []
    assert made.attributions == []
    assert len(plain.mentions) == len(unknown.mentions) == 2


def test_no_articles_make_no_entities() -> None:
    assert pipeline.name([]) == []


def test_a_sentence_carried_by_many_articles_passes_the_models_once(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[str] = []
    recognise = models.recognise

    def counted(texts: list[str]) -> list[object]:
        passed.extend(texts)
        return list(recognise(texts))

    monkeypatch.setattr(models, "recognise", counted)
    reader = Reader()
    reader.read([article(f"a{i}", "The minister left.", "Nobody spoke.") for i in range(5)])
    reader.read([article("b", "Nobody spoke.", "It rained.")])
    assert sorted(passed) == ["It rained.", "Nobody spoke.", "The minister left."]


def test_only_what_may_hold_a_source_is_parsed() -> None:
    (docs,) = Reader().read([article("a", "“No,” the minister said.", "Rain fell.")])
    assert docs["a.s0"].has_annotation("DEP")
    assert not docs["a.s1"].has_annotation("DEP")


def test_the_reader_forgets_what_it_has_not_met_for_long() -> None:
    reader = Reader(kept=3)
    reader.read([article("a", *(f"Line {i}." for i in range(10)))])
    assert len(reader._docs) == 3


def test_processes_change_nothing() -> None:
    alone = corpus(pipeline.BATCH + 3)
    together = copy.deepcopy(alone)
    done: list[int] = []
    assert pipeline.name(alone) == pipeline.name(together, jobs=2, progress=done.append)
    assert alone == together
    assert done == [pipeline.BATCH, 3]
