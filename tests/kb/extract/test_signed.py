"""Paragraphs and items that a person's name opens, and those that a paragraph of its own announces."""

from __future__ import annotations

import pytest

from kb.extract import voice
from tests.kb.extract.views import view


def _speakers(text: str) -> list[str | None]:
    read = voice.read(view(text, authors=("Nora Feld",)))
    said = [
        voice.of_span(read, block, block.start, block.end) for block in read.blocks.values() if block.kind != "heading"
    ]
    return [None if one.voice == "author" else one.speaker for one in said]


@pytest.mark.parametrize(
    ("below", "who"),
    [
        (
            "**Piet Bakker**: I disagree on rents.\n\nThe data differ.\n\n**Nora Feld**: Thanks.",
            ["Piet Bakker"] * 2 + [None],
        ),
        ("## Comments\n\n- **Ida Holm**: Rents fall.\n\n@jonas: They rise.", ["Ida Holm", "jonas"]),
        ("## Comments\n\n### Tom Ash (3 May)\n\nRents fall.\n\n## Sources\n\nA ledger.", ["Tom Ash", None]),
        ("**Mia**: Do they fall?\n\n**Tom**: They rise.\n\n**Mia**: I doubt it.", ["Mia", None, "Mia"]),
        ("**Mia**: Do they?\n\n**Tom**: No.\n\n**Mia**: I doubt it.\n\n**Tom**: So do I.", ["Mia", "Tom"] * 2),
    ],
)
def test_what_a_name_opens_is_that_persons(below: str, who: list[str | None]) -> None:
    assert _speakers(f"# Rents\n\nRents rise.\n\n{below}") == [None, *who]


@pytest.mark.parametrize(
    "text",
    [
        "**Social Contract**: I hold that a social contract binds.\n\n**Marginal Cost**: the cost of one more.",
        "**Cost**: I pay ten.\n\n**Benefit**: I gain.\n\n**Cost**: I pay two.\n\n**Benefit**: I lose.",
        "- **Mary Kent**: I should read her book.\n- **Ada Holm**: Her work on rents.",
        "Hume writes:\n\nHe thinks reason is a slave.",
    ],
)
def test_terms_labels_and_notes_on_people_are_the_writers(text: str) -> None:
    assert {one for one in _speakers(f"# Notes\n\n{text}") if one != "Hume"} == {None}


def test_a_paragraph_that_another_announces_is_of_whom_that_names() -> None:
    text = "# Letters\n\nTyler wrote to me last week:\n\nPoor tenants should be left alone.\n\nI find this cruel."
    assert _speakers(text)[1:] == ["Tyler", None]
