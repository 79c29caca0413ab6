"""Which of a few statements names what they are about."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kb.graph.questions import titles


@dataclass(frozen=True)
class Words:
    text: str
    kind: str = "claim"


PLAIN = "Rent control lowers the supply of flats over ten years."


@pytest.mark.parametrize(
    "other",
    [
        Words("This is why it fails."),  # leans on what stands before it
        Words("It lowers the supply."),
        Words("Rent control: bad"),  # no proposition
        Words("Does rent control lower supply?", "question"),
        Words("But rent control lowers supply."),
        Words("Therefore rent control lowers supply."),
        Words("Thank you, rent control is worth a debate."),
        Words("I agree that rent control matters."),
        Words("Your point about rent control is fair."),
        Words("You said rent control lowers supply."),
    ],
)
def test_what_stands_alone_is_the_title_however_short_others_are(other: Words) -> None:
    assert len(other.text) < len(PLAIN)
    assert titles.telling([other, Words(PLAIN)]).text == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "Vaccines halved the deaths from measles.",
        "The bridge needs a second pier.",
        "Kant denies that lies are ever permitted.",
        "First-past-the-post voting is bad for small parties.",
        "Secondary schools should close later.",
    ],
)
def test_of_those_that_stand_alone_the_shortest_is(text: str) -> None:
    assert titles.telling([Words(PLAIN), Words(text)]).text == text


def test_what_is_known_to_lean_and_questions_only_where_there_is_nothing_else() -> None:
    short, question = Words("The supply of flats falls."), Words("Does the supply of flats fall over time?", "question")
    assert titles.telling([short, Words(PLAIN)], lambda one: one is short).text == PLAIN
    assert titles.telling([short, question], lambda one: one is short) is question
    assert titles.telling([question]) is question
