"""Which words at the beginning of a statement only tie it to what was said before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.openings import without_ties


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("But the bridge failed in the first storm.", "The bridge failed in the first storm."),
        ("So I think the tariff raised prices.", "I think the tariff raised prices."),
        ("And yet another survey found nothing.", "Yet another survey found nothing."),
        ("Though the dose might be too low.", "The dose might be too low."),
        ("Though I expect little (the sample is old, too).", "I expect little (the sample is old, too)."),
        ("However, nobody measured the load.", "Nobody measured the load."),
        ("Also, the archive is incomplete.", "The archive is incomplete."),
        ("Second, you are comparing two wars.", "You are comparing two wars."),
        ("Then the pressure falls.", "The pressure falls."),
        ("Because guilds were small.", "Guilds were small."),
        ("I mean, the trial was tiny.", "The trial was tiny."),
        ("Yes, but well, the trial was tiny.", "The trial was tiny."),
        ("Thus nearly all of it was lost.", "Nearly all of it was lost."),
        ("That said, wages rose.", "Wages rose."),
        ("[Paper summarized here] And I doubt that it works.", "I doubt that it works."),
        ("For example, eBay kept its fees.", "eBay kept its fees."),
        ("But so far wages have risen.", "So far wages have risen."),
        ("In the same vein, courts are slow.", "Courts are slow."),
    ],
)  # fmt: skip
def test_what_only_ties_a_sentence_to_the_one_before_is_dropped(said: str, words: str) -> None:
    assert without_ties(said) == words


@pytest.mark.parametrize(
    "said",
    [
        "So far nobody has read the ledger.",
        "So much depends on the harvest here.",
        "So-called experts missed the crash.",
        "So that wages rise, taxes must fall.",
        "Still life painting declined after 1700.",
        "Still waters run deep here.",
        "And so on through the whole list.",
        "But for the treaty there would be war.",
        "Yet another survey found nothing.",
        "Second-order effects dominate.",
        "Second thoughts are cheap.",
        "First principles matter most here.",
        "Then-president Adams signed the bill.",
        "Then and now, courts are slow.",
        "Also known as the corn law, it raised prices.",
        "Though small, the trial was sound.",
        "Though the dose was low, the effect was clear.",
        "However hard we try, bridges fail.",
        "Because steel is cheap, bridges are long.",
        "Because it rains it floods.",
        "Because of the tariff prices rose.",
        "No court is fast.",
        "Well water is clean there.",
        "Right now courts are slow.",
        "Next year prices rise.",
        "Thus far courts are slow.",
        "See how prices rose.",
        "Though.",
    ],
)
def test_what_says_something_itself_stays(said: str) -> None:
    assert without_ties(said) == said


@given(st.text())
def test_no_word_is_made_up(text: str) -> None:
    assert text.lower().endswith(without_ties(text).lower()) or not text.isascii()
