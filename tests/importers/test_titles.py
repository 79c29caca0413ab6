"""Titles for texts that do not name themselves."""

from __future__ import annotations

import pytest

from importers.base import Input
from importers.titles import first_sentence, hash_like, name_title, title_of


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


def test_a_text_without_a_name_is_called_by_how_it_begins() -> None:
    assert title_of(Input("", "On probes.md"), "Something else.") == "On probes"
    assert title_of(Input("", "stdin"), "## “Is it so?” she asked. No.") == "“Is it so?”"
    assert first_sentence("word " * 40) == "word " * 14 + "word…"
    assert first_sentence("\n--- \n") == "Untitled"
