"""An answer to a review goes from point to point: which one each part is about, and how it stands to it."""

from __future__ import annotations

from typing import Any

import pytest

from kb.extract import extract
from tests.kb.extract.views import view

Relations = set[tuple[str, str, str]]
SIGNS = {"supports": "+", "attacks": "-", "related": "~"}

REVIEW = """# Tides and mills

## Review

The paper dates forty tide mills by the rings of their beams.

Weaknesses:

W1. The sample leaves out every mill north of the estuary.

W2. Dendrochronology is unreliable for oak below eighty rings.

W3. The figures are too small to read.

The chapter on wages does not cite the account books of the abbey.
"""


def relations(answer: str, review: str = REVIEW, **more: Any) -> Relations:
    """The links of an answer: first word of what answers, the sign, first words of the point."""
    seen = view(review + "\n## Rebuttal\n\n" + answer, **more)
    found = extract(seen)

    def said(end: object, words: int) -> str:
        assert isinstance(end, int)
        there = found.statements[end]
        return " ".join((there.words or seen.text[there.start : there.end]).split()[:words])

    return {(said(x.source, 1), SIGNS[x.relation], said(x.target, 3)) for x in found.links if x.rule == "rebuttal"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("> The sample leaves out every mill north of the estuary.\n\nWe respectfully disagree: none stood there.\n",
         ("We", "-", "The sample leaves")),
        ("The reviewer writes “leaves out every mill north of the estuary”. This is a misunderstanding: five are.\n",
         ("This", "-", "The sample leaves")),
        ("**W3.** Thank you, we have added larger figures to the appendix of the paper.\n",
         ("We", "+", "The figures are")),
        ("Response to W2: Eighty rings are plenty where the bark is kept on the beam.\n",
         ("Eighty", "-", "Dendrochronology is unreliable")),
        ("Re: point 2. We measured all of the beams twice in two different years.\n",
         ("We", "~", "Dendrochronology is unreliable")),
        ("Regarding the account books of the abbey, they were burned in the war of 1809.\n",
         ("Regarding", "~", "The chapter on")),
    ],
)  # fmt: skip
def test_a_part_of_the_answer_is_about_what_it_quotes_or_calls_or_names(
    answer: str, expected: tuple[str, str, str]
) -> None:
    assert relations(answer) == {expected}


def test_what_is_conceded_before_a_however_has_no_sign() -> None:
    answer = (
        "> The figures are too small to read.\n\nWe agree that they are small. However, the journal sets their size.\n"
    )
    assert {sign for _, sign, _ in relations(answer)} == {"~"}


@pytest.mark.parametrize(
    "answer",
    [
        "We thank the reviewer for the careful reading of our paper.\n",
        "The editor of the journal asked us to shorten the text by half.\n",
        "[1] Reed, A. Tide mills and the sample of oak beams. 1998.\n",
    ],
)
def test_what_is_about_no_point_gives_nothing(answer: str) -> None:
    assert relations(answer) == set()


def test_an_answer_belongs_to_the_review_of_its_number() -> None:
    text = """# Letter

## Reviewer 1

1. The wage series stops too early.

## Reviewer 2

1. The title promises more than the text gives.

## Response to reviewer 1

> The wage series stops too early.

This is not correct: it runs to 1830.

## Response to reviewer 2

> The title promises more than the text gives.

We agree and have changed the title.
"""
    assert relations("", text) == {("This", "-", "The wage series"), ("We", "+", "The title promises")}


@pytest.mark.parametrize("heading", ["Literature review", "Review of methods and results", "Book reviews in brief"])
def test_other_reviews_are_answered_by_nobody(heading: str) -> None:
    text = f"# Mills\n\n## {heading}\n\nThe sample leaves out every mill north of the estuary.\n"
    assert (
        relations("> The sample leaves out every mill north of the estuary.\n\nWe disagree with that.\n", text) == set()
    )
