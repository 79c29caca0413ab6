"""What sentences say of the works that they cite: plain phrases, and near misses that say nothing of the kind."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import read
from importers.base import Input
from kb.extract import cited_work, extract
from kb.extract.model import LinkDraft, Pointer
from tests.kb.extract.cited_sentences import HELD_OUT, MISSED, SEEN
from tests.kb.extract.views import view_of

RULE = "citation-stance"
SIGNS = {"-": ["attacks"], "+": ["supports"], "0": []}


def links(text: str) -> list[LinkDraft]:
    document = read(Input(text, "t.md"), "markdown")[0]
    pointers = [
        Pointer(one.start, one.end, one.alias or one.target, f"s{number}x")
        for number, one in enumerate(document.references)
    ]
    return [one for one in extract(view_of(document, pointers=pointers)).links if one.rule == RULE]


def linked(sentence: str) -> str:
    """The sentence with its citations as links."""
    sentence = re.sub(r"\(((?:[A-Z]\w+, )?\d{4})\)", r"([\1](https://a.example/\1))", sentence)
    return re.sub(r"(?<!\[)\[([^\]\[(]+)\](?![(\]])", lambda m: f"[{m[1]}](https://a.example/{len(m[1])})", sentence)


@pytest.mark.parametrize("line", [*SEEN.strip().split("\n"), *HELD_OUT.strip().split("\n")])
def test_sentences_that_cite(line: str) -> None:
    sign, sentence = line.split(" ", 1)
    assert [one.relation for one in links(linked(sentence))] == SIGNS[sign]


@pytest.mark.parametrize("line", MISSED.strip().split("\n"))
def test_what_is_reported_of_an_author_with_praise_is_left_to_that_author(line: str) -> None:
    assert links(linked(line[2:])) == []


def test_the_statement_of_the_sentence_is_linked_and_one_is_made_where_there_is_none() -> None:
    text = linked("We argue that lists should be complete. [12] fails to explain the newts. Ponds are wet.")
    (link,) = links(text)
    assert (link.target, link.relation, link.score) == ("s0x", "attacks", 0.6)


def test_two_works_in_one_phrase_are_none() -> None:
    assert links(linked("We agree with [12] and [3] on the reeds.")) == []


def test_sentences_that_a_catalogue_has_on_a_work_are_about_that_work() -> None:
    context = "“Holt et al. (2024) fail to tell roads from reeds.” (on [Marsh Roads](https://doi.org/10.1000/marsh))"
    (link,) = links(
        f"## Citations in context\n\n- {context}\n- “Roads are counted (2024).” (on [M](https://a.example))"
    )
    assert (link.target, link.relation) == ("s0x", "attacks")


@settings(max_examples=40, deadline=None)
@given(st.text("§0123 ,.()[]failtowecontrary", max_size=80), st.integers(0, 60), st.booleans())
def test_odd_sentences_break_nothing(sentence: str, start: int, year: bool) -> None:
    start = min(start, len(sentence))
    found = cited_work.stance(sentence, [((start, min(start + 3, len(sentence))), year)])
    assert found is None or found[0] == 0
