"""The vaults of other people: nothing is lost, nothing is out of place, and it is quick."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from notes.markdown.meta import read_note
from notes.markdown.structure import parse, structure
from tests.notes.markdown.notes_checks import SHARED, check, lost_lines, needs_shared

pytestmark = [pytest.mark.real, needs_shared]

VAULTS = ["foam-docs", "lawrence-godfrey-ai-notes", "logseq-docs", "obsidian-help-en", "rationalia-starter"]
EDGE = SHARED / "samples" / "obsidian" / "edge-vault"


def notes_in(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*.md")):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
            found.append((path.stem, unicodedata.normalize("NFC", text)))
    return found


@pytest.mark.parametrize("vault", VAULTS)
def test_every_note_is_read_whole(vault: str) -> None:
    notes = notes_in(SHARED / "vaults" / vault)
    assert notes
    lost = []
    for name, text in notes:
        structure(text)
        read_note(text, name)
        check(text)
        lost += [(name, line) for line in lost_lines(text)]
    assert lost == []


def test_the_edge_cases() -> None:
    for _, text in notes_in(EDGE):
        check(text)
        assert lost_lines(text) == []


def test_links_of_the_edge_vault() -> None:
    expected = json.loads((EDGE / "expected.json").read_text(encoding="utf-8"))["Links.md"]
    text = (EDGE / "Links.md").read_text(encoding="utf-8")
    blocks, references = check(text)
    raws = [reference.raw for reference in references]
    for inner in expected["wikilinks"]:
        if inner and "(" not in inner:
            assert f"[[{inner}]]" in raws
    assert [f"![[{inner}]]" for inner in expected["embeds"]] == [raw for raw in raws if raw.startswith("![[")]
    assert not [raw for raw in raws for no in expected["not_links"] if raw == f"[[{no}]]"]
    assert list(read_note(text, "Links").tags) == expected["tags"]
    body = parse(text).body_start
    assert [one.raw for one in references if one.end <= body] == [f"[[{one}]]" for one in expected["frontmatter_links"]]
    labels = [block.label for block in blocks if block.kind in {"item", "paragraph"} and block.label]
    assert labels == [f"^{name}" for name in expected["block_ids"]]
