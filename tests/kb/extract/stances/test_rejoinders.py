"""Words that answer what stands right before them."""

from __future__ import annotations

import pytest

from kb.extract.stances import rejoinders

QUOTE = "Every lock on the canal was built to keep the millers out of the town."


@pytest.mark.parametrize(
    "sentence",
    [
        "I don't see how the locks could do that.",
        "It's not obvious to me that the millers wanted in.",
        "I'm tentatively skeptical of this.",
        "Even if that's true, the mills stood below the town.",
        "But the oldest lock is above the last mill.",
        "This isn't quite what the charter says.",
        "The word 'every' does a lot of work here.",
        "That holds only if the mills were there first.",
        "The model takes the number of mills as given.",
        "As somebody who kept one for thirty years, no.",
        "You're ignoring the barges.",
        "1640 is the wrong year.",
        "My worry is what the boatmen paid.",
        "Hm. I'd still expect the same toll.",
    ],
)
def test_words_against_what_is_answered(sentence: str) -> None:
    assert rejoinders.of(sentence, QUOTE) == "attacks"


@pytest.mark.parametrize(
    "sentence", ["Good point.", "That last one is fair and I forget it.", "I agree with the second half.", "Ugh, yes."]
)
def test_words_for_what_is_answered(sentence: str) -> None:
    assert rejoinders.of(sentence, QUOTE) == "supports"


@pytest.mark.parametrize(
    "sentence",
    [
        "The canal was opened in 1640.",
        "I don't know who built it.",
        "I'm not sure I follow.",
        "Where is the charter kept?",
        "I don't think I could have put it better.",
        "By the town I meant the old one.",
        "This works in every browser.",
    ],
)
def test_words_that_take_no_stance(sentence: str) -> None:
    assert rejoinders.of(sentence, QUOTE) is None


def test_blame_counts_in_a_talk_and_where_it_takes_up_the_words() -> None:
    blame = "Millers and locks are a misleading way to tell it."
    assert rejoinders.of(blame, QUOTE, talk=True) == "attacks"
    assert rejoinders.of(blame, QUOTE) is None
    assert rejoinders.of("The weather was terrible that week.", QUOTE, talk=True) is None


def test_an_answer_goes_on_and_turns() -> None:
    on = ["I don't see how.", "The locks are open at night.", "Another reason is the toll, which millers never paid."]
    assert rejoinders.answers(on, QUOTE) == [(0, "attacks"), (2, "attacks")]
    turned = ["I agree with this.", "But the millers came by road."]
    assert rejoinders.answers(turned, QUOTE) == [(1, "attacks")]
    later = ["I agree with this.", "Mills are loud.", "On the other hand, the mills fed the town."]
    assert rejoinders.answers(later, QUOTE) == [(0, "supports"), (2, "attacks")]
    assert rejoinders.answers(["The canal is old.", "It is deep.", "I don't see how."], QUOTE) == []


@pytest.mark.parametrize(
    ("said", "before", "relation"),
    [
        ("Ours did.", "No council will freeze its budget for three years.", "attacks"),
        ("They don't.", "Nurses in small wards sleep on their shift.", "attacks"),
        ("They do.", "Nurses in small wards sleep on their shift.", None),
        ("Ours did.", "Did any council do that?", None),
        ("Ours did, as I said, in the year of the flood.", "No council will do that.", None),
    ],
)
def test_a_bare_denial(said: str, before: str, relation: str | None) -> None:
    assert rejoinders.denial(said, before) == relation


def test_who_sums_up_first_dissents_where_a_paragraph_opens() -> None:
    said = ["Let me say it in my own words.", "Locks keep millers out.", "I don't think that the charter says so."]
    assert rejoinders.answers(said, QUOTE) == []
    assert rejoinders.answers(said, QUOTE, opens=frozenset({2})) == [(2, "attacks")]
