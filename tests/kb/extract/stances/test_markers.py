"""Words with which one turns to what another has said, and near misses that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.extract.stances import markers


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("I agree that the gates are old.", "agrees"),
        ("I couldn't agree more with the last point.", "agrees"),
        ("You're right that the gates are old.", "agrees"),
        ("You then correctly say that the trial was small.", "agrees"),
        ("That's a fair point about the cost of labour.", "agrees"),
        ("I agree, but the gates are old.", "partly"),
        ("You're right that the sample was small, but the effect was large.", "partly"),
        ("I strongly disagree with that.", "disagrees"),
        ("I don’t agree that the gates are old.", "disagrees"),
        ("I don't buy that.", "disagrees"),
        ("I'm not convinced that wages follow prices.", "disagrees"),
        ("No, the treaty was signed in spring.", "disagrees"),
        ("That's not quite how I would put it.", "objects"),
        ("I think I can buy this, but I still don't feel like you've explained the price.", "objects"),
        ("Yes, but the gates are old.", "objects"),
        ("What you call growth is really just inflation.", "objects"),
        ("Your point about permits is fair to a degree, but permits follow interest rates.", "objects"),
        ("You said that the gates are old.", "takes up"),
        ("So you're saying that nobody is to blame?", "sums up"),
        ("Let me summarize your points.", "sums up"),
        ("If I understand you correctly, the drug only helps the young.", "sums up"),
        # near misses
        ("Do you agree that the gates are old?", None),
        ("I think that the gates are old.", None),
        ("Nobody can disagree about the weather in here.", None),
        ("We may disagree about how much progress this is.", None),
        ("If so, I agree for the first half of it.", None),
        ("I would agree if the sample were larger.", None),
        ("If you're right, the bridge falls tomorrow.", None),
        ("You can correctly guess the answer from a few examples.", None),
        ("“I disagree” is what nobody in the room would say.", None),
        ("I'm not saying you're wrong.", None),
        ("I used to agree with the old school.", None),
    ],
)
def test_what_a_sentence_says_of_the_others_words(sentence: str, sense: str | None) -> None:
    marker = markers.find(sentence, opening=True)
    assert (marker.sense if marker else None) == sense


@pytest.mark.parametrize("sentence", ["Yes, but the gates are old.", "No, the gates are old.", "Exactly."])
def test_a_yes_or_no_counts_only_where_an_answer_opens_and_nothing_was_asked(sentence: str) -> None:
    assert markers.find(sentence, opening=True) is not None
    assert markers.find(sentence) is None
    assert markers.find(sentence, opening=True, asked=True) is None


@pytest.mark.parametrize(
    ("sentence", "after", "sense"),
    [
        ("I agree that the drug helps.", "However, it costs more than the ward has.", "partly"),
        ("I agree that the drug helps.", "But what does it cost?", "takes up"),
        ("Good point.", "I would still keep the old rule.", "partly"),
        ("I agree, but I would go further.", "", "takes up"),
        ("I agree, but for a different reason.", "", "takes up"),
        ("I agree that the drug helps.", "It is cheap as well.", "agrees"),
    ],
)
def test_who_agrees_and_goes_on_to_object_objects(sentence: str, after: str, sense: str) -> None:
    marker = markers.find(sentence, opening=True, after=after)
    assert marker is not None
    assert marker.sense == sense


def test_what_others_are_said_to_hold_is_not_the_others_word() -> None:
    assert markers.find("I don't buy that.", before="Some economists say that a cap always fails.") is None
    assert markers.find("I don't buy that.", before="You say that a cap always fails.") is not None


@pytest.mark.parametrize(
    ("sentence", "third"),
    [
        ("I disagree with Friedman about bombing.", True),
        ("I agree with them on the old.", True),
        ("I disagree with Ada about bombing.", False),
        ("I disagree about bombing.", False),
    ],
)
def test_a_stance_towards_a_third_one(sentence: str, third: bool) -> None:
    marker = markers.find(sentence)
    assert marker is not None
    assert markers.with_somebody_else(sentence, marker, {"ada", "kofi"}) == third


_WORDS = st.lists(
    st.sampled_from(["I", "you", "agree", "disagree", "but", "yes,", "that's", "not", "“right”", "wrong?"])
)


@given(_WORDS, st.booleans())
@settings(max_examples=50)
def test_a_marker_stands_within_its_sentence(words: list[str], opening: bool) -> None:
    sentence = " ".join(words)
    marker = markers.find(sentence, opening=opening)
    assert marker is None or 0 <= marker.start < marker.end <= len(sentence)
