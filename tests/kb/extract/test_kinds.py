"""Kinds told by the target, and evidence told by its numbers."""

from __future__ import annotations

from typing import Any

import pytest

from kb.extract.kinds import settle
from kb.extract.model import Draft, Extraction, LinkDraft
from kb.extract.wording import classify
from tests.kb.extract.views import view


def _kind_after(kind: Any, relation: Any, *, basis: Any = "cue", score: float = 0.6) -> str:
    found = Extraction()
    target = found.add(Draft("claim", 0, 5, "heading", "structure", 0.6, None, 0))
    source = found.add(Draft(kind, 6, 9, "flat-claim", basis, 0.3, None, 1))
    found.links.append(LinkDraft(source, target, relation, "any-rule", "structure", score))
    settle(view("Wages rose."), found)
    assert found.statements[target].kind == "claim"
    return found.statements[source].kind


@pytest.mark.parametrize("relation", ["attacks", "undercuts"])
def test_a_claim_that_is_against_something_is_a_critique(relation: str) -> None:
    assert _kind_after("claim", relation) == "critique"


@pytest.mark.parametrize("relation", ["supports", "related", "restates"])
def test_a_claim_that_is_for_something_stays_a_claim(relation: str) -> None:
    assert _kind_after("claim", relation) == "claim"


@pytest.mark.parametrize("kind", ["evidence", "question", "theory_of_impact"])
def test_evidence_and_questions_stay_what_they_are(kind: str) -> None:
    assert _kind_after(kind, "attacks") == kind


def test_a_doubtful_link_tells_no_kind_and_what_a_person_marked_stays() -> None:
    assert _kind_after("claim", "attacks", score=0.5) == "claim"
    assert _kind_after("claim", "attacks", basis="authored") == "claim"


@pytest.mark.parametrize(
    "sentence",
    [
        "Unit costs fell by a fifth in the two years after the reform.",
        "In the registry of 1911 three of eleven ships were lost.",
        "The wage of a mason rose from four to seven shillings.",
        "Seven of the ten libraries in the benchmark crash on this input.",
        "Mortality was 14 per cent in the wards without soap.",
        "The court reversed nine of twenty convictions in that term.",
        "Output per picker rose by a fifth within a season.",
        "Reading scores improved by two thirds of a point in the lottery schools.",
    ],
)
def test_counts_and_changes_are_evidence(sentence: str) -> None:
    assert classify(sentence)[0] == "evidence"


@pytest.mark.parametrize(
    "sentence",
    [
        "One of the reasons is that nobody has time to read.",
        "Two of these arguments fail for the same reason.",
        "One of my teachers used to say that all maps lie.",
        "Half of the problem is a lack of patience.",
        "I think that the share will rise to ten per cent.",
        "The price should fall by half before anybody notices.",
        "Prices would have fallen by a third without the subsidy.",
    ],
)
def test_figures_of_speech_forecasts_and_demands_are_not(sentence: str) -> None:
    assert classify(sentence)[0] != "evidence"
