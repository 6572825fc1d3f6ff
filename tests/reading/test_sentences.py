"""Sentences: what newswriting needs beyond full stops, and ranges that never lie."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model import Article, Block
from retold.reading import layout, sentences

PIECES = st.sampled_from(
    [
        "He left. ",
        "“Why?” ",
        "she asked.",
        " U.S. ",
        "\n",
        "\n\n",
        "...",
        "…",
        "No. 5 ",
        "!?",
        '"',
        "’",
        "(",
        ")",
        "a.m. ",
        "- ",
        "Ö",
        "😀",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences.spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Gen. Ada Poe met Sen. Bo Ray, R-Ariz., near St. Mary.",
        "The U.S. Senate and U.N. envoys met in Washington, D.C., at 5 a.m. Monday.",
        "It fell 3.5 percent to $1.25 on No. 5 Elm St. near the bridge.",
        "He paused ... and went on.",
        "J. K. Marsh and K.C. Poe of Acme Corp. bought Yahoo! shares.",
        "“Why?” he asked.",
        "The F.B.I.’s files went to President [George W.] Poe.",
        "“Who pays?” Mayor Ito asked reporters.",
        "“Get out!” the driver shouted.",
        "He sold it to Brand Inc. for nothing.",
        "On Jan. 5 the council met Prof. Lee, e.g. about rents.",
        "“It is a long game.” – Mary Poe",
    ],
)
def test_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He lives in the U.S. She does not.", ["He lives in the U.S.", "She does not."]),
        ("They met at 5 p.m. Police came later.", ["They met at 5 p.m.", "Police came later."]),
        ("They met at 5 p.m. Friday. Police came.", ["They met at 5 p.m. Friday.", "Police came."]),
        ("“We won. We lost,” he said.", ["“We won.", "We lost,” he said."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("(He left. She stayed.) It was late.", ["(He left.", "She stayed.)", "It was late."]),
        (
            "“Why?” Ito said the council had never once been told.",
            ["“Why?”", "Ito said the council had never once been told."],
        ),
        ("He waited... Then it rang.", ["He waited...", "Then it rang."]),
        ("Rents rose [...] The mayor resigned.", ["Rents rose [...]", "The mayor resigned."]),
        ("It is shut.The mayor said so.", ["It is shut.", "The mayor said so."]),
        ("He won No. 1. The crowd sang.", ["He won No. 1.", "The crowd sang."]),
        ("1. Close the door. 2. Open it.", ["1. Close the door.", "2. Open it."]),
        ("Really? Yes! Fine.", ["Really?", "Yes!", "Fine."]),
        ("The duke at the fair Image: Ana Poe.", ["The duke at the fair", "Image: Ana Poe."]),
        ("今天下雨。他走了！", ["今天下雨。", "他走了！"]),
        ("هل عاد؟ نعم عاد.", ["هل عاد؟", "نعم عاد."]),
    ],
)
def test_several_sentences(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_web_addresses_stay_whole() -> None:
    text = "Write to ana@news.The.example or see www.news.example/The.End for more. It helps."
    assert cut(text)[-1] == "It helps."
    assert len(cut(text)) == 2


def test_dateline_is_not_split() -> None:
    text = "ST. PAUL, Minn., Jan. 5 (AP) — A bridge fell. Nobody died."
    assert cut(text) == ["ST. PAUL, Minn., Jan. 5 (AP) —", "A bridge fell.", "Nobody died."]


def test_bullets_are_sentences_of_their_own() -> None:
    assert cut("- rents rise\n- wages fall\n• talks go on") == ["- rents rise", "- wages fall", "• talks go on"]


def test_wrapped_lines_are_joined_and_empty_lines_part() -> None:
    text = (
        "The council of the old harbour town voted late on Monday to keep\nthe ferry. It will sail.\n\nNobody objected"
    )
    assert cut(text) == [
        "The council of the old harbour town voted late on Monday to keep\nthe ferry.",
        "It will sail.",
        "Nobody objected",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert sentences.spans(text) == []


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_ranges_cover_in_order_and_have_no_blank_edges(text: str) -> None:
    reached = 0
    for start, end in sentences.spans(text):
        assert reached <= start < end <= len(text)
        assert not text[reached:start].strip()
        assert text[start:end] == text[start:end].strip()
        reached = end
    assert not text[reached:].strip()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_rows_hold_their_text_and_ids_name_their_range(text: str) -> None:
    article = Article("a-1", "a", 1, None, "a.txt", text, "0")
    rows = sentences.split(article, layout.blocks(text))
    assert [row.position for row in rows] == list(range(len(rows)))
    for row in rows:
        assert row.text == text[row.start : row.end]
        assert row.id == f"a-1.{row.start}-{row.end}"
        assert row.article_id == "a-1"
    assert "".join("".join(row.text.split()) for row in rows) == "".join(text.split())


def test_only_prose_is_split() -> None:
    text = "One. Two."
    article = Article("a-1", "a", 1, None, "a.txt", text, "0")
    assert len(sentences.split(article, [Block(0, 9, "body", 0)])) == 2
    caption = sentences.split(article, [Block(0, 9, "caption", 3)])
    assert [(row.kind, row.paragraph, row.text, row.words) for row in caption] == [("caption", 3, text, 2)]


@pytest.mark.parametrize("unit", ["! ", ".", "a.", '"', "(", "… ", "A. ", "U.S. ", "_", ". ", "[...] ", "😀", "x"])
def test_long_runs_of_marks_take_no_more_than_linear_time(unit: str) -> None:
    started = time.process_time()
    sentences.spans(unit * 4000)
    assert time.process_time() - started < 5
