"""Paragraphs of somebody else's in a reply whose copy has lost its quote marks."""

from __future__ import annotations

import pytest

from kb.extract import extract, voice
from kb.extract.model import Quotable
from tests.kb.extract.views import view


def _quoted(*paragraphs: str, kind: str = "comment", post: str = "") -> list[int]:
    """The numbers, from 0, of the paragraphs that are another's."""
    text = "\n\n".join(paragraphs) + "\n"
    quotable = (Quotable("s9", post),) if post else ()
    seen = voice.read(view(text, None, "comment.txt", kind=kind, quotable=quotable))
    return sorted(seen.voices.quoted)


RENTS = "Rent control keeps the poor in the city, and no study has found otherwise"
TRIAL = "The trial was too short to show any effect on the heart."
BRIDGE = "Every bridge of that type has failed within forty years of its opening."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (RENTS, "I agree with this, but the studies are all of one city."),
        (RENTS, "This isn't quite right. The studies look at tenants who stay."),
        (TRIAL, "I'm confused by this claim, since the trial ran for six years."),
        (TRIAL, "On the first point, the trial ran for six years and had a thousand patients."),
        (TRIAL, "Not sure I follow. The trial ran for six years."),
        (BRIDGE, "Strong disagree. The one at Carn has stood for ninety."),
        (BRIDGE, "Why do you think every bridge of that type fails? The one at Carn has stood for ninety."),
        (BRIDGE, "+1 to this, and the inspectors knew."),
        (BRIDGE, "Yeah, the inspectors knew that too."),
        (TRIAL, "I read this as saying that two years would have been enough."),
        (TRIAL, "This is not how I understand the protocol, which asks for six years."),
        ("The emperor never meant to hold the province.", "By “never meant to hold” I suppose you mean after the war?"),
        ("Knowledge is justified true belief and nothing else.", "FWIW, I disagree with this definition."),
        ("Kant never says that lying is always wrong.", "Doesn't he? The essay on a right to lie says so."),
        ("Nobody in Paris expected the Americans to leave.", "I think Keynes did; see his letters of March."),
        ("Steel frames cannot be used above forty storeys.", "They can, and have been since the 1930s."),
        ("Vaccination made no difference to the towns.", "That is a common misreading of the parish data."),
        ("A wall cannot be tested by knocking on it.", "This matches my experience as a surveyor."),
    ],
)
def test_a_paragraph_that_the_next_one_answers_is_anothers(said: str, answer: str) -> None:
    assert _quoted(said, answer) == [0]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (BRIDGE, "This isn't to say that nothing of that type should be built."),
        (BRIDGE, "I agree that the inspectors should have said so."),
        (RENTS + ".", "Sure, wages rose as well. But rents rose faster."),
        (RENTS + ".", "I'm not sure about this, though."),
        (TRIAL, "As for the second question, the dose was the same in both arms."),
        (TRIAL, "I think the authors should say so in the abstract."),
        (TRIAL, "It was, of course, stopped early for another reason."),
        (TRIAL, "It did cost a lot, and few of the patients came back."),
        (TRIAL, "Could you say why the trial was stopped?"),
        ("Thanks for writing this up so carefully for us.", "I agree with this, and would add one case."),
        ("You say that every bridge of that type has failed.", "I disagree with this."),
        ("The post argues that every bridge of that type has failed.", "I disagree with this."),
        ("Critics say that every bridge of that type has failed.", "This is wrong."),
        ("Is it wise to build one more bridge of that type?", "No, I would not."),
        ("Another explanation is that the firms hoard labour.", "This seems plausible, given what the survey says."),
        ("My understanding is that the bridge was never inspected.", "Is this right?"),
        ("Naively, the price is what it costs to make the thing.", "This isn't right, as every shop knows."),
        ("I agree with this.", "Not sure I follow the second part of what you write."),
        ("Two things:", "I agree with this."),
    ],
)
def test_a_paragraph_of_ones_own_is_ones_own(paragraphs: tuple[str, ...]) -> None:
    assert _quoted(*paragraphs) == []


def test_what_is_cut_off_at_either_end_needs_less_of_an_answer() -> None:
    assert _quoted("and no study has found that the poor stay in the city", "Two studies did, in fact.") == [0]
    assert _quoted(RENTS, "I think two studies did, in fact.") == [0]
    assert _quoted(RENTS + ".", "I think two studies did, in fact.") == []
    assert _quoted("The dam [...] was never inspected.", "I think that it was, twice.") == [0]


def test_who_writes_small_is_not_cut_off() -> None:
    assert _quoted("rents rose in every city.", "wages did not rise.", "so people left the city.") == []


def test_a_quote_may_be_announced() -> None:
    lead = "The following passage is what I do not understand:"
    assert _quoted(lead, "The dam was built in a dry year.", "It rained all year.") == [1]


def test_a_question_that_is_announced_as_anothers_is_anothers() -> None:
    asked = "Why did the guilds resist the new looms?"
    assert _quoted("In response to your second question:", asked, "Because the looms did away with apprentices.") == [1]
    assert _quoted("One more thing:", asked, "Because the looms did away with apprentices.") == []


def test_only_replies_quote_so() -> None:
    assert _quoted(RENTS, "I agree with this.", kind="post") == []


def test_words_that_stand_in_what_is_answered_are_its_authors_words() -> None:
    post = f"Cities are dear. {RENTS}. Wages did not rise."
    assert _quoted("Nice.", RENTS + ".", "There are two studies that found it.", post=post) == [1]


def test_what_is_said_there_is_said_by_somebody_and_answered_by_the_author() -> None:
    seen = view(f"{BRIDGE}\n\nThis isn't quite right. I think that the one at Carn is sound.\n", None, kind="comment")
    voices = {(s.voice, s.speaker) for s in extract(seen).statements}
    assert voices == {("quoted", None), ("author", "Ada")}
    read = voice.read(seen)
    quoted, answer = read.blocks.values()
    assert read.answered(answer) == quoted
