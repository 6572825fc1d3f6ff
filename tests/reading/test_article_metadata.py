"""What an article's text says of it, by the kinds of its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import METADATA_FIELDS, Article
from retold.reading import metadata
from retold.reading.facts import bylines, wires
from tests.reading.reading_support import laid_out

BODY = ("body", "The council will close the old ferry line next spring, the mayor said on Monday.")
PAST = ("body", "It was opened on 5 June 1931 by Reuters correspondent Ida Holm, © 1931, and has run ever since.")


def completed(*rows: tuple[str, str], **given_values: str) -> Article:
    article = laid_out(*rows)
    for field, value in given_values.items():
        setattr(article, field, value)
        article.provenance[field] = "column"
    metadata.complete(article)
    return article


def test_prose_alone_gives_language_and_first_words_only() -> None:
    article = completed(BODY, PAST)
    known = {field: getattr(article, field) for field in METADATA_FIELDS if getattr(article, field)}
    assert known == {"title": BODY[1], "language": "en"}
    assert article.provenance == {"title": "first words", "language": "detected"}


def test_what_was_given_is_left_alone() -> None:
    rows = (("headline", "Ferry line to close"), ("dateline", "LINDHOLM, March 4, 2024 (AFP) —"), BODY)
    article = completed(*rows, title="Given", place="Elsewhere", wire="Reuters", published="2023-01-01", language="da")
    assert (article.title, article.place, article.wire) == ("Given", "Elsewhere", "Reuters")
    assert (article.published, article.language) == ("2023-01-01", "da")
    assert set(article.provenance.values()) == {"column"}


def test_the_headline_is_the_title() -> None:
    article = completed(("furniture", "World"), ("headline", "# Ferry line  to close"), ("headline", "Second"), BODY)
    assert (article.title, article.provenance["title"]) == ("Ferry line to close", "headline")


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = completed(("body", "word " * 50)).title
    assert title == "word " * 20 + "…"


def test_an_article_without_any_line_is_called_by_its_file() -> None:
    article = completed()
    assert (article.title, article.provenance["title"], article.language) == ("made/a.txt", "file name", None)


@pytest.mark.parametrize(
    ("line", "place", "wire", "published"),
    [
        ("BAGHDAD (Reuters) –", "Baghdad", "Reuters", None),
        ("date 2024-01-05 BAGHDAD (Reuters) –", "Baghdad", "Reuters", "2024-01-05"),
        ("LONDON, Jan 5 (Reuters) -", "London", "Reuters", None),
        ("PARIS (AFP) -", "Paris", "AFP", None),
        ("NEW DELHI, January 5, 2024 (PTI):", "New Delhi", "PTI", "2024-01-05"),
        ("RIO DE JANEIRO (AP) —", "Rio de Janeiro", "AP", None),
        ("WASHINGTON, D.C. —", "Washington, D.C.", None, None),
        ("GAZA/JERUSALEM, 5 Jan 2024 (Thomson Reuters) --", "Gaza/Jerusalem", "Reuters", "2024-01-05"),
        ("SEOUL, Jan. 5 (Yonhap) --", "Seoul", "Yonhap", None),
        ("BEIJING, Jan. 5 (Xinhua) --", "Beijing", "Xinhua", None),
        ("TOKYO /Kyodo/ -", "Tokyo", "Kyodo", None),
        ("(AP) —", None, "AP", None),
        ("LINDHOLM (The Lindholm Post) –", "Lindholm", None, None),
        ("UNITED NATIONS (AP) —", "United Nations", "AP", None),
        ("DUBAI, UAE (AP) —", "Dubai, UAE", "AP", None),
    ],
)
def test_datelines(line: str, place: str | None, wire: str | None, published: str | None) -> None:
    article = completed(("dateline", line), BODY)
    assert (article.place, article.wire, article.published) == (place, wire, published)
    assert all(
        article.provenance[field] == "dateline" for field in ("place", "wire", "published") if getattr(article, field)
    )


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["Published : 5 Jan 2024, 10:15 PM"], "2024-01-05T22:15:00"),
        (["Published :", "January 5, 2024", "Updated :", "January 7, 2024"], "2024-01-05"),
        (["Published :", "Updated :"], None),
        (["Published :", "Updated : January 7, 2024"], None),
        (["Published: January 5, 2024 | Updated: January 7, 2024"], "2024-01-05"),
        (["Updated January 7, 2024"], None),
        (["Last modified: 2024-01-07"], None),
        (["First published on 5 January 2024"], "2024-01-05"),
        (["Posted on January 5, 2024 by admin"], None),
        (["January 5, 2024"], "2024-01-05"),
        (["By Ida Holm | Jan 5, 2024"], "2024-01-05"),
        (["10 months ago"], None),
        (["Published 10 months ago"], None),
        (["Date: 05/01/2024"], None),
    ],
)
def test_lines_that_date_the_article(lines: list[str], published: str | None) -> None:
    assert completed(*(("furniture", line) for line in lines), BODY).published == published


def test_a_date_below_the_article_counts_only_with_its_label() -> None:
    assert completed(BODY, ("furniture", "January 5, 2024")).published is None
    assert completed(BODY, ("furniture", "Published: January 5, 2024")).published == "2024-01-05"


def test_a_published_line_is_believed_before_a_dateline() -> None:
    article = completed(("dateline", "LINDHOLM, 4 January 2024 —"), BODY, ("furniture", "Published: 5 January 2024"))
    assert (article.published, article.provenance["published"]) == ("2024-01-05", '"Published" line')


@pytest.mark.parametrize(
    ("line", "author", "wire"),
    [
        ("By Ida Holm", "Ida Holm", None),
        ("By Ida Holm and Bo Ek, Reuters", "Ida Holm, Bo Ek", "Reuters"),
        ("By Ida Holm, Staff Writer", "Ida Holm", None),
        ("By Ida Holm for the Lindholm Post", "Ida Holm", None),
        ("By Ida Holm | Lindholm Post | 5 January 2024", "Ida Holm", None),
        ("By Reuters", None, "Reuters"),
        ("By The Associated Press", None, "AP"),
        ("Credit: Ida Holm; Bo Ek;Ana de la Cruz", "Ida Holm, Bo Ek, Ana de la Cruz", None),
        ("(Reporting by Ida Holm in Lindholm; Editing by Bo Ek)", "Ida Holm", None),
        ("Written by Ida Holm", "Ida Holm", None),
        ("Source: Agence France-Presse", None, "AFP"),
        ("(With inputs from PTI)", None, "PTI"),
        ("Photo by Ida Holm", None, None),
        ("By the time it closed", None, None),
    ],
)
def test_bylines_and_credits(line: str, author: str | None, wire: str | None) -> None:
    article = completed(("credit", line), BODY)
    assert (article.author, article.wire) == (author, wire)


@pytest.mark.parametrize(
    ("caption", "wire"),
    [
        ("The ferry at Lindholm, January 4, 2024. REUTERS/Ida Holm", "Reuters"),
        ("The ferry at Lindholm. Photo : REUTERS/Ida Holm Acquire Licensing Rights", "Reuters"),
        ("The ferry at Lindholm (AP Photo/Ida Holm)", "AP"),
        ("The ferry at Lindholm. Photo: AFP", "AFP"),
        ("The ferry at Lindholm. Photo: Ida Holm", None),
        ("Reuters head office in London, seen in March.", None),
    ],
)
def test_a_picture_credit_is_the_weakest_evidence_of_a_wire(caption: str, wire: str | None) -> None:
    article = completed(("caption", caption), BODY)
    assert (article.wire, article.provenance.get("wire")) == (wire, "picture credit" if wire else None)
    assert completed(("caption", caption), ("credit", "By Xinhua"), BODY).wire == "Xinhua"


def test_an_author_or_publisher_that_is_an_agency_is_the_wire() -> None:
    article = completed(BODY, author="Ida Holm; AP National Writer")
    assert (article.wire, article.provenance["wire"]) == ("AP", "author")
    article = completed(BODY, publisher="Deutsche Presse-Agentur")
    assert (article.wire, article.provenance["wire"]) == ("dpa", "publisher")


@pytest.mark.parametrize(
    ("line", "publisher", "wire"),
    [
        ("© 2024 The Lindholm Post. All rights reserved.", "The Lindholm Post", None),
        ("Copyright © 2019-2024 Lindholm Media Group", "Lindholm Media Group", None),
        ("Copyright (c) The Lindholm Post 2024", "The Lindholm Post", None),
        ("Copyright 2024 The Associated Press. All rights reserved.", None, "AP"),
        ("© 2024 All rights reserved", None, None),
        ("Photo © Ida Holm", None, None),
        ("Copyright policy", None, None),
    ],
)
def test_copyright_lines(line: str, publisher: str | None, wire: str | None) -> None:
    article = completed(BODY, ("furniture", line))
    assert (article.publisher, article.wire) == (publisher, wire)


def test_an_article_in_another_language_is_labelled() -> None:
    text = "Der Stadtrat wird die alte Fährlinie im nächsten Frühjahr schließen, sagte die Bürgermeisterin am Montag."
    assert completed(("body", text)).language == "de"


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Thomson Reuters", "Reuters"),
        ("AFP", "AFP"),
        (" (afp) ", None),
        ("associated press", "AP"),
        ("Pap", None),
        ("", None),
    ],
)
def test_names_of_agencies(name: str, wire: str | None) -> None:
    assert wires.canonical(name) == wire


def test_agencies_are_whole_words() -> None:
    assert wires.named_in("APPLE and REUTERSVILLE, CAPITAL") is None
    assert wires.named_in("an AP-NORC poll") is None
    assert wires.named_in("(Agence France Presse/Reuters)") == "AFP"


kinds = st.sampled_from(["headline", "subheading", "dateline", "body", "caption", "credit", "furniture"])
pieces = st.sampled_from(
    ["By ", "Published: ", "©", "2024", "(Reuters)", " – ", "Jan 5, ", "REUTERS/", "Ida Holm", ";", "|", "\u202e", "😀"]
)
lines = st.one_of(st.text(st.characters(exclude_characters="\n")), st.lists(pieces).map("".join))


@given(st.lists(st.tuples(kinds, lines), max_size=8))
def test_no_line_stops_it(rows: list[tuple[str, str]]) -> None:
    article = completed(*rows)
    assert article.title is not None
    for field in METADATA_FIELDS:
        value = getattr(article, field)
        assert value is None or (value.strip() and field in article.provenance)


@given(lines)
def test_a_dateline_is_read_without_fail(line: str) -> None:
    place, _, _ = bylines.dateline(line)
    assert place is None or place.strip()
