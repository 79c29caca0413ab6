"""A quote is shown between the sentences it stands between."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.review.context import excerpt
from kb.store.open import open_reader
from tests.kb.review.review_texts import BATTERY, BOATS, COUNT, RECEIVER, propose, source_id, suggest, two_texts


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


def test_a_quote_has_the_sentences_before_and_after_it_and_its_place(home: Path) -> None:
    name = suggest(home, RECEIVER)
    with open_reader(home) as store:
        seen = excerpt(store, name)
    assert (seen.before, seen.quote) == ("Every ship carries a receiver today.", RECEIVER)
    assert seen.after == "A lamp is seen by those who look."
    assert (seen.title, seen.heading[-1]) == ("Lighthouses are not needed", "Ships have better instruments")


def test_at_the_edge_of_a_paragraph_the_next_one_is_shown(home: Path) -> None:
    first, last = suggest(home, BATTERY), suggest(home, COUNT)
    with open_reader(home) as store:
        assert excerpt(store, first).before == ""
        assert excerpt(store, last).before == "I would keep the lamps."


def test_a_heading_is_shown_with_what_follows_it(home: Path) -> None:
    name = suggest(home, "What remains")
    with open_reader(home) as store:
        seen = excerpt(store, name)
    assert (seen.before, seen.after) == ("", BOATS)


def test_whole_texts_links_and_what_is_gone_have_a_text_too(home: Path) -> None:
    start, end = suggest(home, BATTERY), suggest(home, RECEIVER)
    link, source = propose(home, start, "attacks", end), source_id(home, "On lamps")
    with open_reader(home) as store:
        assert excerpt(store, link).text == f"“{BATTERY}” attacks “{RECEIVER}”"
        assert excerpt(store, source).title == "On lamps"
        assert excerpt(store, "c00000000").text == "c00000000"
