"""Stances in talks: who means which statement of whom, and what is no stance."""

from __future__ import annotations

from kb.extract import extract
from kb.extract.model import LinkDraft, Whole
from kb.model.rules import TURN_ANSWERS
from tests.kb.extract.views import view

HEAD = "The following is a transcript of a discussion between {}.\n\n"
RENT = (
    HEAD.format("Marta Quill and Oren Vass")
    + """Marta: I think that rent control is the quickest way to keep poor families where they work. In the cities that introduced it, evictions fell by a third within two years. Landlords threaten to stop building, but construction hardly changed in any of the towns that I have studied. And I believe that a cap gives tenants the courage to complain about damp and broken boilers.

Oren: You mentioned that evictions fell by a third. That is true as far as it goes. But the figure counts only tenants who already had a flat, and nobody counts the families who never found one. You also said that construction hardly changed. I don't buy that. Permits in those towns fell for five years before anybody noticed.

Marta: So you're saying that the losers are people who are not in the city yet?

Oren: Not quite how I would put it. My point is that a cap helps whoever holds the lease on the day it comes into force.

Marta: I agree that newcomers pay part of the price. However, letting rents rise until builders respond takes a decade, and a child grows up in a decade. Your point about permits is interesting, but permits follow interest rates.

Oren: What you call courage to complain is really just the fear of losing a bargain. A tenant with a cheap lease never moves.

Marta: That's a fair point about tenants who never move. I disagree with Friedman that a cap destroys a city. Some economists say that housing is a market like any other. I don't buy that.
"""  # noqa: E501
)
BLAME = (
    HEAD.format("Ada Holt, Bram Ness and Celia Rook")
    + """Celia: Welcome to both of you. Bram, could you tell us why nobody is ever to blame?

Bram: Our characters are made by causes that we did not choose. I think that blame presupposes a power to have made oneself, and nobody has that power. Punishment may still be useful, as quarantine is useful against a fever.

Celia: Ada, what do you make of that?

Ada: I disagree with Bram about what blame presupposes. To blame somebody is to take them seriously as a party to a promise.

Celia: Do you think that children can be blamed?

Ada: No, not before they can promise. I think that is exactly what growing up means.

Bram: I don't agree. A child is blamed for a broken cup long before it can promise anything.
"""  # noqa: E501
)
SALT = (
    HEAD.format("Ines Falk and Jo Park")
    + """Jo: Many doctors say that salt is the main cause of high blood pressure. Is that right?

Ines: No, it is one cause among several. I think that the weight of the patient matters more than salt.

Jo: Your critics argue that your sample was small. Do you agree?

Ines: I agree that it was small. Forty patients are not many.

Jo: So you would tell people to forget about salt?

Ines: That's not what I said. I would tell them to walk first.
"""
)


def _stances(text: str) -> list[tuple[str, str, str]]:
    """Signed links of a talk: what is said, the relation, and what it is towards, a turn by its number."""
    seen = view(text, "transcript", "talk.txt")
    found = extract(seen)

    def name(end: int | str | LinkDraft | Whole) -> str:
        if isinstance(end, Whole):
            return f"turn {seen.blocks[end.block].turn}"
        assert isinstance(end, int)
        return seen.text[found.statements[end].start : found.statements[end].end]

    links = [x for x in found.links if x.rule == TURN_ANSWERS and x.relation != "related"]
    assert all(x.evidence for x in links)
    return [(name(x.source), x.relation, name(x.target)) for x in links]


def _towards(stances: list[tuple[str, str, str]], words: str) -> tuple[str, str]:
    ((_, relation, target),) = [one for one in stances if words in one[0]]
    return relation, target


def test_what_one_says_of_what_the_other_said_goes_to_that_statement() -> None:
    stances = _stances(RENT)
    relation, target = _towards(stances, "the figure counts only tenants")
    assert relation == "attacks"
    assert "evictions fell by a third" in target
    relation, target = _towards(stances, "Permits in those towns fell")
    assert relation == "attacks"
    assert "construction hardly changed" in target
    relation, target = _towards(stances, "What you call courage")
    assert relation == "attacks"
    assert "courage to complain" in target


def test_a_point_is_found_in_the_turn_that_made_it_though_others_came_between() -> None:
    assert _towards(_stances(RENT), "Your point about permits") == ("attacks", "turn 1")


def test_where_no_statement_stands_out_the_turn_is_meant() -> None:
    stances = _stances(RENT)
    assert _towards(stances, "My point is that a cap helps") == ("attacks", "turn 2")
    assert _towards(stances, "letting rents rise until builders respond") == ("attacks", "turn 3")


def test_who_grants_something_and_objects_supports_nothing() -> None:
    assert not [one for one in _stances(RENT) if one[1] == "supports" and "newcomers" in one[0]]


def test_summing_up_and_third_parties_are_no_stances() -> None:
    said = " ".join(one[0] for one in _stances(RENT))
    assert "So you're saying" not in said
    assert "Friedman" not in said
    assert "market like any other" not in said


def test_who_is_named_is_meant_and_who_leads_the_talk_is_not() -> None:
    stances = _stances(BLAME)
    relation, target = _towards(stances, "To blame somebody is to take them seriously")
    assert relation == "attacks"
    assert target.startswith("I think that blame presupposes")
    relation, target = _towards(stances, "A child is blamed for a broken cup")
    assert relation == "attacks"
    assert target == "turn 5"
    assert len(stances) == 2  # the "No" answers a question


def test_answers_to_an_interviewer_are_no_stances_but_a_correction_is() -> None:
    assert _stances(SALT) == [("I would tell them to walk first.", "attacks", "turn 4")]


BUDGET = (
    HEAD.format("Ines Falk and Jo Park")
    + """Ines: I think that every small school should be closed at once. And no council in the valley will pay for empty chairs.

Jo: Ours did.

Ines: Yours had a surplus!

Jo: On the empty chairs, I'm with you, that was a waste. But it was the law that kept them, and the law is gone. As for small schools, no child in the valley can walk to the large one.
"""  # noqa: E501
)


def test_a_bare_denial_and_a_contrast_answer_the_turn_before() -> None:
    seen = view(BUDGET, "transcript")
    found = extract(seen)
    made = {
        (seen.text[found.statements[x.source].start : found.statements[x.source].end], x.relation)
        for x in found.links
        if x.rule == TURN_ANSWERS and isinstance(x.source, int) and isinstance(x.target, Whole)
    }
    assert {("Ours did.", "attacks"), ("Yours had a surplus!", "attacks")} <= made


def test_an_answer_that_turns_to_a_point_and_grants_it_objects_to_that_point() -> None:
    seen = view(BUDGET, "transcript")
    found = extract(seen)
    told = [
        (found.statements[x.source], found.statements[x.target])
        for x in found.links
        if x.rule == TURN_ANSWERS
        and x.relation == "attacks"
        and isinstance(x.source, int)
        and isinstance(x.target, int)
    ]
    words = [tuple(seen.text[one.start : one.end][:18] for one in ends) for ends in told]
    assert ("But it was the law", "And no council in ") in words
