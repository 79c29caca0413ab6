"""Sentences that speak against a view without a word of blame, and those that only sound like it."""

from __future__ import annotations

import pytest

from kb.extract import extract
from kb.extract.rejecting import assents, only_names, rejects
from tests.kb.extract.views import view


@pytest.mark.parametrize(
    "sentence",
    [
        "I doubt that the guild caused the famine.",
        "I don't buy the story about the plague.",
        "I don't think that this holds outside of Flanders.",
        "A correlation over four years isn't proof of anything.",
        "That is not an argument for a second bridge.",
        "This doesn't follow unless wages are set by law.",
        "The estimate takes the price of coal as given.",
        "He treats the parable as a proof.",
        "Hume assumes that we never see a cause.",
        "The obvious worry is that clinics send their sickest patients away.",
        "Counterpoint: the steam engine spread where coal was cheap.",
        "One might object that the sample was drawn from a single parish.",
        "A meter cannot tell a warm house from an empty one.",
        "The second reading is worse, because it leaves the oath unexplained.",
        "The argument weakens as soon as ships are counted.",
        "That sounds like special pleading.",
        "The same argument would forbid every vaccine.",
        "It would be odd to blame the cook and then to eat the soup.",
        "Their model gets the order of events wrong.",
        "Here the word tradition is doing all the work.",
        "The rule cuts both ways.",
        "But this assumes a court that reads its own judgments.",
        "Nobody has shown that the dose matters.",
    ],
)
def test_turns_of_phrase_that_speak_against_a_view(sentence: str) -> None:
    assert rejects(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "No doubt the harvest failed.",
        "There is no reason to believe that the proof is hard.",
        "The beams take the load of the roof.",
        "He took the train to Delft as usual.",
        "The nurse treats the wound with iodine.",
        "Assume that the demand is linear.",
        "Wheat does not grow above this line.",
        "The court was right about the lease.",
        "I agree that the toll is not a tax on the poor.",
        "Doesn't this follow from the first axiom?",
        "The kettle works on gas and on wood.",
        "They missed the ferry.",
        "Its price rose in the dry years.",
    ],
)
def test_what_only_has_such_words_does_not(sentence: str) -> None:
    assert not rejects(sentence)


def test_assent_is_told_from_dissent() -> None:
    assert assents("You are right that the tariff did harm.")
    assert not assents("The tariff did harm.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Many failures of dams are failures of maintenance.",
        "Poor ventilation spreads the disease.",
        "Some difficult problems yield to patience.",
    ],
)
def test_what_is_bad_in_the_world_is_no_critique(sentence: str) -> None:
    assert only_names(sentence)
    found = extract(view(f"# Notes\n\n{sentence}\n")).statements
    assert [one.kind for one in found] in ([], ["claim"])


@pytest.mark.parametrize(
    "sentence", ["The comparison is misleading.", "The risk is ignored.", "The plan is a mistake."]
)
def test_what_is_said_to_be_bad_is_more_than_named(sentence: str) -> None:
    assert not only_names(sentence)
