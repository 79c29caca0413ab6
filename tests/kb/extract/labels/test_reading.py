"""One label is read by its word, its number and what it answers; words that only look like one are none."""

from __future__ import annotations

import pytest

from kb.extract.labels import reading
from kb.extract.labels.vocabulary import Role


@pytest.mark.parametrize(
    ("text", "role", "number", "answers", "words"),
    [
        ("**Objection 2.** The data are old", Role.ATTACK, "2", None, "The data are old"),
        ("Objection: the data are old", Role.ATTACK, None, None, "the data are old"),
        ("Objection (cost): it is dear", Role.ATTACK, None, None, "it is dear"),
        ("Con — it is dear", Role.ATTACK, None, None, "it is dear"),
        ("*Pro*: it is cheap", Role.SUPPORT, None, None, "it is cheap"),
        ("[Pro] it is cheap", Role.SUPPORT, None, None, "it is cheap"),
        ("(Con) it is dear", Role.ATTACK, None, None, "it is dear"),
        ("pro: cheap", Role.SUPPORT, None, None, "cheap"),
        ("Good, because we know it", Role.SUPPORT, None, None, "we know it"),
        ("Bad, because it is new", Role.ATTACK, None, None, "it is new"),
        ("Third argument: birds return", Role.SUPPORT, "3", None, "birds return"),
        ("Reply to Objection 1. As said", Role.REPLY, None, "1", "As said"),
        ("Reply to the second objection. It is not", Role.REPLY, None, "2", "It is not"),
        ("Response to 3: no", Role.REPLY, None, "3", "no"),
        ("Author response: agreed", Role.REPLY, None, None, "agreed"),
        ("Rebuttal. It holds", Role.REPLY, None, None, "It holds"),
        ("Reply to the reply: no", Role.REJOINDER, None, None, "no"),
        ("Counter-argument 1 - it rains", Role.COUNTER, "1", None, "it rains"),
        ("Premise 1. All ravens are black", Role.PREMISE, "1", None, "All ravens are black"),
        ("**Against:**", Role.ATTACK, None, None, ""),
    ],
)
def test_a_label_before_words(text: str, role: Role, number: str | None, answers: str | None, words: str) -> None:
    label = reading.at_start(text, 0, len(text))
    assert label is not None
    assert (label.role, label.number, label.answers, text[label.end :]) == (role, number, answers, words)


@pytest.mark.parametrize(
    "text",
    [
        "For example: a tide table", "Response time: 3 ms", "Against this, one may say much", "Con Smith: hello",
        "Objection of the court was noted", "Pro tip: use a towel", "Claims were made", "For. A. Long", "reply. It was",
        "claim:: Herons nest in trees", "Argument from design: a history", "Reasonable people differ: here is why",
    ],
)  # fmt: skip
def test_words_that_begin_like_a_label(text: str) -> None:
    assert reading.at_start(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("title", "role", "plural"),
    [
        ("Pros", Role.SUPPORT, True),
        ("Arguments against tolls", Role.ATTACK, True),
        ("Arguments in favour", Role.SUPPORT, True),
        ("2.1 Possible objections", Role.ATTACK, True),
        ("Strengths of the paper", Role.SUPPORT, True),
        ("The case against", Role.ATTACK, False),
        ("Objection 2", Role.ATTACK, False),
        ("Replies to objections", Role.REPLY, True),
        ("Objections and replies", Role.ATTACK, True),
        ("Negative Consequences", Role.ATTACK, True),
    ],
)
def test_a_heading_that_is_a_label(title: str, role: Role, plural: bool) -> None:
    label = reading.whole(title)
    assert label is not None
    assert (label.role, label.plural) == (role, plural)


@pytest.mark.parametrize(
    "title",
    [
        "Pros and cons", "Strengths and weaknesses", "Against method", "For whom it is", "Argument from design",
        "Response to stress", "Evidence for plate tectonics", "Conclusion", "Prospects", "Advantages of A and B",
        "Problem statement", "Replying to mail", "Benefits office",
    ],
)  # fmt: skip
def test_headings_that_are_none(title: str) -> None:
    assert reading.whole(title) is None
