"""Because, since, so, therefore, for example: what joins a reason to what it is given for, and what only looks so."""

from __future__ import annotations

import pytest

from tests.kb.extract.reasons import links

RULES = ("because", "therefore", "for-example")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "The tariff should be lifted because it makes tractors dearer for farmers.",
            None,  # "it" leans on the sentence that it stands in
        ),
        (
            "The drug should not be given to children because nobody has tried it on them.",
            "nobody has tried it on them",
        ),
        (
            "Since the treaty names no date, the claim of the heirs seems weak to me.",
            "the treaty names no date",
        ),
        (
            "The bolts are never checked after the first year, so the bridge must be closed.",
            "The bolts are never checked after the first year",
        ),
    ],
)
def test_a_clause_that_gives_the_reason_supports_the_sentence(text: str, reason: str | None) -> None:
    assert links(text, *RULES) == ([(reason, "supports", text)] if reason else [])


@pytest.mark.parametrize(
    "text",
    [
        "The mill closed in May because the river fell dry in April.",  # what happened, and no argument
        "The law is not bad because lawyers like it so very much.",
        "The theory should be judged because of the things that it foretells.",
        "Should the theory be dropped because nobody can test it?",
        "He is right to say “the tax must fall because nobody pays it any more”.",
        "The town has been much poorer since the harbour was closed.",
    ],
)
def test_a_cause_a_denied_reason_a_question_and_a_quotation_give_none(text: str) -> None:
    assert links(text, *RULES) == []


@pytest.mark.parametrize(
    ("first", "second", "backward"),
    [
        ("The sample holds only volunteers.", "Therefore, its mean says very little that is useful.", False),
        ("The sample holds only volunteers.", "The mean is thus much too high.", False),
        ("Every witness was paid by the crown.", "So we should doubt the whole report.", False),
        ("The vault must be kept dry.", "After all, the charters are written in iron ink.", True),
        ("Utilitarianism demands too much.", "For example, it asks a surgeon to give away both of her kidneys.", True),
    ],
)
def test_a_sentence_that_concludes_or_gives_an_example_is_linked_to_the_one_before(
    first: str, second: str, backward: bool
) -> None:
    ends = (second, "supports", first) if backward else (first, "supports", second)
    assert links(f"{first} {second}", *RULES) == [ends]


@pytest.mark.parametrize(
    "text",
    [
        "The pump has two valves. For example, the upper one is opened by hand on Mondays.",  # nothing was judged
        "The plan is bad. For example, what if the river rises?",
        "The plan is bad. So far nobody has said why the river matters.",
        "Is the plan bad? Therefore the council should vote on it soon.",
        "**Entropy** is a bad name for a measure. For instance, steam has more of it than ice has.",
        "You say that the plan is bad. For example, the river could rise in any spring.",
    ],
)
def test_an_example_of_no_judgement_and_a_question_are_not_linked(text: str) -> None:
    assert links(text, *RULES) == []


def test_two_people_do_not_argue_for_each_other() -> None:
    text = "Ekdahl argues that the herons were counted twice. Therefore the whole table must be thrown away."
    assert links(text, *RULES) == []
