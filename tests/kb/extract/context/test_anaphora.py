"""What a sentence leaves open, and what it does not."""

from __future__ import annotations

import pytest

from kb.extract.context.anaphora import left_open
from kb.extract.context.antecedents import Kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("It raised the price of bread.", Kind.THING),
        ("I don't expect it to be stronger than steel.", Kind.THING),
        ("Maybe we should apply it to ships.", Kind.THING),
        ("In that sense, diaries are the better record.", Kind.SAID),
        ("Others predict that wages will lag.", Kind.SAID),
        ("They never measured the load.", Kind.THINGS),
        ("My guess would be they're short of money.", Kind.THINGS),
        ("You're ignoring that patients hate them.", Kind.THINGS),
        ("He argues that wages lag behind prices.", Kind.PERSON),
        ("This is why bridges fail.", Kind.SAID),
        ("I think this could go a long way.", Kind.SAID),
        ("That seems like very little support.", Kind.SAID),
        ("I don't think there's any evidence for that being correct.", Kind.SAID),
        ("These results rest on twelve patients.", Kind.NOUN),
        ("I think that paper is some evidence for a famine.", Kind.NOUN),
        ("It would be nice to have bridges that survive this test.", Kind.NOUN),
        ("Such treaties rarely last.", Kind.NOUN),
        ("The question is whether wages or prices moved first.", Kind.SAID),
        ("Another problem is the cost of steel.", Kind.SAID),
        ("The latter group lost its land.", Kind.SAID),
        ("Not the most direct way.", Kind.SAID),
        ("Correctly points out that most trials are short.", Kind.SAID),
        ("An example of 1. would be a wage freeze.", Kind.SAID),
        ("The technique might help with slow courts.", Kind.NOUN),
        ("Everybody has been in favour of that since about 1870.", Kind.SAID),
        ("Argues that a trial proves little elsewhere.", Kind.SAID),
        ("Probably doesn't change the price by much.", Kind.SAID),
        ("If I ask them for an estimate, they refuse.", Kind.THINGS),
        ("Perhaps, if we build canals, this kind of barge pays.", Kind.NOUN),
        ("Requires a licence in every port.", Kind.SAID),
        ("If the harvest fails, this kind of tax ruins farmers.", Kind.NOUN),
        ("I disagree.", Kind.OTHER),
        ("Currently, I agree.", Kind.OTHER),
        ("What you call courage is fear.", Kind.OTHER),
        ("You say that guilds kept prices high.", Kind.OTHER),
        ("Your point about guilds is too strong.", Kind.OTHER),
        ("This paper asks why bridges fail.", Kind.TEXT),
    ],
)
def test_what_points_out_of_its_sentence_is_open(words: str, kind: Kind) -> None:
    assert kind in {one.kind for one in left_open(words)}


@pytest.mark.parametrize(
    "words",
    [
        "It is hard to say how many people starved.",
        "It is sometimes said that guilds kept prices high.",
        "Landlords raise rents, so tenants pay them.",
        "It seems unlikely that guilds kept prices high.",
        "The tariff failed because it raised the price of bread.",
        "If the loan is cheap, people take it.",
        "Farmers sold their land when they could.",
        "Keynes said that he had been wrong.",
        "When they are asked, most patients say no.",
        "Copper is soft and cheap, and this makes it popular.",
        "I agree that releasing the files was right.",
        "People who keep diaries are honest.",
        "The bridge that fell was new.",
        "Those who own land vote.",
        "Wages will rise this year.",
        "May 1945 ended the war in Europe.",
        "Must a court be slow?",
        "Metals such as copper conduct heat.",
        "There is such a thing as too much steel.",
        "Not all bridges fail.",
        "True believers never recant.",
        "Looks matter in politics.",
        "Both wages and prices rose.",
        "The problem with tariffs is that prices rise.",
        "I share Ann's intuition here that it is hard to do better than steel.",
        "Mentors themselves should say more.",
        "Interpretation needs a theory, and I believe that interpretation may fail.",
    ],
)
def test_what_says_itself_what_it_means_is_not(words: str) -> None:
    assert not left_open(words)


def test_a_statement_of_two_sentences_leans_on_nothing_where_the_second_leans_on_the_first() -> None:
    assert not left_open("Tariffs raise the price of bread. This hurts the poor most.")
    assert left_open("Not quite. This hurts the rich.")
