"""What a section says first supports the statement that its heading makes."""

from __future__ import annotations

import pytest

from tests.kb.extract.reasons import links

FIRST, REASON = "section-opens", "section-reason"


@pytest.mark.parametrize(
    ("heading", "body", "reason"),
    [
        (
            "The survey is not a good measure",
            "It was sent out in spring. I doubt that anybody answered it honestly.",
            "I doubt that anybody answered it honestly.",
        ),
        (
            "Prevention seems much more promising than cure",
            "Prevention costs a tenth of what treatment does. It is better to prevent the fever than to treat it.",
            "It is better to prevent the fever than to treat it.",
        ),
        ("The survey is not a good measure", "Admittedly, the survey is misleading at times.", None),
        ("The survey is not a good measure", "Some argue that the survey is misleading.", None),
        ("The survey is not a good measure", "Is the survey misleading to those who read it?", None),
        ("The survey is not a good measure", "The survey should be read with care by everybody.", None),
        ("My files will not open", "The settings must be changed before files open.", None),  # a reader's trouble
        ("The survey in spring", "The survey is a misleading measure of health.", None),
    ],
)
def test_the_first_sentence_that_judges_supports_a_heading_that_does(
    heading: str, body: str, reason: str | None
) -> None:
    made = links(f"## {heading}\n\n{body}\n", FIRST, REASON)
    assert made == ([(reason, "supports", heading)] if reason else [])


def test_every_critique_and_finding_under_a_critical_heading_supports_it() -> None:
    text = """## Rent control is a mistake

The queue for a flat is misleading in all of the tables.

One study found that the number of flats fell by 15 % in ten years.

However, landlords are badly treated too.
"""
    made = links(text, FIRST, REASON)
    assert {x[0] for x in made} == {
        "The queue for a flat is misleading in all of the tables.",
        "One study found that the number of flats fell by 15 % in ten years.",
    }
    assert {x[2] for x in made} == {"Rent control is a mistake"}
