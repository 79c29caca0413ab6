"""Lists that a text goes through item by item, with a comment under each."""

from __future__ import annotations

import pytest

from kb.extract import extract
from tests.kb.extract.reasons import links
from tests.kb.extract.views import view

LIST = """{intro}

- Close the market square to cars on Saturdays.
    - Unclear. I don't think that this will work without a bus.
- Build a garage under the old park.
    - Answer: The garage costs too much and ruins the trees.
- Let bicycles use all of the bus lanes.
    - The lanes are three metres wide on the bridge.
"""


@pytest.mark.parametrize(
    "intro",
    [
        "These are the council's proposals, with my comments:",
        "## Six ideas and what I think\n\nAnswers to each of the ideas:",
    ],
)
def test_a_comment_is_signed_by_its_own_words(intro: str) -> None:
    assert links(LIST.format(intro=intro), "answer-to-item") == [
        ("Unclear. I don't think that this will work without a bus.", "attacks",
         "Close the market square to cars on Saturdays."),
        ("The garage costs too much and ruins the trees.", "attacks", "Build a garage under the old park."),
        ("The lanes are three metres wide on the bridge.", "related", "Let bicycles use all of the bus lanes."),
    ]  # fmt: skip


def test_where_objections_are_announced_each_comment_is_one() -> None:
    made = links(LIST.format(intro="The council's proposals, with my objections:"), "answer-to-item")
    assert [relation for _, relation, _ in made] == ["attacks"] * 3


@pytest.mark.parametrize("intro", ["Things to do on Saturday:", "The council met in May and wrote this down:"])
def test_lists_of_other_things_have_no_answers(intro: str) -> None:
    assert links(LIST.format(intro=intro), "answer-to-item") == []


THEORIES = """Here is the list of theories of impact with critiques:

- Coordination: If labs can look at models, they trust each other more.
    - Not the most direct way. This theory is about trust, the next one is about law. But treaties do without models.
- Regulation: The law can name what a model must not do.
    - Weak. Laws are far too slow for this.
- Norms: Companies look at a system before they sell it.
    - Unclear. {long}. Tests are useless where nobody reads them and nobody is made to.
"""
LONG = ", ".join(["The theory speaks of the makers of tyres", *["of the makers of toys"] * 12])


def test_an_answer_to_a_theory_runs_on_to_what_judges() -> None:
    seen = view(THEORIES.format(long=LONG))
    found = [s for s in extract(seen).statements if s.rule == "answer-to-theory"]
    assert [seen.text[s.start : s.end].split(". ")[-1] for s in found] == [
        "But treaties do without models.",
        "Laws are far too slow for this.",
        "Tests are useless where nobody reads them and nobody is made to.",
    ]
    assert seen.text[found[0].start : found[0].end].startswith("Not the most direct way.")
    assert found[2].context is not None
    assert seen.text[slice(*found[2].context)] == "Unclear."
