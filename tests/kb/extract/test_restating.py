"""What restates the other's view, and is not its speaker's; what only speaks of it."""

from __future__ import annotations

import pytest

from kb.extract import voice
from kb.extract.model import Said
from tests.kb.extract.views import view

RESTATED = [
    "You're saying that most bridges are safe.",
    "First, you are saying that the dam was never needed.",
    "You point out that even small towns had a mint.",
    "You said you don't think there's any reason why wages would fall.",
    "A lot of the arguments you bring relate to the price of copper.",
    "Your claim is that the vaccine came too late.",
    "So your worry about the trial is that nobody was blinded.",
    "Trying to restate your objection: a map of the mind is no mind.",
    "If I understand you correctly, you think that rents are fixed.",
    "Second, you are comparing the reactor to a kettle, to point out that both only boil water.",
    "In your view, the war was lost in 1915.",
]
EXPECTED = [
    "Although I expect you'll say that copper was dear by then.",
    "I suspect some readers will object that the sample is small.",
    "Some of you will now write to tell me that I have explained virtue away.",
    '"So you think the plague was a blessing?" — no, please.',
]
OWN = [
    "You say that the sample is small, but it is the largest there is.",
    "You are ignoring that patients hate these pills.",
    "Your claim that wages fall is wrong.",
    "You wrote a good post about dams.",
    "You claim too much.",
    "A lot of the arguments you bring are wrong.",
    "If you say that twice, the guide closes the gate.",
    "Your bridge is safe only while nobody crosses it.",
    "I expect that copper will be dear by then.",
]


def _said(text: str) -> Said:
    seen = voice.read(view(text))
    block = seen.blocks[0]
    return voice.of_span(seen, block, block.start, block.end)


@pytest.mark.parametrize("sentence", RESTATED + EXPECTED)
def test_it_is_not_the_writers(sentence: str) -> None:
    assert _said(sentence) == Said("quoted", None)


@pytest.mark.parametrize("sentence", OWN)
def test_it_is_the_writers(sentence: str) -> None:
    assert _said(sentence) == Said("author", "Ada")


TALK = "Ada: The dam is old.\n\nBo: {}\n\nAda: It is.\n\nBo: Good.\n\nAda: Well.\n\nBo: So be it.\n"


@pytest.mark.parametrize(
    ("words", "last", "said"),
    [
        ("You're saying that the dam is old.", "the dam is old.", Said("named", "Ada")),
        ("I expect you'll say that the dam is old.", "the dam is old.", Said("quoted", None)),
        (
            "Let me summarize your points. The dam was built in haste.",
            "The dam was built in haste.",
            Said("named", "Ada"),
        ),
        ("Let me summarize your points. I doubt them.", "I doubt them.", Said("author", "Bo")),
        ("The dam is young.", "The dam is young.", Said("author", "Bo")),
    ],
)
def test_in_a_talk_of_two_it_is_the_others(words: str, last: str, said: Said) -> None:
    seen = voice.read(view(TALK.format(words), "transcript", "talk.txt"))
    block = next(block for block in seen.blocks.values() if words in seen.quote(block))
    assert voice.of_span(seen, block, seen.text.index(last, block.start), block.end) == said


def test_of_three_it_is_whoever_speaks_before_and_after() -> None:
    text = (
        "Ada: The dam is old.\n\nBo: You're saying that it leaks.\n\n{}: It does.\n\nCy: Ah.\n\nBo: No.\n\nAda: Yes.\n"
    )
    for after, said in (("Ada", Said("named", "Ada")), ("Cy", Said("quoted", None))):
        seen = voice.read(view(text.format(after), "transcript", "talk.txt"))
        block = next(block for block in seen.blocks.values() if block.speaker == "Bo")
        assert voice.of_span(seen, block, block.start, block.end) == said


def test_who_is_nobody_in_particular_is_not_named() -> None:
    text = "Ada: Dams are old.\n\nBo: No.\n\nAudience member: Is a smaller dam cheaper?\n\nAda: Yes.\n\nBo: No.\n"
    seen = voice.read(view(text, "transcript", "talk.txt"))
    block = next(block for block in seen.blocks.values() if "smaller" in seen.quote(block))
    assert voice.of_span(seen, block, block.start, block.end) == Said("quoted", None)
    assert seen.authors == ("Ada", "Bo")
