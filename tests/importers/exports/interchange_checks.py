"""Reading an export with the checks that hold for each of them."""

from __future__ import annotations

from importers.base import Importer, Input
from importers.exports import (
    bibtex,
    csl_json,
    feeds,
    highlights,
    hypothesis,
    kindle,
    matter,
    medline,
    read_later,
    reader,
    readwise,
    ris,
    web_of_science,
    zotero,
)  # fmt: skip
from kb.model.document import Document
from tests.importers.importer_checks import check

ALL = (
    bibtex, ris, medline, web_of_science, csl_json, zotero, readwise, hypothesis, kindle, feeds, read_later, reader,
    matter,
)  # fmt: skip
POST = "https://www.lesswrong.com/posts/aB3dE5gH7jK9mN2pQ/a-post-of-ours"


def take(importer: Importer, text: str, name: str) -> list[Document]:
    """Reads an export, checks every document by the importer it names, and that the right importer is surest."""
    source = Input(text, name, f"/somewhere/{name}", text.encode())
    best: Importer = max((module.IMPORTER for module in ALL), key=lambda one: one.sniff(source))
    assert best is importer
    assert best.sniff(source) > 0.6
    documents = importer.read(source)
    for document in documents:
        check(highlights.IMPORTER if document.importer == "highlights" else importer, document)
    return documents


def quotes(document: Document) -> list[tuple[str, list[str]]]:
    """Each quote with the comments on it."""
    found = []
    for number, block in enumerate(document.blocks):
        if block.kind == "quote":
            said = [b for b in document.blocks if b.parent == number]
            assert all(b.about == 0 and b.speaker is None for b in said)
            found.append((document.text[block.start : block.end], [document.text[b.start : b.end] for b in said]))
    return found
