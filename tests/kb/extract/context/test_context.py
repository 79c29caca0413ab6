"""Which span of a text makes a statement readable alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract import extract
from kb.extract.context import UNLISTED
from kb.extract.context.surroundings import MAX_WORDS
from kb.extract.model import Extraction, View
from tests.kb.extract.views import view


def _contexts(seen: View, found: Extraction) -> dict[str, str | None]:
    """The context of each statement, by its words."""
    return {str(one.words): None if one.context is None else seen.text[slice(*one.context)] for one in found.statements}


def _of(text: str, words: str, importer: str = "markdown") -> str | None:
    seen = view(text, importer)
    contexts = _contexts(seen, extract(seen))
    found = [context for said, context in contexts.items() if said.startswith(words)]
    assert len(found) == 1, contexts
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "context"),
    [
        # a proposition
        ("Diaries cost twice as much as surveys do. This is a major problem for small labs.",
         "This is a major", "Diaries cost twice as much as surveys do."),
        # through a sentence that leans itself
        ("The tariff doubled in 1815. It raised the price of bread. That should worry any reformer of the poor law.",
         "That should", "The tariff doubled in 1815. It raised the price of bread."),
        # a pronoun: the sentence that names, not the one that goes on about it
        ("Guilds kept apprentices for seven years. I think they were mostly a tax on the young.",
         "I think they were", "Guilds kept apprentices for seven years."),
        # a noun that was brought in further up
        ("A trial of twelve patients was stopped early. Nobody published the data. I think the trial was too small.",
         "I think the trial", "A trial of twelve patients was stopped early."),
        # "this approach" is where an approach is spoken of
        ("One approach is to freeze wages. Prices move first. I doubt that this approach can work in an open economy.",
         "I doubt that this approach", "One approach is to freeze wages."),
        # nothing that says something stands right before
        ("Cast iron is brittle in the cold. See here. I think this explains most of the failures before 1880.",
         "I think this explains", "Cast iron is brittle in the cold."),
        # the paragraph before
        ("Cast iron is brittle in the cold.\n\nI think this explains most of the failures before 1880.",
         "I think this explains", "Cast iron is brittle in the cold."),
        # the quote that is answered
        ("> Every empire falls by debt.\n\nI think this is far too simple to be useful.",
         "I think this is far", "Every empire falls by debt."),
        # what a list is announced with
        ("Three reasons against the levy:\n\n- It should never have been backdated.\n- Nobody can predict its yield.",
         "It should never", "Three reasons against the levy:"),
        # the item above
        ("- Import quotas\n  - I think they are worse than a tariff in every way.",
         "I think they are worse", "Import quotas"),
        # not what says nothing itself: the entry
        ("- [[Corn laws]]\n  - I did not like it. I think the premise of this thing is wrong for most towns.",
         "I think the premise", "[[Corn laws]]"),
        # the heading, not an item beside it
        ("# Tide mills\n\n- Work by night as well.\n- I think they should be listed by the county.",
         "I think they should", "# Tide mills"),
        # the heading around one that leans itself
        ("# Corn laws\n\n## Why it happened\n\nI think they were the worst policy of the century.",
         "I think they were", "# Corn laws"),
        # the heading
        ("# Corn laws\n\nI think they were the worst policy of the century.", "I think they were", "# Corn laws"),
        # the title, of the text itself
        ("# Why bridges fall\n\n## Steel\n\nSteel is cheap.\n\nI think this paper is too kind to the engineers.",
         "I think this paper", "# Why bridges fall"),
    ],
)  # fmt: skip
def test_a_context_says_what_a_statement_leaves_open(text: str, words: str, context: str) -> None:
    found = _of(text, words)
    assert found is not None
    assert found.lstrip("# ") == context.lstrip("# ")


def test_a_statement_that_stands_alone_has_none() -> None:
    assert _of("Wages lag behind prices. I think that tariffs are worse than quotas.", "I think that tariffs") is None


def test_a_heading_that_names_nothing_is_no_context() -> None:
    assert _of("# Introduction\n\nI think they were the worst policy of the century.", "I think they were") is None


def test_what_says_nothing_alone_and_has_no_context_is_not_listed() -> None:
    (one,) = extract(view("This is a major problem for small labs everywhere.")).statements
    assert one.context is None
    assert one.confidence <= UNLISTED


def test_a_turn_is_answered_by_the_next() -> None:
    text = (
        "The following is a transcript of a discussion between Ann Lee and Bo Ray.\n\n"
        "Ann: I think that guilds kept prices high. Apprentices paid for it.\n\n"
        "Bo: Your point about guilds should be put the other way round.\n\n"
        "Ann: I expect that the ledgers will tell us.\n\n"
        "Bo: I think that the ledgers are lost.\n"
    )
    assert _of(text, "Your point about guilds", "transcript") == "I think that guilds kept prices high."


def test_what_is_spoken_to_may_stand_some_turns_before() -> None:
    text = (
        "The following is a transcript of a discussion between Ann Lee and Bo Ray.\n\n"
        "Ann: I think that permits for new mills fell after 1750. The ledgers show that.\n\n"
        "Bo: So the estuary silted up?\n\n"
        "Ann: I expect that the ledgers will tell us.\n\n"
        "Bo: Your point about permits should be checked against the tax rolls.\n"
    )
    assert _of(text, "Your point about permits", "transcript") == "I think that permits for new mills fell after 1750."


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    long = "Guilds kept prices high, " + "and masters " * 30 + "gained, while apprentices lost years of their lives."
    context = _of(f"{long} I think this is a major problem for the theory.", "I think this is a major")
    assert context is not None
    assert long.startswith(context)
    assert len(context.split()) <= MAX_WORDS


def test_words_lose_their_tie_and_the_quote_keeps_it() -> None:
    seen = view("Prices rose. But I think that wages should be frozen for a year.")
    (one,) = [draft for draft in extract(seen).statements if "frozen" in str(draft.words)]
    assert one.words == "I think that wages should be frozen for a year."
    assert seen.text[one.start : one.end] == "But I think that wages should be frozen for a year."


@given(st.lists(st.sampled_from([
    "This is a problem. ", "They should stop.\n\n", "# It\n\n", "> Why so?\n\n", "- The former fails badly, I think.\n",
    "The trial is too small. ", "A trial began. ", "I think it must end. ", "You said that this paper is bad.\n\n",
]), max_size=9))  # fmt: skip
def test_a_context_is_another_span_of_the_same_text(parts: list[str]) -> None:
    seen = view("".join(parts) + "\n")
    for one in extract(seen).statements:
        if one.context is not None:
            start, end = one.context
            assert 0 <= start < end <= len(seen.text)
            assert end <= one.start or one.end <= start
            assert len(seen.text[start:end].split()) <= MAX_WORDS
