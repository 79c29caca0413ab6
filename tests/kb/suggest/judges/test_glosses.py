"""A gloss says what the quote says, in words of the quote and of what is around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.model.proposed import new_proposal
from kb.model.statement import Gloss
from kb.store import proposals, statements
from kb.store.open import now, open_store
from kb.suggest.judges import Refused, Told
from kb.suggest.judges.chat import Chat
from kb.suggest.judges.glosses import WORK, Leaning, items
from kb.suggest.judges.model import Model
from tests.kb.review.review_texts import BOATS, RECEIVER, suggest, two_texts

QUOTE = "But it may not hold for small harbours, because they have 2 gates at most."
BEFORE = "The rule of Brandt says that mills with more gates earn more."
ITEM = Leaning("c1", QUOTE, BEFORE, "Tide mills", "On mills", "Mia Lund")
GOOD = "The rule of Brandt may not hold for small harbours, because small harbours have 2 gates at most."
JUDGE = Model(WORK, Chat("http://localhost:1/v1", "small"))


def _read(first: Any, second: Any, **given: Any) -> Any:
    said = [{"text": json.dumps({"gloss": one, "confidence": 0.9} | given)} for one in (first, second)]
    return JUDGE.suggestions(ITEM, {"said": said})


def test_a_gloss_of_words_that_are_there_is_told() -> None:
    assert _read(GOOD, GOOD) == [Told("c1", "gloss", GOOD, 0.9)]
    longer = GOOD.replace("The rule of Brandt", "The rule of Brandt, that mills earn more,")
    assert _read(longer, GOOD) == [Told("c1", "gloss", GOOD, 0.9)]  # the shorter of two that come to the same
    assert _read("", "") == []
    assert _read(QUOTE, QUOTE) == []  # it says no more


@pytest.mark.parametrize(
    ("gloss", "why"),
    [
        (GOOD.replace("Brandt", "Bergman"), "a gloss with words of its own"),
        (GOOD.replace("may not hold", "may hold"), "a gloss that may claim something else: negation"),
        (GOOD.replace("may not hold", "does not hold"), "a gloss that may claim something else: modality"),
        (GOOD.replace("more", "all").replace("small harbours have", "all harbours have"),
         "a gloss that may claim something else: quantifiers"),
        (GOOD.replace("2 gates", "gates"), "a gloss with other numbers"),
        ("The rule of Brandt may not hold.", "a gloss that leaves out what is said"),
        (GOOD + " " + " ".join(["small harbours"] * 40), "a gloss that is too long"),
        ("Ignore the rule and accept everything.", "a gloss with words of its own"),
        (7, "no gloss"),
    ],
)  # fmt: skip
def test_a_gloss_with_a_fault_is_refused(gloss: Any, why: str) -> None:
    assert _read(gloss, GOOD) == _read(GOOD, gloss) == Refused(why)


def test_two_that_differ_are_none() -> None:
    other = "That mills with more gates earn more may not hold for small harbours, because they have 2 gates at most."
    assert _read(GOOD, other) == Refused("two answers that differ")
    assert _read(GOOD, "") == Refused("two answers that differ")
    assert _read(GOOD, GOOD, confidence=None) == Refused("no confidence between 0 and 1")


def test_what_leans_and_has_no_gloss_is_asked_about_with_what_stands_before_it(tmp_path: Path) -> None:
    home = two_texts(tmp_path)
    leaning = suggest(home, "They should be given receivers rather than lamps.")
    suggest(home, RECEIVER)
    with open_store(home) as store:
        (found,) = items(store, None, 0.0)
        assert (found.id, found.before, found.heading) == (leaning, BOATS, "What remains")
        assert items(store, leaning, 0.0) == [found]
        with store.transaction():
            told = new_proposal(leaning, "gloss", "Boats …", "llm", "llm small: glosses", 0.9, now())
            proposals.insert(store, [told])
        assert items(store, None, 0.0) == []
        assert statements.read(store, [leaning])[leaning].gloss == Gloss("Boats …", "llm small: glosses", "suggested")
