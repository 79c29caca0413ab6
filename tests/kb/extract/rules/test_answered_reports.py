"""Views that a text reports and answers, and answers that it reports."""

from __future__ import annotations

import pytest

from kb.extract import extract
from kb.extract.model import Whole
from tests.kb.extract.views import view

RULES = {"answer-to-report", "reported-rejoinder", "remark-below"}


def signed(text: str) -> list[tuple[str, str, str]]:
    """Source, relation and target of what these rules link, by their first words."""
    seen = view(text)
    found = extract(seen)

    def words(end: object) -> str:
        if isinstance(end, Whole):
            return "WHOLE " + seen.quote(seen.blocks[end.block])[:20]
        assert isinstance(end, int)
        return seen.text[found.statements[end].start : found.statements[end].end][:20]

    return [(words(x.source), x.relation, words(x.target)) for x in found.links if x.rule in RULES]


@pytest.mark.parametrize(
    ("report", "answer", "relation"),
    [
        ("Pirenne (1937) explains the decline of towns by the loss of the sea.",
         "We believe that this gets the order wrong, since the towns were empty before.", "attacks"),
        ("Lindqvist argues that tides alone move the sand.", "I doubt that tides reach the upper beach.", "attacks"),
        ("The usual answer is that seams leak only in a frost.", "That isn't what the logs show.", "attacks"),
        ("It is often said that aspirin harms the stomach.",
         "Coated tablets take care of that in most of the patients.", "attacks"),
        ("Lindqvist argues that tides alone move the sand.",
         "Even if that's true, nobody has measured how much is moved.", "attacks"),
        ("Lindqvist argues that tides alone move the sand.",
         "I agree, and the dredgers have told us as much for years.", "supports"),
    ],
)  # fmt: skip
def test_what_follows_a_report_takes_a_stance_towards_it(report: str, answer: str, relation: str) -> None:
    assert signed(f"{report} {answer}") == [(answer[:20], relation, report[:20])]


def test_what_is_reported_and_answered_is_not_the_writers_own() -> None:
    seen = view("# Notes\n\nArgues that a strong king made the roads safe. I don't think that the roads were safe.")
    found = extract(seen)
    (link,) = [x for x in found.links if x.rule in RULES]
    assert isinstance(link.target, int)
    said = found.statements[link.target]
    assert (said.voice, said.speaker) == ("quoted", None)


@pytest.mark.parametrize(
    "text",
    [
        "Lindqvist argues that tides alone move the sand. The beach is nine miles long.",
        "Lindqvist argues that tides alone move the sand. She also criticises the survey for its poor maps.",
        "I think that tides alone move the sand. But nobody has measured it on the upper beach.",
        "The attribute no longer exists in the file. It is not recommended to write queries with it.",
        "Lindqvist argues that tides alone move the sand. Why would anybody doubt that?",
    ],
)
def test_what_only_goes_on_is_no_answer(text: str) -> None:
    assert signed(text) == []


def test_a_bullet_answers_the_report_in_the_one_before() -> None:
    text = (
        "# Reading\n\n[The long wall](https://example.org/wall)\n"
        "- Says that walls were built to tax trade rather than to stop armies.\n"
        "- I still think that no trader walked along that valley.\n"
    )
    assert signed(text) == [("I still think that n", "attacks", "Says that walls were")]


def test_a_reported_rejoinder_attacks_what_stands_before_it() -> None:
    text = (
        "We think that the new pump is worth its price for every farm. The mechanic disputes this in his report, where "
        "he shows that the seals last for one summer."
    )
    assert signed(text) == [("The mechanic dispute", "attacks", "We think that the ne")]


@pytest.mark.parametrize(
    "text",
    [
        "Coordination is a fundamental concept of the field. It meets challenges that prevent many improvements.",
        "A set is a collection. These can be specific objects, collections of objects, or relations between objects.",
        "The arbiter reads both reports. They team up to settle disputes that arise in the process.",
    ],
)
def test_nouns_that_look_like_rejoinders_are_none(text: str) -> None:
    assert signed(text) == []


def test_a_bullet_that_judges_is_about_the_one_above() -> None:
    text = '- "Trust is a muscle", blog by somebody\n  - Didn\'t convince me at all, since it has one example.\n'
    assert signed(text) == [("Didn't convince me a", "attacks", '"Trust is a muscle",')]


@pytest.mark.parametrize(
    "text",
    [
        "- Can I sync with git?\n  - This isn't recommended unless you know git well.\n",
        "- Do you have a dark theme?\n  - Yes, there are three of them to choose from.\n",
        "- Performance of large graphs\n  - It doesn't feel slow any more with many notes.\n",
    ],
)
def test_instructions_and_answers_to_questions_are_no_stance(text: str) -> None:
    assert signed(text) == []
