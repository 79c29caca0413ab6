"""Titles for texts that do not name themselves."""

from __future__ import annotations

import pytest

from importers.base import Input
from importers.titles import first_sentence, hash_like, name_title, own_title, title_of


@pytest.mark.parametrize(
    ("stem", "machine"),
    [
        ("007_1f2e3d4c5b6a7988", True),
        ("1f2e3d4c-0000-1111-2222-333344445555", True),
        ("20241009", False),
        ("2024-05-01", False),
        ("defaced facade", False),
        ("On sparse probes", False),
    ],
)
def test_hash_like(stem: str, machine: bool) -> None:
    assert hash_like(stem) is machine


def test_name_title_drops_a_digest() -> None:
    assert name_title(Input("", "On probes 1f2e3d4c5b6a79881f2e3d4c5b6a7988.md")) == "On probes"
    assert name_title(Input("", "stdin")) is None


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("On probes.md", "# Else\n\nSomething.", "On probes"),
        ("1f2e3d4c5b6a7988.txt", "It is so. Is it?\n\n## *How* to read\n\n## Next", "How to read"),
        ("1f2e3d4c5b6a7988.txt", "It is so. Is it?\n\n## \n\n```\n# no heading\n```", "1f2e3d4c5b6a7988"),
        ("untitled.md", "It is so. Is it?", "untitled"),
        ("stdin", "## “Is it so?” she asked. No.", "“Is it so?” she asked. No."),
        ("stdin", "> “Is it so?” she asked. No.", "“Is it so?”"),
        ("stdin", "\n--- \n", "Untitled"),
    ],
)
def test_a_text_that_does_not_name_itself(name: str, text: str, title: str) -> None:
    assert title_of(Input("", name), text) == title


def test_a_first_sentence_is_clipped() -> None:
    assert first_sentence("word " * 40) == "word " * 14 + "word…"
    assert first_sentence("\n--- \n") == "Untitled"


def test_headings_may_be_told_where_no_mark_shows_them() -> None:
    assert own_title(Input("", "1f2e3d4c5b6a7988.md"), "Part\n====\n\nWords.", ["Part"]) == "Part"
    assert own_title(Input("", "1f2e3d4c5b6a7988.md"), "# Part\n\nWords.", []) == "1f2e3d4c5b6a7988"
