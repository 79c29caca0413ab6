"""What an author takes back, or holds against a point of their own."""

from __future__ import annotations

import pytest

from tests.kb.extract.reasons import links

POINT = "I think that every grant should name a result that would end it."


@pytest.mark.parametrize(
    "back",
    [
        "Counterpoint to myself: authors would name results that never happen.",
        "Scratch that, authors would name results that never happen.",
    ],
)
def test_the_point_just_before_is_attacked(back: str) -> None:
    assert links(f"{POINT} {back}", "taken-back") == [(back, "attacks", POINT)]


def test_what_is_named_is_attacked_and_nothing_else() -> None:
    text = (
        f"{POINT}\n\nI believe that the harvest failed because of the frost in May.\n\n"
        "I was wrong about the frost, the harvest was lost in June."
    )
    ((_, relation, target),) = links(text, "taken-back")
    assert (relation, target) == ("attacks", "I believe that the harvest failed because of the frost in May.")


@pytest.mark.parametrize(
    "text",
    [
        f"{POINT} The old mill no longer stands at the river.",
        f"{POINT} You have to wait for a reply of the committee.",
        f"{POINT} She was wrong about the frost in her first book.",
        "I was wrong about the frost, the harvest was lost in June.",
    ],
)
def test_what_takes_nothing_back(text: str) -> None:
    assert links(text, "taken-back") == []
