"""A shortform page: several takes of one person, often copied with everything on it twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importers.assemble import original_lines
from importers.base import Importer, Input
from importers.texts.boundaries import repetition, split_page
from importers.titles import first_sentence
from kb.model.document import Author, Block, Document, Pointer, Reference
from notes.markdown import structure as markdown

_PAGE_TITLE = re.compile(
    r"#* ?(?P<title>(?P<name>[^\s#].{0,60}?)['’]s? (?:short ?form|quick takes)(?: feed)?)\s*$", re.I
)
_HEADING = re.compile(r"^#{1,6} ", re.M)


@dataclass(frozen=True, slots=True)
class _Head:
    """The page's own title, where it has one."""

    title: str
    author: str
    line: int


def sniff(source: Input) -> float:
    """How sure it is: a page whose lines all stand there twice, or that calls itself shortform."""
    if _head(source.text):
        return 0.8
    if source.text.count("\n") < 3 or len(source.text) < 300:
        return 0.0
    repeated = repetition(source.text)
    # A document with sections that was copied twice is still one document.
    return 0.85 if repeated >= 0.3 and not _HEADING.search(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """One document a take, in the order of the page."""
    head = _head(source.text)
    text = source.text
    if head:
        lines = text.split("\n")
        text = "\n".join("" if line.strip() == lines[head.line].strip() else line for line in lines)
    page = split_page(text)
    problems = source.problems
    if page.repeated > 0.01:
        problems += (f"{page.repeated:.0%} of the page repeats what stands before it, read once",)
    documents = []
    original = original_lines(source)
    for number, take in enumerate(page.takes):
        blocks, references = structure(take.text)
        documents.append(
            Document(
                kind="shortform",
                title=first_sentence(take.text),
                text=take.text,
                blocks=blocks,
                references=references,
                authors=(Author(head.author),) if head else (),
                parent=Pointer(head.title) if head else None,
                original=original(take.first, take.last),
                importer=IMPORTER.name,
                target=source.target,
                problems=problems if number == 0 else source.problems,
            )
        )
    return documents


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a take: it is Markdown."""
    return markdown.structure(text)


def _head(text: str) -> _Head | None:
    for number, line in enumerate(text[:600].split("\n")):
        if line.strip():
            found = _PAGE_TITLE.match(line.strip())
            return _Head(found["title"], found["name"], number) if found else None
    return None


IMPORTER = Importer(
    name="shortform",
    version="1",
    what="a page of several short takes, each of which may stand there twice",
    recognised_by='lines that all stand there twice, or a title such as "Ada\'s Shortform"',
    gives="one a take",
    keeps="each take with its writer and day",
    loses="the second copy of each, furniture of the page",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("shortform.txt",),
    precedence=64,
    prose=True,
)
