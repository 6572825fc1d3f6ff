"""Facts: numbers and dates, names and roles, certainty, opposites."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Labels = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The flood killed 48 sheep on the island.", "The flood killed nearly 60 sheep on the island."),
        ("Repairs will cost 3.4 million dollars.", "Repairs will cost 3.4 billion dollars."),
        ("Rents rose by 12 per cent in Obern.", "Rents rose by 21 percent in Obern."),
        ("The bridge is 700 metres long.", "The bridge is 900 metres long."),
        ("The ferry sank on 4 January near Skell.", "The ferry sank on 14 January near Skell."),
        ("The pier was built in 1974 by monks.", "The pier was built in 1947 by monks."),
    ],
)
def test_number_changed(labels: Labels, source: str, text: str) -> None:
    assert "number_changed" in labels(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The flood killed 59.6 tonnes of fish.", "The flood killed nearly 60 tonnes of fish."),
        ("Twenty-five farmers came to Obern.", "25 farmers came to Obern."),
        ("It cost $1,200,000 to mend.", "It cost 1.2 million dollars to mend."),
        ("Half of the farmers left.", "Some 50 per cent of the farmers left."),
        ("The path is 5 miles long.", "The path is 8 km long."),
        ("A dozen boats sank.", "Twelve boats sank."),
        ("About 10 to 15 boats sank.", "Twelve boats sank."),
    ],
)
def test_the_same_value_in_other_words(labels: Labels, source: str, text: str) -> None:
    assert "number_changed" not in labels(source, text)


@pytest.mark.parametrize(("day", "changed"), [("4 January", False), ("3 January", True)])
def test_weekday_against_date(labels: Labels, day: str, changed: bool) -> None:
    found = labels(
        "The ferry sank on Thursday near Skell.", f"The ferry sank on {day} near Skell.", published="2024-01-05"
    )
    assert ("number_changed" in found) == changed


def test_number_evidence_and_words(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested("The flood killed 48 sheep in Obern.", "The flood killed nearly 60 sheep in Obern.")
    (one,) = [s for s in found if s.label == "number_changed"]
    assert (one.before, one.after) == ("48", "nearly 60")


def test_number_that_stands_elsewhere_in_the_article(labels: Labels) -> None:
    found = labels(
        "The flood killed 48 sheep in Obern.",
        "The flood killed sheep on 12 farms in Obern.",
        rest="Some 48 sheep died.",
        source_rest="The flood reached 12 farms.",
    )
    assert "number_changed" not in found


def test_another_place(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "The ship sailed from Lima with 40 sailors.",
        "The ship sailed from Quito with 40 sailors.",
        source_names={"Lima": "GPE"},
        names={"Quito": "GPE"},
    )
    (one,) = [s for s in found if s.label == "entity_changed"]
    assert (one.before, one.after) == ("Lima", "Quito")


def test_initials_are_no_other_name(labels: Labels) -> None:
    found = labels(
        "The European Union paid for the bridge.",
        "The EU paid for the bridge.",
        source_names={"European Union": "ORG"},
        names={"EU": "ORG"},
    )
    assert "entity_changed" not in found


def test_name_misspelled(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "The boat belongs to Peter Hallberg of Skell.",
        "The boat is owned by Peter Halberg of Skell.",
        source_names={"Peter Hallberg": "PERSON"},
        names={"Peter Halberg": "PERSON"},
    )
    assert "name_spelled_otherwise" in {s.rule for s in found}


def test_role_changed(labels: Labels) -> None:
    found = labels(
        "The bridge was opened by mayor Dora Venn.",
        "The bridge was opened by governor Dora Venn.",
        source_names={"Dora Venn": "PERSON"},
        names={"Dora Venn": "PERSON"},
    )
    assert "entity_changed" in found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The council may close the pool.", "The council will close the pool."),
        ("The crack may have damaged the hull of the ferry.", "The crack damaged the hull of the ferry."),
        ("The council closed the pool at Obern.", "The council allegedly closed the pool at Obern."),
        ("The council did not approve the pool at Obern.", "The council did approve the pool at Obern."),
    ],
)
def test_certainty_shifted(labels: Labels, source: str, text: str) -> None:
    assert "certainty_shifted" in labels(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The council may close the pool.", "The council might shut the pool."),
        ("The council will not reopen the pool.", "The council will never reopen the pool."),
        ("The council meets on Friday to vote.", "The council will meet on Friday to vote."),
        ("Not only the pool closed in Obern.", "The pool closed in Obern and the school too."),
    ],
)
def test_certainty_kept(labels: Labels, source: str, text: str) -> None:
    assert "certainty_shifted" not in labels(source, text)


def test_verb_that_commits(suggested) -> None:  # type: ignore[no-untyped-def]
    claim = "the pool had leaked for a year"
    found = suggested(
        f"Vega said {claim}.",
        f"Vega admitted {claim}.",
        source_says=[("Vega", "said", claim)],
        says=[("Vega", "admitted", claim)],
    )
    (one,) = [s for s in found if s.label == "certainty_shifted"]
    assert (one.before, one.after) == ("said", "admitted")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "The harbour council approved the new plan for Skell.",
            "The harbour council rejected the new plan for Skell.",
        ),
        ("The heavy bus hit the green car near Obern.", "The green car hit the heavy bus near Obern."),
    ],
)
def test_fact_changed(labels: Labels, source: str, text: str) -> None:
    assert "fact_changed" in labels(source, text)


def test_denied_opposite_is_no_contradiction(labels: Labels) -> None:
    found = labels(
        "The harbour council approved the new plan for Skell.",
        "The harbour council did not reject the new plan for Skell.",
    )
    assert "fact_changed" not in found
