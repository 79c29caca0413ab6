"""What every document of every importer must hold."""

from __future__ import annotations

from importers.base import Importer
from kb.model.document import Document


def check(importer: Importer, document: Document) -> None:
    """The text cuts the same way again, and every offset points at what it says."""
    text = document.text
    assert importer.structure(text) == (document.blocks, document.references)
    assert document.importer == importer.name
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        assert block.parent is None or 0 <= block.parent < len(document.blocks)
        assert block.about is None or 0 <= block.about < len(document.references)
        end = block.end
    for reference in document.references:
        assert text[reference.start : reference.end] == reference.raw
