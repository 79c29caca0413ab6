"""Quotes made short, names of subjects, who is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.graph.questions import clauses, wording

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


def test_a_subject_is_named_by_what_both_say_and_few_others_do() -> None:
    others = [f"The weather of year {n} was said to be good by people." for n in range(9)]
    said = [(0, "The sluice gate harms the herring."), (1, "No herring was ever harmed by a sluice gate.")]
    texts = [text for _, text in said]
    label = wording.label(said, texts, wording.count([*texts, *others]), 11)
    assert "herring" in label
    assert "sluice gate" in label


def test_one_first_name_of_two_people_is_ambiguous(kb: Callable[..., Any], tmp_path: Path) -> None:
    for number, name in enumerate(("Ada Brandt", "Ada Moss", "Kofi Lind")):
        (tmp_path / f"{number}.md").write_text(f"# Note {number}\n\nI think that gate {number} should be closed.\n")
        kb("add", tmp_path / f"{number}.md", "--no-embed", "--author", name)
    found = kb("compare", "Ada", "Kofi", "--json")
    assert found.code == 3
    assert {one["id"] for one in found.json["error"]["candidates"]} == {"Ada Brandt", "Ada Moss"}
    assert kb("compare", "Brandt", "Kofi").code == 0
    assert kb("compare", "Ada Moss", "Ada Brandt").code == 0
