"""What every importer is, and how to write one: a module with an `IMPORTER` in a package here, and found there.

An importer tells from the content how sure it is, makes documents of it, and cuts a text that it made into the same
blocks again. `importers/texts/minutes.py`, for the minutes of meetings, would be:

    from importers.assemble import whole
    from importers.base import Importer, Input
    from importers.titles import title_of
    from kb.model.document import Document
    from notes.markdown.structure import structure

    def sniff(source: Input) -> float:
        return 0.9 if source.text.startswith("Minutes of ") else 0.0

    def read(source: Input) -> list[Document]:
        title = title_of(source, source.text)
        return [whole(source, IMPORTER.name, "transcript", title, source.text, structure(source.text))]

    IMPORTER = Importer("minutes", "1", "minutes of a meeting", "a first line `Minutes of …`", "one",
                        sniff, read, structure, prose=True, sample="Minutes of the frog group\\n\\nAda counted nine.",
                        keeps="what was said", loses="nothing")

With a test in the same place under `tests/importers` that is all: `kb add --as`, its completion, the error for unknown
names, and the docs (`python -m scripts.reference`) find it. The tests that hold for every importer run on its `sample`,
or on `examples`; in its own tests the fixture `read` checks what comes out.

`sniff` says 0.9 and more where only this kind looks so (a label, the shape of a record), 0.6 for an ending, 0.1 for
anything: the surest reads. The text of a document is Markdown, so paragraphs and the messages of a talk are parted by
blank lines; a block of a talk carries its `speaker`, and `turn` counts the turns, in which one speaker goes on.

What stands beside this file is for all of them to use: `assemble` (the document out of what was found), `titles`,
`file_names`, `layout` (copied lines as Markdown) and `decode`; in kb and notes `kb.text` (repair, dates, strings),
`kb.model` (documents, identity) and `notes.markdown` (structure, front matter). Importers of records have more in
`exports` (works, fields, parsing); those of pages in `documents.html.convert` and `web`. An importer asks no network
(that is for a fetcher: `importers.web.base`) and sees no store. What cannot be read is a `KbError`; what was odd, a
line in `Document.problems`. Every block and reference must hold its words at its offsets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kb.errors import KbError
from kb.model.document import PIPE, Document, Structure


@dataclass(frozen=True, slots=True)
class Failure:
    """A target, or one thing of a larger one, that could not be read, and why; the rest goes in."""

    target: str
    error: KbError


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, already decoded and repaired."""

    text: str
    name: str  # file name without folders; "stdin" for a pipe
    target: str = ""  # the path or URL as it will be remembered
    original: bytes = b""
    path: str | None = None  # inside the folder that was added, "/" between parts, without extension
    problems: tuple[str, ...] = field(default=())
    known: bool = False
    """Its bytes are known, and were not made text."""
    reader: str = "me"
    """How the person who adds it is called (the setting `me`), for what they themselves say in it."""

    @property
    def called(self) -> str:
        """What to call it in a message: where it was read from, else its name."""
        return self.target if self.target not in {"", PIPE} else self.name


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
    recognised_by: str  # for the docs, as are `gives`, `keeps` and `loses`
    gives: str  # the sources that it makes
    sniff: Callable[[Input], float]
    read: Callable[[Input], list[Document]]
    structure: Structure
    examples: tuple[str, ...] = ()  # files of such texts in examples/ or docs/samples/
    sample: str = ""  # a small one, on which the tests that hold for every importer run
    precedence: int = 50  # of two that are as sure, the lower one reads: below 50 forms with marks of their own
    keeps: str = ""  # what of it is in the sources
    loses: str = ""  # what is not
    prose: bool = False  # texts as people write them: a data file (JSON, CSV, …) would be a very odd one
