"""What stands under a labelled objection: what rejects it attacks it, and nothing there supports it."""

from __future__ import annotations

import pytest

from tests.kb.extract.reasons import links

RULES = ("section-reason", "section-opens", "reply-to-objection")


@pytest.mark.parametrize(
    ("heading", "reply"),
    [
        ("Objection: the toll is unfair", "This objection is mistaken, because drivers with little money pay nothing."),
        ("Objection: vaccines tire the body", "That argument fails, since no trial has found a tired immune system."),
        ("Criticism: the bridge is too weak", "The criticism rests on a mistake about the load of a lorry."),
        ("Counterargument: the sources are late", "I think this counterargument does not work for the second book."),
    ],
)
def test_what_rejects_an_objection_attacks_it(heading: str, reply: str) -> None:
    said = heading.partition(": ")[2]
    made = links(f"# On tolls\n\nTolls should be raised.\n\n## {heading}\n\n{reply}\n", *RULES)
    assert [(source, relation) for source, relation, _ in made] == [(reply, "attacks")]
    assert said in made[0][2]


@pytest.mark.parametrize(
    "body",
    [
        "Some say that this objection fails for drivers with little money.",
        "If this objection fails, the toll should be raised at once.",
        "Does this objection fail?",
        "It is misleading to speak of one toll. This argument fails to see the cost.",
        "The toll is a misleading measure of wear, and it is wrong to raise it.",
    ],
)
def test_what_leaves_it_open_or_states_it_is_no_reply_and_no_support(body: str) -> None:
    text = f"# On tolls\n\nTolls should be raised.\n\n## Objection: the toll is unfair\n\n{body}\n"
    assert links(text, *RULES) == []


def test_a_short_heading_among_objections_that_its_text_rejects_is_the_objection() -> None:
    reply = "There is no evidence that stones have experiences, so this objection fails."
    text = f"# Animals that feel should count\n\n## Objections\n\n### Stones suffer too\n\n{reply}\n"
    assert links(text, "objection-section", "reply-to-objection") == [
        ("Stones suffer too", "attacks", "Animals that feel should count"),
        (reply, "attacks", "Stones suffer too"),
    ]


SECTION = """# Basic income should be paid to everybody

## Objection: people would stop working

People who get money for nothing stay at home.

{before}**Reply.** The trials in the north found no drop in work.

**Criticism.** Such trials are too short to tell anything.

Argument: A basic income lets people refuse bad jobs.

**Reply.** Bad jobs vanish where nobody takes them.
"""


def test_after_the_reply_a_criticism_and_an_argument_speak_of_the_thesis() -> None:
    thesis = "Basic income should be paid to everybody"
    made = {x[0]: x[1:] for x in links(SECTION.format(before=""), "label", "reply-to-objection")}
    assert made["Such trials are too short to tell anything."] == ("attacks", thesis)
    assert made["A basic income lets people refuse bad jobs."] == ("supports", thesis)
    assert "Bad jobs vanish where nobody takes them." not in made  # to whom is not clear


def test_before_the_reply_an_argument_is_one_for_the_objection() -> None:
    text = SECTION.format(before="Argument: Lottery winners leave their jobs.\n\n")
    made = {x[0]: x[1:] for x in links(text, "label")}
    assert made["Lottery winners leave their jobs."][0] == "supports"
    assert "stop working" in made["Lottery winners leave their jobs."][1]
