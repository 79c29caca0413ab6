"""The bar of each text: by rank where it argues, the head's own where it does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.suggest.confidence.head import Head
from kb.suggest.confidence.listing import CEILING, FLOOR, bars

HEAD = Head("a model", (0.0,), 1.2)


def _bars(*texts: list[float]) -> list[float]:
    """The bar of each text, given by the log odds of its statements."""
    odds = np.array([one for text in texts for one in text])
    of = [number for number, text in enumerate(texts) for _ in text]
    found = bars(HEAD, odds, of)
    return [float(found[of.index(number)]) for number in range(len(texts))]


def test_of_a_text_that_argues_the_better_part_is_listed_on_whatever_subject() -> None:
    familiar, strange = _bars([3.0, 2.5, 2.0, 0.5] * 3, [0.6, 0.4, -0.2, -0.9] * 3)
    assert familiar == CEILING
    assert FLOOR <= strange < 0.4 < familiar


def test_a_text_that_describes_or_instructs_has_to_pass_the_bar_of_the_head() -> None:
    assert _bars([-3.0, -2.0, -2.5, 0.9]) == [HEAD.threshold]


def test_a_single_sentence_does_not_make_a_text_that_argues() -> None:
    assert _bars([0.3]) == [HEAD.threshold]


def test_a_stricter_head_is_not_loosened_below_what_it_lists_of_any_text() -> None:
    strict = Head("a model", (0.0,), -0.7)
    assert list(bars(strict, np.array([2.0] * 8), [0] * 8)) == [pytest.approx(-0.7)] * 8


_ODDS = st.lists(st.floats(-5, 5), min_size=1, max_size=12)


@given(_ODDS, st.lists(_ODDS, max_size=4))
@settings(max_examples=40)
def test_other_texts_change_nothing(text: list[float], others: list[list[float]]) -> None:
    assert _bars(text, *others)[0] == pytest.approx(_bars(text)[0])


def test_nothing_has_no_bars() -> None:
    assert bars(HEAD, np.zeros(0), []).shape == (0,)
