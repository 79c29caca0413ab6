"""Quotes made short, who is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.graph.questions import clauses

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
