"""Names found, mended and made one over a corpus of small made-up stories."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model import Article, Entity, Mention, Sentence, digest
from retold.naming import entities, models
from retold.naming.entities import keys, persons, shapes, spans, things


def article(name: str, *sentences: str, kinds: tuple[str, ...] = ()) -> Article:
    text = "\n".join(sentences)
    made = Article(name, name, 1, None, name, text, digest(text), language="en")
    start = 0
    for i, sentence in enumerate(sentences):
        kind = kinds[i] if kinds else "body"
        end = start + len(sentence)
        made.sentences.append(Sentence(f"{name}.s{i}", name, i, i, kind, sentence, start, end, 1))  # type: ignore[arg-type]
        start = end + 1
    return made


def marked(made: Article, *names: tuple[str, str]) -> Article:
    """The article with each name marked wherever it stands first after the one before, as a model might."""
    at = 0
    for name, kind in names:
        start = made.text.index(name, at)
        at = start + len(name)
        sentence = next(s for s in made.sentences if s.start <= start < s.end)
        made.mentions.append(entities.mention(made, sentence.id, start, at, kind))
    return made


def named(*articles: Article) -> dict[str, Entity]:
    return {entity.name: entity for entity in entities.resolve(list(articles))}


def entity_of(made: Article, text: str, known: dict[str, Entity]) -> Entity:
    wanted = next(m.entity_id for m in made.mentions if m.text == text)
    return next(e for e in known.values() if e.id == wanted)


def cut(text: str, kind: str) -> list[str]:
    return [text[s.start : s.end] for s in spans.names(text, 0, len(text), kind)]


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("the U.S.", "GPE", ["U.S."]),
        ("U.S.'s", "GPE", ["U.S."]),
        ("Mr. Jan Novak's", "PERSON", ["Jan Novak"]),
        ("Norwegian Prime Minister Kari Lund", "PERSON", ["Kari Lund"]),
        ("Maj. Gen. Tor Vik", "PERSON", ["Tor Vik"]),
        ("Harbour Pilots Union (HPU", "ORG", ["Harbour Pilots Union", "HPU"]),
        ("Lund and Vik", "PERSON", ["Lund", "Vik"]),
        ("Ministry of Works and Housing", "ORG", ["Ministry of Works and Housing"]),
        ("the Harbour Board's", "ORG", ["Harbour Board"]),
        ("Harbour Board spokeswoman", "ORG", ["Harbour Board"]),
        ("Daily Echo’s Kari Lund", "ORG", ["Daily Echo", "Kari Lund"]),
        ("former Harbour Board", "ORG", ["Harbour Board"]),
        ("al-Rashid", "PERSON", ["al-Rashid"]),
        ("President", "PERSON", []),
        ("Monday", "ORG", []),
        ("kari@example.com", "ORG", []),
        ("14 March", "DATE", []),
        ("48", "CARDINAL", []),
        ("'s", "ORG", []),
        ("", "ORG", []),
    ],
)
def test_a_span_is_reduced_to_the_name(text: str, kind: str, wanted: list[str]) -> None:
    assert cut(text, kind) == wanted


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("The Mr. Kari-Lund's “U.S.” (AFP), and\n al-😀\u202e\x00é’&/"), max_size=40),
    st.sampled_from(spans.TYPES),
)
def test_spans_stay_inside_and_are_never_blank(text: str, kind: str) -> None:
    found = list(spans.names(text, 0, len(text), kind))
    assert all(0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_countries_by_any_name_are_one_entity() -> None:
    one = marked(
        article("a", "The US and Kenya met.", "The U.S. said no.", "United States troops left.", "America agreed."),
        ("US", "GPE"), ("Kenya", "GPE"), ("U.S.", "GPE"), ("United States", "GPE"), ("America", "GPE"),
    )  # fmt: skip
    known = named(one)
    assert set(known) == {"United States", "Kenya"}
    assert known["United States"].mentions == 4
    assert known["United States"].spellings == ["America", "U.S.", "US", "United States"]
    assert "listed as names of United States" in str(known["United States"].reason)


def test_a_surname_is_the_person_named_in_full_and_says_so() -> None:
    made = marked(
        article("a", "Kari Lund spoke in Oslo.", "The crowd heard Lund twice."),
        ("Kari Lund", "PERSON"),
        ("Oslo", "GPE"),
    )
    known = named(made)
    assert known["Kari Lund"].mentions == 2
    short = next(m for m in made.mentions if m.text == "Lund")
    assert short.type == "PERSON"
    assert short.reason == "surname of ‘Kari Lund’ in this article"


def test_a_surname_that_two_persons_bear_goes_to_the_last_one_named() -> None:
    made = marked(
        article("a", "Kari Lund came.", "Then Lund left.", "Per Lund stayed.", "Later Lund slept."),
        ("Kari Lund", "PERSON"), ("Lund", "PERSON"), ("Per Lund", "PERSON"), ("Lund", "PERSON"),
    )  # fmt: skip
    known = named(made)
    assert known["Kari Lund"].mentions == known["Per Lund"].mentions == 2


def test_persons_of_one_surname_stay_apart_across_articles() -> None:
    one = marked(article("a", "Kari Lund came to Bergen."), ("Kari Lund", "PERSON"), ("Bergen", "GPE"))
    two = marked(article("b", "Per Lund came to Bergen."), ("Per Lund", "PERSON"), ("Bergen", "GPE"))
    three = marked(article("c", "They say that Lund came to Bergen."), ("Lund", "PERSON"), ("Bergen", "GPE"))
    assert set(named(one, two, three)) == {"Kari Lund", "Per Lund", "Lund", "Bergen"}


def test_spellings_of_an_arabic_name_are_one_person() -> None:
    texts = ("Mohammed Harun al-Rashidi spoke.", "Mohamed Harun Al-Rashidi spoke.", "Muhammad al-Rashidi spoke.")
    articles = [marked(article(f"a{i}", t), (t.removesuffix(" spoke."), "PERSON")) for i, t in enumerate(texts)]
    known = named(*articles)
    assert len(known) == 1
    assert "without a part of it" in str(next(iter(known.values())).reason)


def test_similar_names_need_company_to_be_one() -> None:
    def pair(town: str) -> dict[str, Entity]:
        one = marked(
            article("a", "Hussein Karimov went to Tasovar."), ("Hussein Karimov", "PERSON"), ("Tasovar", "GPE")
        )
        two = marked(article("b", f"Husain Karimov went to {town}."), ("Husain Karimov", "PERSON"), (town, "GPE"))
        return named(one, two)

    assert len([e for e in pair("Tasovar").values() if e.type == "PERSON"]) == 1
    assert len([e for e in pair("Elmina").values() if e.type == "PERSON"]) == 2


def test_presidents_father_and_son_are_not_one() -> None:
    made = marked(
        article("a", "They met Ole Q. Brandt and Ole R.T. Brandt.", "Ole Brandt waved."),
        ("Ole Q. Brandt", "PERSON"), ("Ole R.T. Brandt", "PERSON"), ("Ole Brandt", "PERSON"),
    )  # fmt: skip
    known = named(made)
    assert entity_of(made, "Ole Q. Brandt", known) != entity_of(made, "Ole R.T. Brandt", known)


def test_letters_introduced_in_the_text_are_the_organisation() -> None:
    made = marked(
        article("a", "The Harbour Pilots Union (HPU) called a strike.", "On Friday the HPU agreed."),
        ("Harbour Pilots Union", "ORG"), ("HPU", "ORG"),
    )  # fmt: skip
    known = named(made)
    assert known["Harbour Pilots Union"].mentions == 3
    assert "introduces the letters" in str(known["Harbour Pilots Union"].reason)


def test_a_name_missed_in_one_sentence_is_found_by_another() -> None:
    made = marked(
        article("a", "Officials in Tasovar spoke.", "People of Tasovar and of Tasovar district heard."),
        ("Tasovar", "GPE"),
    )
    named(made)
    assert [m.start for m in made.mentions] == [13, 38, 53]
    assert made.mentions[1].reason


def test_a_common_word_at_the_head_of_a_sentence_is_dropped() -> None:
    made = marked(article("a", "Cozy rooms and a cozy bar.", "Nothing else."), ("Cozy", "PERSON"))
    assert named(made) == {}
    assert made.mentions == []


def test_one_type_by_the_evidence_of_all_mentions() -> None:
    one = marked(article("a", "In Tasovar it rained.", "They left Tasovar."), ("Tasovar", "GPE"), ("Tasovar", "GPE"))
    two = marked(article("b", "They say Tasovar slept."), ("Tasovar", "ORG"))
    known = named(one, two)
    assert [(e.name, e.type, e.mentions, e.articles) for e in known.values()] == [("Tasovar", "GPE", 3, 2)]


def test_furniture_is_never_searched() -> None:
    made = article("a", "Kari Lund spoke in Oslo.", "Share Kari Lund on Facebook", kinds=("body", "furniture"))
    docs = {s.id: d for s, d in zip(made.sentences, models.recognise([s.text for s in made.sentences]), strict=True)}
    made.mentions = entities.find(made, {made.sentences[0].id: docs[made.sentences[0].id]})
    named(made)
    assert {m.sentence_id for m in made.mentions} == {"a.s0"}


STORIES = (
    "Prime Minister Kari Lund met Jan Novak of the Harbour Pilots Union (HPU) in Oslo on Monday.",
    "Lund’s office said the HPU and the U.S. had agreed; Novak did not.",
    "“We are ready,” Mr. Novak told the Daily Echo. America and the US were pleased.",
    "REPORTING BY KARI LUND 😀 — naïve Tasovar, Tasovár and al-Rashidi … \u202eabc",
    "Mohammed al-Rashidi and Mohamed Al-Rashidi spoke for the Interior Ministry.",
)


def build(order: list[int]) -> tuple[list[tuple[str, str, int, str | None]], list[Mention]]:
    articles = [article(f"s{i}", STORIES[i], STORIES[(i + 1) % len(STORIES)]) for i in order]
    for made in articles:
        docs = models.recognise([s.text for s in made.sentences])
        made.mentions = entities.find(made, {s.id: d for s, d in zip(made.sentences, docs, strict=True)})
    found = entities.resolve(articles)
    for made in articles:
        assert all(made.text[m.start : m.end] == m.text for m in made.mentions)
        assert len({m.id for m in made.mentions}) == len(made.mentions)
    mentions = [m for made in articles for m in made.mentions]
    assert {m.entity_id for m in mentions} == {e.id for e in found}
    assert sum(e.mentions for e in found) == len(mentions)
    return [(e.id, e.name, e.mentions, e.reason) for e in found], sorted(mentions, key=lambda m: m.id)


def test_the_order_of_the_articles_changes_nothing() -> None:
    straight = build(list(range(len(STORIES))))
    for seed in range(3):
        order = list(range(len(STORIES)))
        random.Random(seed).shuffle(order)
        assert build(order) == straight


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=60), min_size=1, max_size=4))
def test_odd_text_never_crashes_and_offsets_never_lie(sentences: list[str]) -> None:
    made = article("odd", *sentences)
    made.mentions = [
        entities.mention(made, s.id, s.start + span.start, s.start + span.end, span.type)
        for s in made.sentences
        for span in shapes.combine(s.text, list(spans.names(s.text, 0, len(s.text), "ORG")))
    ]
    entities.resolve([made])
    assert all(made.text[m.start : m.end] == m.text and m.entity_id for m in made.mentions)


def test_keys_ignore_what_spellings_differ_in_harmlessly() -> None:
    assert keys.person("Mohammed Al-Sayyid") == keys.person("Muhammad al Sayid") == ("mohamed", "sayid")
    assert keys.person("Al Gore") == ("al", "gore")
    assert keys.person("José Pérez Jr.") == ("jose", "perez")
    assert keys.thing("The Acme Co., Ltd.") == ("acme",)
    assert not keys.close(("iran",), ("iraq",))


def test_letters_stand_for_names() -> None:
    assert keys.abbreviates("H.P.U.", "Harbour Pilots Union")
    assert not keys.abbreviates("HPU", "Harbour Board")
    assert things.without_country("Kenyan Interior Ministry") == "Interior Ministry"
    assert things.without_country("Interior Ministry") is None


def test_shorter_names() -> None:
    assert persons.shortens(("kari", "lund"), ("kari", "anne", "lund"))
    assert persons.shortens(("anne", "lund"), ("kari", "anne", "lund"))
    assert not persons.shortens(("per", "lund"), ("kari", "anne", "lund"))
