"""Copied lines as Markdown."""

from __future__ import annotations

from importers.layout import hard_wrapped, layout


def test_a_list_nests_under_numbers() -> None:
    lines = ["Text", "1. a", "    • b", "       more of b", "2. c", "after", "```", " code", "```"]
    assert layout(lines).split("\n") == [
        "Text", "", "1. a", "   - b", "     more of b", "2. c", "", "after", "```", " code", "```",
    ]  # fmt: skip


def test_lines_are_wrapped_where_they_end_at_a_margin() -> None:
    line = "words that go on and on until the margin of the page cuts them off"
    assert hard_wrapped([line] * 5)
    assert not hard_wrapped([line + "."] * 5)
    assert not hard_wrapped([line * 2] * 5)
    assert not hard_wrapped(["short"] * 5)
