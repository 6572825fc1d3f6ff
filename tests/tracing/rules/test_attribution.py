"""Attribution: dropped, changed, added."""

from __future__ import annotations

from collections.abc import Callable

Labels = Callable[..., set[str]]
GROUP = {"attribution_dropped", "attribution_changed", "attribution_added"}
FLED = "two masked men fled from the harbour"


def test_dropped(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        f"Police said {FLED}.", "Two masked men fled the harbour.", source_says=[("Police", "said", FLED)]
    )
    (one,) = [s for s in found if s.label in GROUP]
    assert one.label == "attribution_dropped"
    assert one.before == "Police said"
    assert "Police" in one.explanation


def test_kept_source_is_not_dropped(labels: Labels) -> None:
    found = labels(
        f"Police said {FLED}.",
        "Two masked men fled the harbour, police said.",
        source_says=[("Police", "said", FLED)],
        says=[("police", "said", "Two masked men fled the harbour")],
    )
    assert not found & GROUP


def test_source_that_the_attributions_missed_is_not_dropped(labels: Labels) -> None:
    found = labels(
        f"Police said {FLED}.",
        "According to officers two masked men fled the harbour.",
        source_says=[("Police", "said", FLED)],
    )
    assert "attribution_dropped" not in found


def test_changed(suggested) -> None:  # type: ignore[no-untyped-def]
    claim = "the harbour bridge will reopen on Friday"
    found = suggested(
        f"Mayor Teresa Ito said {claim}.",
        f"Islanders said {claim}.",
        source_says=[("Mayor Teresa Ito", "said", claim)],
        says=[("Islanders", "said", claim)],
    )
    (one,) = [s for s in found if s.label in GROUP]
    assert (one.label, one.before, one.after) == ("attribution_changed", "Mayor Teresa Ito", "Islanders")


def test_shorter_form_of_the_same_source(labels: Labels) -> None:
    claim = "the harbour bridge will reopen on Friday"
    for short in ("Ito", "she", "the mayor"):
        found = labels(
            f"Mayor Teresa Ito said {claim}.",
            f"{short} said {claim}.",
            source_says=[("Mayor Teresa Ito", "said", claim)],
            says=[(short, "said", claim)],
        )
        assert "attribution_changed" not in found


def test_initials_are_the_same_source(labels: Labels) -> None:
    claim = "the harbour bridge is safe for lorries"
    found = labels(
        f"The Coastal Safety Board said {claim}.",
        f"The CSB said {claim}.",
        source_says=[("The Coastal Safety Board", "said", claim)],
        says=[("The CSB", "said", claim)],
    )
    assert not found & GROUP


def test_added(suggested) -> None:  # type: ignore[no-untyped-def]
    found = suggested(
        "Rents in the harbour district rose sharply this year.",
        "Rents in the harbour district rose sharply this year, analysts say.",
        says=[("analysts", "say", "Rents in the harbour district rose sharply this year")],
    )
    (one,) = [s for s in found if s.label in GROUP]
    assert one.label == "attribution_added"
    assert one.after == "analysts say"


def test_added_only_where_the_claim_is_the_wires(labels: Labels) -> None:
    found = labels(
        "Rents in the harbour district rose sharply this year.",
        "Rents rose sharply, and sailors fear a flood of tourists, Keller said.",
        says=[("Keller", "said", "sailors fear a flood of tourists")],
    )
    assert "attribution_added" not in found


def test_source_that_the_wire_names_itself_is_not_added(labels: Labels) -> None:
    found = labels(
        "Rents in the harbour district rose sharply, the Tarn Bank found.",
        "Tarn Bank says rents in the harbour district rose sharply.",
        says=[("Tarn Bank", "says", "rents in the harbour district rose sharply")],
    )
    assert "attribution_added" not in found
