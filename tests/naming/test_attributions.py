"""Who said what: sources, cues, contents and their kinds, in made-up stories; offsets that never lie."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.model import Article, Attribution, Document
from retold.naming import attributions, models, pipeline
from retold.reading import articles as reading

HEADLINE = "Harbour town weighs its future after the storm\n\n"


@cache
def read(text: str) -> tuple[Article, dict[str, str]]:
    """The article with its attributions resolved, and the names of its entities by id."""
    article = reading.article(Document("story", "story.txt", HEADLINE + text))
    reading.read_all([article])
    entities = pipeline.name([article])
    return article, {e.id: e.name for e in entities}


def found(text: str) -> list[Attribution]:
    return read(text)[0].attributions


def one(text: str, cue: str) -> Attribution:
    """The attribution whose cue holds the word ``cue``."""
    rows = [row for row in found(text) if cue in row.cue]
    assert len(rows) == 1, [(r.source_text, r.cue, r.content) for r in found(text)]
    return rows[0]


def speaker(row: Attribution, text: str) -> str | None:
    return read(text)[1].get(row.source_entity_id or "")


@pytest.mark.parametrize(
    ("text", "cue", "source", "content", "kind"),
    [
        ("Police said two men fled the scene on foot.", "said", "Police", "two men fled the scene on foot", "indirect"),
        (
            "The bridge will reopen in May, the mayor said.",
            "said",
            "the mayor",
            "The bridge will reopen in May",
            "indirect",
        ),
        ("“The bridge will reopen,” the mayor said.", "said", "the mayor", "“The bridge will reopen,”", "direct"),
        ("“The bridge will reopen,” said the mayor.", "said", "the mayor", "“The bridge will reopen,”", "direct"),
        ('The mayor told reporters: "We will rebuild it."', "told", "The mayor", '"We will rebuild it."', "direct"),
        (
            "The mayor said the plan was “slow and unfair” to the poor.",
            "said",
            "The mayor",
            "the plan was “slow and unfair” to the poor",
            "mixed",
        ),
        (
            "According to the harbour board, the pier lost nine metres.",
            "According",
            "the harbour board",
            "the pier lost nine metres",
            "indirect",
        ),
        (
            "The pier lost nine metres, according to the harbour board.",
            "according",
            "the harbour board",
            "The pier lost nine metres",
            "indirect",
        ),
        ("A statement said the ferry would not sail.", "said", "A statement", "the ferry would not sail", "indirect"),
        ("The union wants to close the port.", "wants", "The union", "to close the port", "indirect"),
        ("She urged the council to act.", "urged", "She", "the council to act", "indirect"),
        ("The minister believes that rents will fall.", "believes", "The minister", "that rents will fall", "indirect"),
        ("The senator criticized the new law.", "criticized", "The senator", "the new law", "indirect"),
        (
            "The group claimed responsibility for the attack.",
            "claimed",
            "The group",
            "responsibility for the attack",
            "indirect",
        ),
        (
            "The strike hit a depot, as confirmed by the army.",
            "confirmed",
            "the army",
            "The strike hit a depot",
            "indirect",
        ),
        ("The decision was announced by the ministry.", "announced", "the ministry", "The decision", "indirect"),
        (
            "Her claim that the dam was safe surprised the town.",
            "claim",
            "Her",
            "that the dam was safe",
            "indirect",
        ),
    ],
)
def test_source_cue_and_content(text: str, cue: str, source: str, content: str, kind: str) -> None:
    row = one(text, cue)
    assert (row.source_text, row.content, row.kind) == (source, content, kind)


def test_a_quotation_is_never_cut_in_two() -> None:
    row = one("The mayor said the bridge was the “best thing that ever happened to us,” and left.", "said")
    assert row.content.endswith("“best thing that ever happened to us,”")


def test_the_writer_s_own_addition_is_no_content() -> None:
    row = one("The mayor said the bridge would reopen, which surprised everyone in the harbour.", "said")
    assert row.content == "the bridge would reopen"


def test_coordinated_cues_keep_their_own_content() -> None:
    rows = found("The mayor said the bridge was safe and added, “We checked it twice.”")
    assert [(r.cue, r.content) for r in rows] == [
        ("said", "the bridge was safe"),
        ("added", "“We checked it twice.”"),
    ]
    assert {r.source_text for r in rows} == {"The mayor"}


@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        ("The council backed the new harbour wall.", "backed", "The council", "the new harbour wall"),
        ("The senator favours a toll on lorries.", "favours", "The senator", "a toll on lorries"),
        ("Residents blamed the flood on the dam.", "blamed", "Residents", "the flood on the dam"),
        ("Most members voted against the toll.", "voted against", "Most members", "the toll"),
        ("The captain was alarmed by the crack in the hull.", "alarmed by", "The captain", "the crack in the hull"),
        ("The captain is keen to leave.", "keen", "The captain", "to leave"),
        ("Her reluctance to act angered the town.", "reluctance", "Her", "to act"),
        ("The rules prohibit crews from fishing at night.", "prohibit", "The rules", "crews from fishing at night"),
        ("Their confidence in the pilots is gone.", "confidence in", "Their", "the pilots"),
    ],
)
def test_words_of_attitude(text: str, cue: str, source: str, content: str) -> None:
    row = one(text, cue)
    assert (row.source_text, row.content, row.kind) == (source, content, "indirect")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The mayor called that “beyond belief.”", "called", "that “beyond belief.”"),
        ("She offered herself as a “safe pair of hands” for the port.", "offered", "herself as a “safe pair of hands”"),
        (
            "The captain said he was best placed to lead because he is a sailor, “like you folks.”",
            "said",
            "he was best placed to lead because he is a sailor, “like you folks.”",
        ),
        (
            "He is telling customers at a popular harbour café that “we need you tomorrow.”",
            "telling",
            "that “we need you tomorrow.”",
        ),
    ],
)
def test_words_that_lead_into_a_quotation_belong_to_the_content(text: str, cue: str, content: str) -> None:
    row = one(text, cue)
    assert (row.content, row.kind) == (content, "mixed")


def test_a_coordinated_verb_ends_the_content_of_the_first() -> None:
    rows = found("The mayor called the delay “shameful” and urged the council to act.")
    assert [(r.cue, r.content) for r in rows] == [
        ("called", "the delay “shameful”"),
        ("urged", "the council to act"),
    ]
    assert {r.source_text for r in rows} == {"The mayor"}


def test_a_second_saying_verb_keeps_its_own_clause() -> None:
    rows = found("The mayor said the bridge was “safe” and argued that the port was not.")
    assert [(r.cue, r.content) for r in rows] == [
        ("said", "the bridge was “safe”"),
        ("argued", "that the port was not"),
    ]


def test_a_participle_after_a_closing_mark_is_no_content() -> None:
    row = one("The mayor insisted that the bridge was “safe,” pointing at the river.", "insisted")
    assert row.content == "that the bridge was “safe,”"


def test_according_to_covers_both_halves_of_a_sentence() -> None:
    row = one("The ferry left at noon and sank within an hour, according to the harbour board.", "according")
    assert row.content == "The ferry left at noon and sank within an hour"


def test_an_object_before_a_quoted_sentence_is_not_joined_to_it() -> None:
    row = one("The mayor opened the bridge and said, “We are proud.”", "said")
    assert (row.content, row.kind) == ("“We are proud.”", "direct")


def test_a_claimed_life_is_no_claim() -> None:
    assert found("The storm claimed the life of a sailor.") == []


def test_a_quotation_interrupted_by_its_cue_has_two_parts() -> None:
    text = "“We are tired,” the captain said, “and we are cold.”"
    article, _ = read(text)
    row = one(text, "said")
    assert [article.text[a:b] for a, b in row.content_parts] == ["“We are tired,”", "“and we are cold.”"]
    assert (row.content_start, row.content_end) == (row.content_parts[0][0], row.content_parts[-1][1])
    assert row.kind == "direct"


def test_a_quotation_carries_on_after_the_cue_sentence() -> None:
    row = one("“We are tired,” the captain said. “The sea was rough.”", "said")
    assert row.content.endswith("“The sea was rough.”")
    assert len(row.content_parts) == 2


def test_a_quotation_over_paragraphs_is_one_content() -> None:
    row = one("“The sea was rough,” the captain said. “We prayed.\n\n“Then the wind fell.”\n\nRain followed.", "said")
    assert row.content.endswith("“Then the wind fell.”")


def test_the_next_quotation_keeps_its_own_cue() -> None:
    text = "“The sea was rough,” the captain said. “We prayed,” added his wife."
    assert [(r.source_text, r.content) for r in found(text)] == [
        ("the captain", "“The sea was rough,”"),
        ("his wife", "“We prayed,”"),
    ]


def test_a_colon_announces_a_quotation() -> None:
    row = one("The captain put it bluntly: “We were lucky to live.”", "put")
    assert (row.source_text, row.kind, row.content) == ("The captain", "direct", "“We were lucky to live.”")


def test_a_signed_quotation() -> None:
    row = one("“The sea gives and the sea takes back.” — Anna Lind", "—")
    assert (row.source_text, row.kind) == ("Anna Lind", "direct")


def test_a_headline_with_a_colon() -> None:
    article = reading.article(Document("h", "h.txt", "Minister: No bridge before next summer\n\nThe town waits.\n"))
    reading.read_all([article])
    pipeline.name([article])
    headings = [a for a in article.attributions if a.cue == ":"]
    assert [(a.source_text, a.content, a.source_type) for a in headings] == [
        ("Minister", "No bridge before next summer", "unnamed_person")
    ]


def test_a_source_quoted_through_another() -> None:
    text = "Reuters quoted the minister as saying that the port would close."
    outer, inner = one(text, "quoted"), one(text, "saying")
    assert (outer.source_text, outer.source_type, inner.source_text) == ("Reuters", "media", "the minister")
    assert inner.via_attribution_id == outer.id
    assert inner.content == "that the port would close"


def test_was_quoted_as_saying() -> None:
    row = one("“The port will close,” the minister was quoted as saying.", "quoted")
    assert (row.source_text, row.content, row.kind) == ("the minister", "“The port will close,”", "direct")


def test_words_inside_a_quotation_report_nothing_of_their_own() -> None:
    assert len(found("“I think my brother said he would come,” the captain said.")) == 1


def test_scare_quotes_alone_attribute_nothing() -> None:
    assert found("The so-called “winter road” is flooded.") == []


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Mayor Peter Holm opened the bridge. He said it was safe.", "said", "Peter Holm"),
        ("Prime Minister Karl Berg resigned. The prime minister said he was tired.", "said", "Karl Berg"),
        (
            "Anna Lind, a government spokeswoman, spoke on Friday. The spokeswoman said no one was hurt.",
            "said",
            "Anna Lind",
        ),
        ("Karl Berg, who said he was tired, has left the office.", "said", "Karl Berg"),
    ],
)
def test_pronouns_and_descriptions_find_their_entity(text: str, cue: str, expected: str) -> None:
    row = one(text, cue)
    assert (speaker(row, text), row.source_type) == (expected, "named_person")


def test_an_ambiguous_description_stays_unresolved() -> None:
    text = "Minister Karl Berg met Minister Peter Holm on Friday. The minister said talks went well."
    row = one(text, "said")
    assert (row.source_entity_id, row.source_type) == (None, "unnamed_person")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials said the road is closed.", "unnamed_person"),
        ("The ministry said the road is closed.", "organisation"),
        ("The report said the road is closed.", "document"),
        ("The newspaper said the road is closed.", "media"),
        ("Karl Berg said the road is closed.", "named_person"),
    ],
)
def test_source_types(text: str, expected: str) -> None:
    assert one(text, "said").source_type == expected


def test_furniture_and_credits_carry_no_attributions() -> None:
    article, _ = read("Police said two men fled.\n\nShare this news\n\nCredit: A. Berg; said B. Holm")
    silent = {s.id for s in article.sentences if s.kind in {"furniture", "credit"}}
    assert article.attributions
    assert not silent & {a.sentence_id for a in article.attributions}


def test_needs_parse() -> None:
    assert attributions.needs_parse("Police said two men fled.")
    assert attributions.needs_parse("“Two men fled.”")
    assert attributions.needs_parse("The port had been described as safe.")
    assert not attributions.needs_parse("The boat sank north of the town.")
    assert not attributions.needs_parse("")


def test_sentences_without_syntax_are_passed_over() -> None:
    article = reading.article(Document("s", "s.txt", "Police said two men fled the town on Monday."))
    reading.read_all([article])
    docs = {s.id: models.english().make_doc(s.text) for s in article.sentences}
    assert attributions.find(article, docs) == []
    assert attributions.find(article, {}) == []


PIECES = st.sampled_from(
    [
        *("Police said", " the mayor told us", "“We go,”", '"', "”", "‘", "'", " that it ", "according to", ": ", ", "),
        *(". ", " he added", "\n\n", "🚢", "\u202eabc", "\u00a0", "--", " X quoted Y as saying ", "«", "\t", " — Ada"),
        " was said to ",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_offsets_never_lie_and_ids_are_unique(text: str) -> None:
    article = reading.article(Document("p", "p.txt", text))
    reading.read_all([article])
    docs = dict(zip((s.id for s in article.sentences), models.parse([s.text for s in article.sentences]), strict=True))
    rows = attributions.find(article, docs)
    attributions.resolve([article], [])
    assert len({row.id for row in rows}) == len(rows)
    assert [row.id for row in rows] == [row.id for row in attributions.find(article, docs)]
    for row in rows:
        assert article.text[row.cue_start : row.cue_end] == row.cue
        assert article.text[row.content_start : row.content_end] == row.content
        assert row.content_parts == sorted(row.content_parts)
        assert (row.content_start, row.content_end) == (row.content_parts[0][0], row.content_parts[-1][1])
        if row.source_start is not None:
            assert article.text[row.source_start : row.source_end] == row.source_text
        else:
            assert row.source_text is None
