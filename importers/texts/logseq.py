"""A page or journal of Logseq: an outline of blocks, with properties, block references, queries and time logs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.file_names import extension
from importers.texts.logseq_text import UUID, page_properties, to_markdown
from importers.titles import name_title, own_title
from kb.model.document import Document
from kb.sources.names import namespace
from notes.markdown.meta import read_note
from notes.markdown.structure import structure

_FOLDERS = {"pages", "journals"}
_MARKS = re.compile(
    rf"^[ \t]*(?:[-*+][ \t]+)?(?:id::[ \t]+{UUID}|collapsed::[ \t]|#\+BEGIN_\w+|:LOGBOOK:)[^\n]*$"
    rf"|\{{\{{(?:query|embed|renderer|cards|namespace)\b|\(\({UUID}\)\)",
    re.M | re.I,
)
_TOP = re.compile(r"^(?=\S)(?![-*+](?:[ \t]|$))[^\n]*", re.M)
_LOOK = 50_000  # characters that tell


def sniff(source: Input) -> float:
    """By the folder and by marks that no other program makes, in an outline."""
    if extension(source.name) not in {"md", "markdown", ""} or not source.text.strip():
        return 0.0
    text = source.text[:_LOOK]
    marked = _MARKS.search(text) is not None
    placed = _folder(source) in _FOLDERS
    if not marked and not placed:
        return 0.0
    lines = text.split("\n")
    properties, first = page_properties(lines)
    outline = all(line.startswith("---") for line in _TOP.findall("\n".join(lines[first:])))
    if placed and (marked or (outline and (properties or len(lines) > first))):
        return 0.85
    return 0.8 if outline and marked else 0.0


def read(source: Input) -> list[Document]:
    """The page as one document."""
    page = to_markdown(source.text)
    text = page.text
    blocks, references = structure(text)
    name = namespace(name_title(source) or "")
    note = read_note(text, name)
    title = note.title or own_title(source, text)
    document = of_note(source, IMPORTER.name, note, title, text, (blocks, references))
    return [replace(document, problems=(*document.problems, *_told(page.left)))]


def _folder(source: Input) -> str:
    path = (source.path or source.target or "").replace("\\", "/")
    return path.rpartition("/")[0].rpartition("/")[2].casefold()


def _told(left: Counter[str]) -> tuple[str, ...]:
    many = [f"{count} {what if count > 1 else _one(what)}" for what, count in left.most_common()]
    return (f"left out: {', '.join(many)}",) if many else ()


def _one(what: str) -> str:
    return "query" if what == "queries" else what.replace("s ", " ", 1) if " of " in what else what.removesuffix("s")


IMPORTER = Importer(
    name="logseq",
    version="1",
    what="a page or journal of Logseq",
    recognised_by="an outline in `pages` or `journals`, or one with `id::`, `collapsed::`, `{{query}}`, time logs",
    gives="one",
    keeps="blocks with their ids and references, page properties, journals' days, aliases",
    loses="queries, time logs, what plug-ins draw",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="title:: Counting birds\n\n- A count is a visit.\n  collapsed:: true\n\t- {{query (todo TODO)}}\n",
    precedence=75,
    prose=True,
)
