"""A model that does not see a "not" is told by pairs of which it must have both right."""

from __future__ import annotations

import pytest

from kb.suggest import contrast
from kb.suggest.judges import trials


def test_claims_and_their_negations_take_turns_and_differ_in_nothing_else() -> None:
    every = trials.every()
    assert len(every) % 2 == 0
    for claim, negated in zip(every[::2], every[1::2], strict=True):
        assert claim.answer == negated.answer
        assert {claim.relation, negated.relation} == {"supports", "attacks"}
        assert contrast.suspect(claim.claim.text, negated.claim.text) is not None
    assert {one.relation for one in every[::2]} == {"supports", "attacks"}  # neither word alone passes


@pytest.mark.parametrize(
    ("seen", "enough"),
    [
        ([True] * 12, True),
        ([False, *[True] * 11], True),  # one pair of six
        ([False, False, *[True] * 10], True),
        ([False, True, True, False, *[True] * 8], False),
        ([True, False] * 6, False),  # always the same sign
        ([False] * 12, False),
        ([], False),
    ],
)
def test_of_each_pair_both_signs_must_be_right(seen: list[bool], enough: bool) -> None:
    assert trials.passed(seen) is enough
