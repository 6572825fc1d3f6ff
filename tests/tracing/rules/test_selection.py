"""Selection: details lost, background and claims gained."""

from __future__ import annotations

from collections.abc import Callable

Labels = Callable[..., set[str]]


def test_name_lost(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "A farmer aged 40, from Leeds, was rescued by the lifeboat.",
        "A farmer aged 40 was rescued by the lifeboat.",
        source_names={"Leeds": "GPE"},
    )
    (one,) = [s for s in found if s.label == "detail_dropped"]
    assert one.before == "from Leeds"
    assert one.after is None


def test_name_given_elsewhere_is_not_lost(labels: Labels) -> None:
    found = labels(
        "A farmer aged 40, from Leeds, was rescued by the lifeboat.",
        "A farmer aged 40 was rescued by the lifeboat.",
        rest="He had come from Leeds.",
        source_names={"Leeds": "GPE"},
        names={"Leeds": "GPE"},
    )
    assert "detail_dropped" not in found


def test_number_lost(labels: Labels) -> None:
    found = labels("The lifeboat rescued a farmer, 40, near the pier.", "The lifeboat rescued a farmer near the pier.")
    assert "detail_dropped" in found


def test_clause_lost(labels: Labels) -> None:
    found = labels(
        "The lifeboat rescued a farmer near the pier after his tractor slid down the muddy slope.",
        "The lifeboat rescued a farmer near the pier.",
    )
    assert "detail_dropped" in found


def test_claim_added_sentence(suggested) -> None:  # type: ignore[no-untyped-def]
    text = "Shops along the quay shut their doors for the afternoon."
    (one,) = suggested("The ferry sank.", text, operation="added")
    assert (one.label, one.after, one.before) == ("claim_added", text, None)


def test_claim_added_clause(labels: Labels) -> None:
    found = labels(
        "The ferry sank near the pier on Tuesday.",
        "The ferry sank near the pier on Tuesday, while angry shopkeepers blocked two roads with barrels.",
    )
    assert "claim_added" in found


def test_what_the_wire_says_elsewhere_is_no_claim(labels: Labels) -> None:
    found = labels(
        "The ferry sank near the pier.",
        "Shops along the quay shut their doors for the afternoon.",
        source_rest="All shops on the quay shut doors for an afternoon.",
        operation="added",
    )
    assert "claim_added" not in found


def test_background_added(labels: Labels) -> None:
    text = "The same ferry ran aground in 2003 and was out of service for months."
    assert labels("The ferry sank.", text, operation="added", published="2024-01-05") == {"context_added"}


def test_definition_added(labels: Labels) -> None:
    text = "Skell is a small island of fishermen and shepherds in the north."
    assert "context_added" in labels("The ferry sank.", text, operation="added")


def test_furniture_size_sentences_are_left_alone(labels: Labels) -> None:
    assert not labels("The ferry sank.", "Read more.", operation="added")


def test_dropped_sentences_need_no_suggestion(labels: Labels) -> None:
    assert not labels("The ferry sank near Skell with 40 sheep.", "It rained.", operation="dropped")


def test_paraphrase_is_no_new_claim(labels: Labels) -> None:
    found = labels(
        "The children were hurt and taken to a hospital.",
        "Kids were injured and brought to the hospital quickly.",
        operation="added",
    )
    assert "claim_added" not in found


def test_what_somebody_says_of_the_past_is_a_claim(labels: Labels) -> None:
    found = labels(
        "The ferry sank.",
        "Vega said that engineers had repaired the harbour crane in 2003.",
        operation="added",
        says=[("Vega", "said", "engineers had repaired the harbour crane in 2003")],
    )
    assert found == {"claim_added"}
