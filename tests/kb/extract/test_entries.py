"""Reading notes: what tells what the text says, and what the note-taker says; names before a colon; questions."""

from __future__ import annotations

import pytest

from kb.extract import voice
from kb.extract.model import Said, View
from tests.kb.extract.views import view

NOTES = """# Reading log

## 2024-12

[Rivers and rents](https://texts.example/rivers) (Okafor)
- Argues that rents fall along rivers.
- Their central claim is that water is priced wrongly.
- I still think that the sample is small.
- Nice aside in section 4: harbours silt faster than canals.
- Harbours are dear.

[Canals](https://texts.example/canals)
- Correctly points out that locks are slow.
- Interview with nobody.

## 2024-11

- Interview with Danai Moyo (podcast, 2 h)
    - she says tolls are only as fair as the meters.
    - she is right about meters.
"""
HEADED = """# Notes

### Lindqvist, "Why dams fail" (2005)

Summary: old dams fail at the seams.

The model takes the age of a dam as given.

### What I make of it

Summary: seams are not all.

Argues that concrete creeps.
"""


def _by_words(seen: View) -> dict[str, Said]:
    return {
        seen.quote(block)[:12]: voice.of_span(seen, block, block.start, block.end)
        for block in seen.blocks.values()
        if block.kind != "heading"
    }


def test_what_a_bullet_tells_is_the_entrys_authors_and_the_rest_the_note_takers() -> None:
    said = _by_words(voice.read(view(NOTES, None, "log.md")))
    assert said["Argues that "] == said["Their centra"] == said["Nice aside i"] == Said("named", "Okafor")
    assert said["I still thin"] == said["Harbours are"] == said["she is right"] == Said("author", "Ada")
    assert said["Correctly po"] == Said("quoted", None)
    assert said["she says tol"] == Said("named", "Danai Moyo")


def test_a_heading_may_be_the_entry() -> None:
    said = _by_words(voice.read(view(HEADED)))
    assert said["Summary: old"] == Said("named", "Lindqvist")
    assert said["The model ta"] == said["Summary: sea"] == Said("author", "Ada")
    assert said["Argues that "] == Said("quoted", None)


def test_a_talk_noted_down_is_whose_name_each_item_begins_with() -> None:
    text = (
        "Discussion in the group:\n\n- Amadou: wood outlasts iron\n- Me: not in water\n- Tove: in salt water it does\n"
    )
    said = _by_words(voice.read(view(text)))
    assert [one.speaker for one in list(said.values())[1:]] == ["Amadou", "Ada", "Tove"]


@pytest.mark.parametrize(
    "text",
    [
        "The plan, discussed in May:\n\n- Cost: low\n- Speed: high\n- Risk: none\n",
        "Cities:\n\n- Lagos: warm\n- Oslo: cold\n- Lima: dry\n",
    ],
)
def test_labels_are_no_names(text: str) -> None:
    assert all(one == Said("author", "Ada") for one in _by_words(voice.read(view(text))).values())


def test_comments_below_a_page_are_their_writers() -> None:
    text = (
        "# Tolls\n\nTolls are fair.\n\n## Comments (2)\n\n**down_river**: Not here.\n\nNor there.\n\n**Rosa P**: Why?\n"
    )
    said = list(_by_words(voice.read(view(text))).values())
    assert [one.speaker for one in said] == ["Ada", "down_river", "down_river", "Rosa P"]


def test_the_questions_of_a_faq_are_not_its_authors() -> None:
    text = "# FAQ\n\n## Isn't it slow?\n\nYes.\n\n## Why copper?\n\nIt bends.\n\n## Your pipes leak.\n\n"
    text += "No.\n\n## Copper lasts\n\nX.\n"
    seen = voice.read(view(text))
    said = [voice.of_span(seen, b, b.start, b.end).voice for b in seen.blocks.values() if b.kind == "heading"]
    assert said == ["author", "quoted", "quoted", "quoted", "author"]
