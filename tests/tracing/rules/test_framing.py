"""Framing: opinion, loaded words, emphasis, style."""

from __future__ import annotations

from collections.abc import Callable

Labels = Callable[..., set[str]]


def test_opinion_in_an_added_sentence(labels: Labels) -> None:
    text = "It is a shameful delay that the town could easily have avoided."
    assert labels("The ferry closed.", text, operation="added") == {"opinion_added"}


def test_opinion_in_a_kept_sentence(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "The town closed its only ferry on Tuesday.", "The town shamefully closed its only ferry on Tuesday."
    )
    (one,) = [s for s in found if s.label == "opinion_added"]
    assert "shamefully" in (one.after or "")


def test_quoted_or_attributed_opinion_is_not_the_outlets(labels: Labels) -> None:
    quoted = "“It is a shameful delay,” Lund said."
    said = "Lund said it was a shameful delay."
    assert "opinion_added" not in labels("The ferry closed.", quoted, operation="added")
    assert "opinion_added" not in labels(
        "The ferry closed.", said, operation="added", says=[("Lund", "said", "it was a shameful delay")]
    )


def test_opinion_of_the_wire_itself(labels: Labels) -> None:
    assert "opinion_added" not in labels(
        "The town shamefully closed its only ferry.", "Shamefully, the town has shut its only ferry."
    )


def test_rhetorical_question(labels: Labels) -> None:
    text = "How will the islanders of Skell travel to market now?"
    assert "opinion_added" in labels("The ferry closed.", text, operation="added")


def test_loaded_word(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "Police kept the protesters away from the town hall.", "Police kept the mob away from the town hall."
    )
    (one,) = [s for s in found if s.label == "loaded_wording"]
    assert (one.before, one.after) == ("protesters", "mob")
    assert "more charged" in one.explanation


def test_word_that_the_wire_uses_itself_is_not_loaded(labels: Labels) -> None:
    found = labels(
        "Police kept the protesters away from the town hall.",
        "Police kept the mob away from the town hall.",
        source_rest="The mob shouted.",
    )
    assert "loaded_wording" not in found


def test_agent_left_out(labels: Labels) -> None:
    found = labels("Soldiers arrested the fishermen on the quay.", "The fishermen were arrested on the quay.")
    assert "emphasis_shifted" in found


def test_passive_with_its_agent(labels: Labels) -> None:
    found = labels(
        "Soldiers arrested the fishermen on the quay.", "The fishermen were arrested by soldiers on the quay."
    )
    assert "emphasis_shifted" not in found


def test_style_only_stands_alone(labels: Labels) -> None:
    found = labels("Two farmers were hurt when the barn fell.", "When the barn fell, two farmers were injured.")
    assert found == {"style_only"}


def test_style_only_never_with_another_label(labels: Labels) -> None:
    found = labels("Two farmers were hurt when the barn fell.", "When the barn fell, ten farmers were injured.")
    assert "style_only" not in found
    assert "number_changed" in found


def test_kept_sentences_have_no_style(labels: Labels) -> None:
    assert not labels("“We left,” she said.", '"We left," she said.', operation="kept")


def test_style_only_not_where_a_figure_is_lost(labels: Labels) -> None:
    found = labels(
        "The pool is filled with two feet of dirty water and has tall flowers.",
        "Dirty water fills the pool and flowers grow tall there.",
    )
    assert "style_only" not in found


def test_two_weak_markers_make_an_opinion(labels: Labels) -> None:
    text = "The closure signals mounting uncertainty over the broader destiny of the coast."
    assert labels("The ferry closed.", text, operation="added") == {"opinion_added"}
