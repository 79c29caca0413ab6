"""Words that tell which point is meant."""

from __future__ import annotations

import pytest

from kb.extract.stances import telling


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("reversing the engine", "to reverse an engine", {"revers", "engin"}),
        ("info hazards", "infohazardous", {"infohazard"}),
        ("the ruling of the court", "what a court rules", {"court"}),
        ("I think that is a good point", "that point seems good to me", set()),
    ],
)
def test_words_are_shared_whatever_their_endings(one: str, other: str, shared: set[str]) -> None:
    assert telling.words(one).shared(telling.words(other)) == shared
    assert telling.words(other).shared(telling.words(one)) in (shared, set())
