"""Reading notes: entries, and what the commentary below them is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.reading_notes import IMPORTER
from kb.model.document import Document

Read = Callable[..., list[Document]]

NOTES = """### 20240512
[Probing under control](https://example.org/probing)
- A control task separates what a probe learns from what it reads
- I like this one
[Two camps](https://example.org/camps.pdf) (pdf)
### Before 202405
- [[Sparse Dictionaries]]
- [Ablate everything](https://example.org/ablate)
\t- I doubt it.
\t\t- `The behaviour vanished in all cases.`
\t- [[Patching Paths]] is the better paper.
\t\t- It has controls.
\t- Compare [[Sparse Dictionaries||the dictionary paper]].

An afterthought on nothing in particular.

- a bullet about nothing
"""


def _about(document: Document, words: str) -> str | None:
    block = next(b for b in document.blocks if document.text[b.start : b.end].startswith(words))
    return None if block.about is None else document.references[block.about].target


def test_commentary(read: Read) -> None:
    (document,) = read(IMPORTER, NOTES)
    assert _about(document, "A control task") == "https://example.org/probing"
    assert _about(document, "I like this one") == "https://example.org/probing"
    assert _about(document, "I doubt it") == "https://example.org/ablate"
    assert _about(document, "The behaviour") == "https://example.org/ablate"
    assert _about(document, "[[Patching Paths]]") == "Patching Paths"
    assert _about(document, "It has controls") == "Patching Paths"
    assert _about(document, "Compare") == "https://example.org/ablate"
    for entry in ("[Probing under", "[Two camps]", "[[Sparse", "[Ablate", "An afterthought", "a bullet"):
        assert _about(document, entry) is None
    assert len(document.references) == 6


def test_inline_code_alone_is_a_quotation(read: Read) -> None:
    (document,) = read(IMPORTER, NOTES)
    quotes = [document.text[b.start : b.end] for b in document.blocks if b.kind == "quote"]
    assert quotes == ["The behaviour vanished in all cases."]


def test_an_entry_is_no_part_of_the_bullet_before(read: Read) -> None:
    (document,) = read(IMPORTER, NOTES)
    said = [document.text[b.start : b.end] for b in document.blocks]
    assert "I like this one" in said
    assert "[Two camps](https://example.org/camps.pdf) (pdf)" in said
    assert document.text.replace("\n", "") == NOTES.replace("\n", "")


def test_title(read: Read) -> None:
    assert read(IMPORTER, NOTES, "x_1f2e3d4c5b6a7988.txt")[0].title == "Reading notes 20240512 … Before 202405"
    assert read(IMPORTER, NOTES, "Spring.md")[0].title == "Spring"
    assert read(IMPORTER, "# My reading\n\n" + NOTES, "Spring.md")[0].title == "My reading"
    (document,) = read(IMPORTER, "---\ntitle: Log\ntags: [probes]\ndate: 2024-05-12\n---\n" + NOTES)
    assert (document.title, document.tags, document.published) == ("Log", ("probes",), "2024-05-12")
    assert read(IMPORTER, NOTES)[0].published is None


def test_sniff() -> None:
    assert IMPORTER.sniff(Input(NOTES, "x.txt")) > 0.8
    ordinary = (
        "# Probes\n\nSee [[Sparse Dictionaries]] and [this](https://example.org).\n\n## 2024-05-01\n\n- did a thing\n"
    )
    log = "".join(
        f"## 2.{n} [[2024-05-0{n}]]\n- [[Fixes]]\n\t- a bug\n- [[Features]]\n\t- a thing\n" for n in range(1, 8)
    )
    assert IMPORTER.sniff(Input(ordinary, "x.md")) == 0
    assert IMPORTER.sniff(Input(log, "x.md")) == 0
    assert IMPORTER.sniff(Input("### 2024\n[[A]]\n[[B]]\nwords", "x.md")) == 0


@pytest.mark.real
def test_seed(seed: Callable[[str], Input], read: Read) -> None:
    source = seed("000")
    (document,) = read(IMPORTER, source.text, source.name)
    kinds = [reference.kind for reference in document.references]
    assert (kinds.count("url"), kinds.count("wikilink")) == (4, 3)
    entries = [
        block
        for block in document.blocks
        if block.about is None and block.kind != "heading" and document.text[block.start] == "["
    ]
    assert len(entries) == 5
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert headings == ["20241009", "Before 202410"]
    assert all(block.about is not None for block in document.blocks if block.level > 0 and block.kind != "heading")
    assert "Â" not in document.text
    assert sum(block.kind == "quote" for block in document.blocks) == 1
