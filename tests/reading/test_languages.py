"""Languages told from text, and codes from the names that people give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading.facts import languages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The council will close the old ferry line next spring, the mayor said on Monday.", "en"),
        ("Le conseil municipal fermera l’ancienne ligne de ferry au printemps prochain, a déclaré le maire.", "fr"),
        ("Der Stadtrat wird die alte Fährlinie im nächsten Frühjahr schließen, sagte die Bürgermeisterin.", "de"),
        ("El ayuntamiento cerrará la antigua línea de ferry la próxima primavera, dijo la alcaldesa.", "es"),
        ("Городской совет закроет старую паромную линию следующей весной, сказала мэр в понедельник.", "ru"),
        ("قال رئيس البلدية يوم الاثنين إن خط العبارات القديم سيغلق في الربيع المقبل", "ar"),
        ("市長は月曜日、古いフェリー航路を来年の春に廃止すると発表した。", "ja"),
        ("市长周一表示，市议会将于明年春天关闭旧的渡轮航线，居民对此表示反对。", "zh"),
        ("Bystyret legger ned den gamle fergelinjen til våren, sa ordføreren til journalister mandag.", "no"),
    ],
)
def test_the_language_of_a_sentence(text: str, code: str) -> None:
    assert languages.detect(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Reuters",
        "Ferry closes",
        "12 345 67.8 %",
        "https://example.org/" + "the-ferry-line-" * 9,
        "\ud83d" * 90,
        "!" * 90,
    ],
)
def test_none_where_there_is_too_little_to_tell(text: str) -> None:
    assert languages.detect(text) is None


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    found = languages.detect(text)
    assert found is None or 2 <= len(found) <= 3


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("eng", "en"), ("ger", "de"), ("English", "en"),
        (" french ", "fr"), ("zh-Hans-CN", "zh"), ("klingonish", None), ("", None), ("xx", None), ("the", None),
    ],
)  # fmt: skip
def test_codes_and_names(value: str, code: str | None) -> None:
    assert languages.code(value) == code
