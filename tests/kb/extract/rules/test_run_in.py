"""Run-in headings, and what stands behind a colon."""

from __future__ import annotations

import pytest

from kb.extract import extract, leads
from tests.kb.extract.reasons import links
from tests.kb.extract.views import view


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("**Cost.** Trams need rails.", "Cost"),
        ("**Cost**: Trams need rails.", "Cost"),
        ("*The tax is unfair.* It hits the poor.", "The tax is unfair"),
        ("Public trust. People who were lied to do not come back.", "Public trust"),
        ("Lack of feedback: Nobody tells the nurse what became of him.", "Lack of feedback"),
        ("Air quality — The lane cuts the soot by half.", "Air quality"),
        ("**Cost** is what people talk about.", None),
        ("Jane Doe: I do not believe a word of it.", None),
        ("Jane Doe. She was a nurse.", None),
        ("The world is big. It is also old.", None),
        ("Not so. It is old.", None),
        ("Note: The door is open.", None),
        ("Objection: The door is open.", None),
        ("In the end. It was over.", None),
        ("Step 3: Open the door.", None),
    ],
)
def test_a_lead_is_a_short_heading_ended_by_a_mark(text: str, lead: str | None) -> None:
    found = leads.at(text, 0, len(text))
    assert (text[slice(*found.span)] if found else None) == lead


def test_a_lead_that_says_something_is_supported_by_what_is_said_first_behind_it() -> None:
    text = "**The tax is unfair to the poor.** It was voted in May. A pensioner must pay as much as a banker does."
    assert links(text, "run-in-heading") == [
        ("A pensioner must pay as much as a banker does.", "supports", "The tax is unfair to the poor"),
    ]


SECTION = """## The lottery is harmful

False hope. The posters are misleading about the odds.

Public money. Nothing of it reaches the schools of the poor quarters.
"""


def test_points_of_a_section_support_its_heading_and_have_their_lead_for_context() -> None:
    head = "The lottery is harmful"
    assert links(SECTION, "run-in-heading") == [
        ("The posters are misleading about the odds.", "supports", head),
        ("Nothing of it reaches the schools of the poor quarters.", "supports", head),
    ]
    seen = view(SECTION)
    contexts = {seen.text[slice(*s.context)] for s in extract(seen).statements if s.context}
    assert {"False hope", "Public money"} <= contexts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "This plan is doomed from the start: Nobody in the valley can pay for it.",
            "Nobody in the valley can pay for it",
        ),
        ("The plan is a bad one for two reasons: the cost and the noise.", None),
        ("The best question is this: Who should pay for the dam?", None),
        ("Ekdahl wrongly says: The dam should be taken down at once.", None),
        ("**Bad for fish**: The dam kills the salmon in the river.", None),
    ],
)
def test_a_sentence_behind_a_colon_gives_the_reason(text: str, reason: str | None) -> None:
    assert links(text, "colon-reason") == ([(reason, "supports", text)] if reason else [])
