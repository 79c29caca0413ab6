"""A talk as Markdown: who said what when comes back, whatever the words hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.conversations.talk import Message, compose, structure
from kb.model import moments

WORDS = st.text(st.sampled_from("ab *_`~%$<>[]()#|-\n\\·1:!"), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3))
def test_what_a_message_holds_ends_with_it(bodies: list[str]) -> None:
    said = [Message("Ada", f"w{number} {body}", "09:12") for number, body in enumerate(bodies)]
    text = compose([*said, Message("End", "the end", "09:13")])
    blocks, _ = structure(text)
    assert text[blocks[-1].start : blocks[-1].end] == "the end"
    assert (blocks[-1].speaker, blocks[-1].turn, blocks[-1].label) == ("End", len(bodies), "09:13")
    assert {block.speaker for block in blocks[:-1]} <= {"Ada", None}


@pytest.mark.parametrize(
    "body", ["```\nopen", "%% open", "<!-- open", "$$\nopen", "**Bo** · 09:14", "~~~\nx\n```", "- [ ] x"]
)
def test_open_ends_and_false_heads(body: str) -> None:
    blocks, _ = structure(compose([Message("Ada", body), Message("Bo", "Yes.", to="Ada")]))
    assert (blocks[-1].speaker, blocks[-1].turn) == ("Bo", 1)


def test_an_answer_hangs_under_what_it_answers() -> None:
    said = [
        Message("Ada", "One.", "2024-05-01 09:00"), Message("Ada", "Two.", "2024-05-01 09:05"),
        Message("Bo", "To the first.", "2024-05-01 09:10", to="Ada", at="2024-05-01 09:00", facts="👍 3"),
    ]  # fmt: skip
    blocks, _ = structure(compose(said))
    assert [block.parent for block in blocks] == [None, None, 0]


def test_links_of_heads_are_no_references() -> None:
    text = compose([Message("Ada", "See [this](https://a.example).", "12:34", "https://youtu.be/x?t=754s")])
    assert [one.target for one in structure(text)[1]] == ["https://a.example"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc&t=3s", "https://www.youtube.com/watch?v=abc&t=754s"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=754s"),
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871#t=754s"),
        ("https://a.example/talk", None),
        (None, None),
    ],
)
def test_the_address_of_a_moment(url: str | None, expected: str | None) -> None:
    assert moments.address(url, 754.2) == expected
    assert moments.seconds(moments.clock(754)) == 754
    assert moments.seconds("1:02:03") == 3723
    assert moments.seconds("p. 12") is None
