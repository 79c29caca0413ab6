"""Three versions of a text made one: nothing of either side is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.text.merge import Clash, blocks, common, merge

BASE = "Frogs count.\n\nToads do not.\n\nNewts might."


@pytest.mark.parametrize(
    ("kept", "other", "merged"),
    [
        (BASE, BASE + "\n\nMine.", BASE + "\n\nMine."),
        (BASE.replace("count", "sing"), BASE + "\n\nMine.", BASE.replace("count", "sing") + "\n\nMine."),
        (BASE.replace("count", "sing"), BASE.replace("do not", "do"), "Frogs sing.\n\nToads do.\n\nNewts might."),
        ("Toads do not.\n\nNewts might.", BASE + "\n\nMine.", "Toads do not.\n\nNewts might.\n\nMine."),
        (BASE + "\n\nHers.", BASE + "\n\nMine.", BASE + "\n\nHers.\n\nMine."),
        (BASE + "\n\nBoth.", BASE + "\n\nBoth.", BASE + "\n\nBoth."),
        ("- a\n- b\n- c", "- a\n- b\n- c\n- d", "- a\n- b\n- c\n- d"),
    ],
)
def test_changes_that_do_not_touch_are_both_there(kept: str, other: str, merged: str) -> None:
    base = "- a\n- b\n- c" if kept.startswith("-") else BASE
    assert (merge(base, kept, other).text, merge(base, kept, other).clashes) == (merged, ())


def test_two_items_of_one_list_are_two_places() -> None:
    assert merge("- a\n- b\n- c\n", "- A\n- b\n- c\n", "- a\n- b\n- C\n").text == "- A\n- b\n- C\n"


def test_one_block_changed_in_two_ways_is_a_clash_that_hands_over_the_other_words() -> None:
    merged = merge(BASE, BASE.replace("do not", "cannot"), BASE.replace("do not", "will not"))
    assert merged.text == BASE.replace("do not", "cannot")
    assert merged.clashes == (Clash("Toads cannot.", "Toads will not."),)


@pytest.mark.parametrize("swap", [False, True])
def test_what_one_side_changed_stays_where_the_other_left_it_out(swap: bool) -> None:
    changed, without = BASE.replace("do not", "cannot"), "Frogs count.\n\nNewts might."
    merged = merge(BASE, without, changed) if swap else merge(BASE, changed, without)
    assert merged.text == changed
    assert merged.clashes == (Clash("Toads cannot.", ""),)


def test_a_fenced_piece_is_one_block() -> None:
    text = "Before.\n\n```\n- one\n\n- two\n```\n\nAfter."
    assert blocks(text) == ["Before.\n\n", "```\n- one\n\n- two\n```\n\n", "After."]


def test_what_two_versions_share_is_what_they_grew_from() -> None:
    assert common(BASE, BASE.replace("Toads do not.\n\n", "") + "\n\nMine.").split() == [
        "Frogs",
        "count.",
        "Newts",
        "might.",
    ]


def test_of_equal_blocks_both_sides_keep_what_both_have() -> None:
    assert merge("- a\n- a\n- b", "- a", "- a\n- b").text.strip() == "- a"


lines = st.sampled_from(["alpha", "beta", "- gamma", "- delta", "# head", "", "", "```", "| a | b |", "claim:: x"])
texts = st.lists(lines, max_size=12).map("\n".join)


@given(texts)
def test_the_blocks_of_a_text_are_the_text(text: str) -> None:
    assert "".join(blocks(text)) == text


@settings(max_examples=1000)
@given(texts, texts, texts)
def test_no_block_of_either_side_is_lost(base: str, kept: str, other: str) -> None:
    merged = merge(base, kept, other)
    there = set(merged.text.splitlines())
    there |= {line for clash in merged.clashes for line in (*clash.kept.splitlines(), *clash.other.splitlines())}
    old = set(base.splitlines())
    assert (set(kept.splitlines()) | set(other.splitlines())) - old <= there | {""}
    one, two = ({block.strip() for block in blocks(text)} for text in (kept, other))
    assert all(block in merged.text for block in one & two)  # what both still have


@given(texts, texts)
def test_merging_again_changes_nothing(base: str, kept: str) -> None:
    assert merge(base, kept, base).text == kept
    assert merge(base, base, kept).text == kept
    assert merge(base, kept, kept).text == kept
