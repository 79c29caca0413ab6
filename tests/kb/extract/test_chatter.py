"""What keeps a talk or a text going is no statement; what says something of the subject is, however it begins."""

from __future__ import annotations

import pytest

from kb.extract import chatter, extract
from tests.kb.extract.views import view


@pytest.mark.parametrize(
    "sentence",
    [
        "Oh, I indeed misunderstood what the treaty says about the fishing rights.",
        "So you're saying that the guild would have failed without the plague.",
        "You said that the tariff was repealed before the war.",
        "Maybe I'll start with why the census of 1790 is hard to read.",
        "And the last point is about the price of salt.",
        "I feel like I might have lost the thread of the argument here.",
        "I'd be very interested to hear how the hospital counted its dead.",
        "(In the south there was no such law at the time.)",
        "Now let's look at the second bridge in the same way.",
        "Imagine a kettle that never boils while anybody looks at it.",
        "Some details are in the appendix at the end of the report.",
        "I'd update towards the flood if a second layer of mud were found.",
        'Here, "yield" means the weight of the grain after drying.',
        "So currently, I agree.",
    ],
)
def test_talk_about_the_talk_is_told(sentence: str) -> None:
    assert chatter.of(sentence)
    text = view(f"Towns grew slowly then.\n\n{sentence}\n")
    assert not [one for one in extract(text).statements if text.text[one.start : one.end] in sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "I think that the treaty was misunderstood.",
        "You can see the effect of the tariff in the price of salt.",
        "Let us not forget that the bridge was never paid for.",
        "I agree that the census undercounts the poor.",
        "The last point of the treaty is a trap.",
        "(1) The guild was older than the town. (2) The town was poor.",
        "For example, the mill at the weir closed in that year.",
        "The appendix of the report contradicts its summary.",
        "Most important is that the court was never asked.",
    ],
)
def test_what_says_something_is_not(sentence: str) -> None:
    assert not chatter.of(sentence)
