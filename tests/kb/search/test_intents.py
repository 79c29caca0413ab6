"""What a question asks for, by its wording."""

from __future__ import annotations

import pytest

from kb.search import intents


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("what speaks against counting by volunteers?", ["critique"]),
        ("Objections to the atlas", ["critique"]),
        ("what's wrong with quality filters", ["critique"]),
        ("why do the filters not help?", ["critique"]),
        ("why would an atlas help the herons?", ["theory_of_impact"]),
        ("theories of impact of the survey", ["theory_of_impact"]),
        ("evidence that herons decline", ["evidence"]),
        ("evidence against the decline", ["critique"]),
        ("who says that herons decline?", []),
        ("herons against the light", None),
        ("why herons decline", None),
        ("the impact of theory", None),
        ("", None),
    ],
)
def test_what_a_question_asks_for(asked: str, kinds: list[str] | None) -> None:
    found = intents.of(asked)
    assert bool(found) == (kinds is not None)
    assert {kind for intent in found for kind in intent.kinds} == set(kinds or ())
    assert any(intent.spoken for intent in found) == (kinds == [])
