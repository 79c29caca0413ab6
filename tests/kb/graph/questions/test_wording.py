"""Markers with which one turns to the other, quotes made short, who is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.graph.questions import clauses, markers


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("I agree that the gates are old.", "agrees"),
        ("I agree, but the gates are old.", "partly"),
        ("You're right that the gates are old.", "agrees"),
        ("I strongly disagree with that.", "disagrees"),
        ("I don’t agree that the gates are old.", "disagrees"),
        ("That's not quite how I would put it.", "objects"),
        ("I think I can buy this, but I still don't feel like you've explained the price.", "objects"),
        ("Yes, but the gates are old.", "objects"),
        ("You said that the gates are old.", "takes up"),
        ("Do you agree that the gates are old?", None),
        ("I think that the gates are old.", None),
        ("Nobody can disagree about the weather in here.", None),
    ],
)
def test_what_a_sentence_says_of_the_others_words(sentence: str, sense: str | None) -> None:
    marker = markers.find(sentence, opening=True)
    assert (marker.sense if marker else None) == sense


def test_yes_but_counts_only_where_an_answer_opens() -> None:
    assert markers.find("Yes, but the gates are old.") is None


@given(st.text(max_size=200), st.booleans())
def test_a_marker_stands_within_its_sentence(sentence: str, opening: bool) -> None:
    marker = markers.find(sentence, opening=opening)
    assert marker is None or 0 <= marker.start < marker.end <= len(sentence)


_WORDS = st.lists(
    st.sampled_from(["gate,", "sluice", "because", "mill;", "(old)", "herring.", "and", "tide"]), max_size=60
)


@given(_WORDS, st.integers(20, 120))
def test_a_shortened_quote_is_the_same_words_with_gaps_marked(words: list[str], limit: int) -> None:
    text = " ".join(words)
    short = clauses.shorten(text, limit)
    assert len(short) <= limit + 20
    kept = short.strip("… ")
    bare = re.sub(r"[\s,;:—–.]+$", "", kept)
    assert bare in text
    assert (short == text) or "…" in short or not text


def test_a_quote_keeps_the_clause_that_is_worth_most() -> None:
    text = "Even if every gate were made of the oak that our grandfathers used, it seems to me that the tide wins."
    assert clauses.shorten(text, 50, lambda clause: float("tide" in clause)) == "… it seems to me that the tide wins."


def test_one_first_name_of_two_people_is_ambiguous(kb: Callable[..., Any], tmp_path: Path) -> None:
    for number, name in enumerate(("Ada Brandt", "Ada Moss", "Kofi Lind")):
        (tmp_path / f"{number}.md").write_text(f"# Note {number}\n\nI think that gate {number} should be closed.\n")
        kb("add", tmp_path / f"{number}.md", "--no-embed", "--author", name)
    found = kb("compare", "Ada", "Kofi", "--json")
    assert found.code == 3
    assert {one["id"] for one in found.json["error"]["candidates"]} == {"Ada Brandt", "Ada Moss"}
    assert kb("compare", "Brandt", "Kofi").code == 0
    assert kb("compare", "Ada Moss", "Ada Brandt").code == 0
