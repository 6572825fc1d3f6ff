"""Quotes: altered, trimmed, paraphrased, unsupported, and none of them without need."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Labels = Callable[..., set[str]]
QUOTES = {"quote_altered", "quote_trimmed", "quote_paraphrased", "quote_unsupported"}


def test_altered_quotation_counts_its_words(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested("“We will rebuild the old harbour,” Vega said.", "“We must rebuild the old harbour,” Vega said.")
    (one,) = [s for s in found if s.label == "quote_altered"]
    assert one.before == "We will rebuild the old harbour,"
    assert one.after == "We must rebuild the old harbour,"
    assert "1 of its 6 words differs" in one.explanation


def test_heavily_altered_only_quotation(labels: Labels) -> None:
    found = labels(
        "“We stress our firm wish to end the harbour lease after its reasons have ended,” Vega said.",
        "Vega said: “We repeat our steadfast wish to terminate the harbour lease once its reasons have gone.”",
    )
    assert "quote_altered" in found


def test_trimmed_quotation(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested("“It was slow and unfair to all of us,” Lund said.", "Lund called it “slow and unfair”.")
    (one,) = [s for s in found if s.label in QUOTES]
    assert (one.label, one.after) == ("quote_trimmed", "slow and unfair")


def test_quotation_interrupted_by_its_speaker_is_whole(labels: Labels) -> None:
    found = labels(
        "“It was slow and deeply unfair, and nobody asked the islanders,” Lund said.",
        "“It was slow and deeply unfair,” Lund said, “and nobody asked the islanders.”",
    )
    assert not found & QUOTES


def test_rest_of_the_quotation_elsewhere_in_the_article(labels: Labels) -> None:
    found = labels(
        "“The bridge was badly built and the council knew it,” Lund said.",
        "“The bridge was badly built,” Lund said.",
        rest="“The council knew it,” he said later.",
    )
    assert not found & QUOTES


def test_paraphrased_quotation(labels: Labels) -> None:
    found = labels(
        "“I will resign from the council on the first day of spring,” Vega said.",
        "Vega will resign from the council on the first day of spring.",
    )
    assert found & QUOTES == {"quote_paraphrased"}


def test_unsupported_quotation(labels: Labels) -> None:
    assert "quote_unsupported" in labels(
        "Lund was upset about the closed bridge.", "“I am furious about this bridge,” Lund said of the closed bridge."
    )


def test_unsupported_quotation_in_an_added_sentence(labels: Labels) -> None:
    found = labels("Rain fell on Obern.", "“Nobody told the farmers anything,” Keller said.", operation="added")
    assert "quote_unsupported" in found


def test_quotation_of_another_sentence_of_the_wire_is_supported(labels: Labels) -> None:
    found = labels(
        "Lund was upset about the closed bridge.",
        "Lund was upset about the bridge: “Nobody asked the islanders.”",
        source_rest="“Nobody asked the islanders,” Lund said.",
    )
    assert "quote_unsupported" not in found


def test_plain_words_of_the_wire_put_in_marks(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "The council was slow to warn the islanders.", "The council was “slow to warn the islanders” of Skell."
    )
    (one,) = [s for s in found if s.label == "quote_unsupported"]
    assert one.before == "slow to warn the islanders"


@pytest.mark.parametrize(
    "text",
    [
        '"We will organise the harbour fair," Vega said.',
        "“We will organize the harbour fair,” Vega said.",
        "‘We will organise the harbour fair,’ Vega said.",
    ],
)
def test_typography_and_spelling_alter_nothing(labels: Labels, text: str) -> None:
    assert not labels("“We will organise the harbour fair,” Vega said.", text) & QUOTES


def test_a_title_is_no_quotation(labels: Labels) -> None:
    assert "quote_unsupported" not in labels("She wrote a novel.", "She wrote the novel “Winter Light”.")


@pytest.mark.parametrize("text", ["“", "“”", "'''\"", "“Unclosed and odd", "“🙂” said 🙂", "\u202e“abc def ghi”"])
def test_odd_marks_never_raise(labels: Labels, text: str) -> None:
    labels("“We will rebuild,” Vega said.", text)
