"""What every importer is, and how to write one: a module with an `IMPORTER` in a package here, and found there.

An importer tells from the content how sure it is, makes documents of it, and cuts a text that it made into the same
blocks again. `importers/texts/minutes.py`, for the minutes of meetings, would be:

    from importers.base import Importer, Input
    from importers.common import title_of
    from kb.model.document import Document
    from notes.markdown.structure import structure

    def sniff(source: Input) -> float:
        return 0.9 if source.text.startswith("Minutes of ") else 0.0

    def read(source: Input) -> list[Document]:
        blocks, references = structure(source.text)
        return [
            Document("transcript", title_of(source, source.text), source.text, blocks, references, path=source.path,
                     original=source.original, importer=IMPORTER.name, target=source.target, problems=source.problems)
        ]

    IMPORTER = Importer("minutes", "1", "minutes of a meeting", "a first line `Minutes of …`", "one",
                        sniff, read, structure, prose=True)

With a test in the same place under `tests/importers` that is all: `kb add --as`, its completion, the error for unknown
names and docs/formats.md (`python -m scripts.reference`) find it.

It may use `importers.common` (titles, file names, lists), `importers.decode`, `importers.exports.works` (works of a
reference manager or highlighter), `importers.documents.html.convert` (HTML to Markdown), `notes`, `kb.model` and
`kb.text`. It asks no network (that is for a fetcher: `importers.web.base`) and sees no store. What cannot be read is a
`KbError`; what was odd, a line in `Document.problems`. Every block and reference must hold its words at its offsets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kb.model.document import Document, Structure


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, already decoded and repaired."""

    text: str
    name: str  # file name without folders; "stdin" for a pipe
    target: str = ""  # the path or URL as it will be remembered
    original: bytes = b""
    path: str | None = None  # inside the folder that was added, "/" between parts, without extension
    problems: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of text.

    `sniff` says how sure it is, 0 to 1, that the input is its kind, by looking at the content.
    `read` gives one document a source; a page of comments gives many.
    `structure` cuts a text that `read` gave into the same blocks again: an exported vault comes back by it.
    """

    name: str  # kept with every source that it read: never changed
    version: str  # another one has its files read anew
    what: str  # one line
    recognised_by: str  # for the docs, as are the next two
    gives: str  # the sources that it makes
    sniff: Callable[[Input], float]
    read: Callable[[Input], list[Document]]
    structure: Structure
    examples: tuple[str, ...] = ()  # files of such texts in examples/ or docs/samples/
    precedence: int = 50  # of two that are as sure, the lower one reads: below 50 forms with marks of their own
    prose: bool = False  # texts as people write them: a data file (JSON, CSV, …) would be a very odd one
