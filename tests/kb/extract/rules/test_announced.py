"""Reasons and problems that are announced and then listed."""

from __future__ import annotations

import pytest

from tests.kb.extract.reasons import links

RULE = "announced-reason"
ITEMS = ["The rails last for forty years.", "Nobody has to steer on them."]
LISTED = "\n".join(f"- {item}" for item in ITEMS)


@pytest.mark.parametrize(
    ("opening", "target", "relation"),
    [
        ("Trams should replace the buses for two reasons:", "Trams should replace the buses", "supports"),
        ("There are good reasons to believe that trams will win:", "trams will win", "supports"),
        ("Trams should replace buses. There are two reasons for this:", "Trams should replace buses.", "supports"),
        ("Trams should replace the buses.\n\nEvidence for this:", "Trams should replace the buses.", "supports"),
        ("Trams should replace the buses. Here is why:", "Trams should replace the buses.", "supports"),
        ("The mayor wants to sell it all. There are several problems with this:", "The mayor wants to sell it all.",
         "attacks"),
        ("The new rails have two serious flaws:", "The new rails have two serious flaws", "supports"),
        ("# The buses should be replaced by trams\n\nThe main reasons are:", "The buses should be replaced by trams",
         "supports"),
    ],
)  # fmt: skip
def test_items_hang_on_what_they_are_announced_for(opening: str, target: str, relation: str) -> None:
    assert links(f"{opening}\n\n{LISTED}", RULE) == [(item, relation, target) for item in ITEMS]


@pytest.mark.parametrize(
    "opening",
    [
        "The reasons are listed in the appendix of the report:",
        "Bring these things:",
        "Who can name two reasons for this?",
        "To fix this issue, try the following:",
        "Problems:",
        "The town has two squares:",
    ],
)
def test_a_list_of_nothing_that_is_argued_hangs_on_nothing(opening: str) -> None:
    assert links(f"{opening}\n\n{LISTED}", RULE) == []


def test_orders_in_a_list_are_no_reasons() -> None:
    text = (
        "The import failed. There are several problems with this:\n\n- Open the settings again.\n- Click on Import.\n"
    )
    assert links(text, RULE) == []


def test_reasons_counted_off_in_sentences_are_a_list_too() -> None:
    text = (
        "The reform of the schools failed. There are three reasons for this. First, the clerks were never trained. "
        "Nobody asked them. "
        "Second, the forms came in one language. Finally, the king died in the first year."
    )
    thesis = "The reform of the schools failed."
    assert links(text, RULE) == [
        ("First, the clerks were never trained.", "supports", thesis),
        ("Second, the forms came in one language.", "supports", thesis),
        ("Finally, the king died in the first year.", "supports", thesis),
    ]
