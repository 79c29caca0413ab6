"""Notes in Org: outlines, notes of org-roam and Denote, papers drafted in Emacs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.documents.made import Element, cited, element, left_out, to_markdown
from importers.documents.office import facts as office
from importers.documents.org.blocks import Page
from importers.documents.org.inline import Reading
from importers.documents.org.page import read_page
from importers.file_names import day_named, extension
from importers.titles import title_of
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown.structure import structure

_STAMP = re.compile(r"[<\[](\d{4}-\d\d-\d\d)[^>\]]*[>\]]")
_AND = re.compile(r"\s+and\s+|\s*&\s*")
_TAGS = ("filetags", "roam_tags")
_ALIASES = ("roam_aliases", "roam_alias", "aliases", "alias")
_MARKUP = re.compile(r"\[\[[^\]]*\]\[([^\]]*)\]\]")


def sniff(source: Input) -> float:
    """By the ending, or by the title that a page of Org gives itself first."""
    head = source.text[:2000].lstrip()
    said = re.match(r"(?::PROPERTIES:\n(?::.*\n){1,40}?:END:\n)?\s*#\+title:", head, re.I)
    return 1.0 if extension(source.name) == "org" else 0.9 if said else 0.0


def read(source: Input) -> list[Document]:
    """The page as one document; an empty one is an empty note."""
    reading = Reading()
    page = read_page(source.text, reading)
    text = to_markdown([*_refers(page), *page.made])
    said = page.keywords
    title = squash(_MARKUP.sub(r"\1", " ".join(said.get("title", []))))
    ids = unique(page.ids)
    document = replace(
        whole(source, IMPORTER.name, "note", title or title_of(source, text), text, structure(text)),
        authors=office.people([name for line in said.get("author", ()) for name in _AND.split(line)]),
        published=next(_days(page), None) or day_named(source.name),
        tags=office.tags([tag for name in _TAGS for line in said.get(name, ()) for tag in re.split(r"[:\s]+", line)]),
        aliases=unique([one for name in _ALIASES for one in _quoted(page, name)]),
        addresses=ids,
        problems=(*source.problems, *left_out(reading.left)),
    )
    return [document]


def _days(page: Page) -> Iterator[str]:
    for line in page.keywords.get("date", ()):
        stamp = _STAMP.search(line)
        if day := read_loosely(stamp[1] if stamp else line):
            yield day


def _quoted(page: Page, name: str) -> list[str]:
    """The words of a property or a keyword; several words in quotation marks are one."""
    found: list[str] = []
    for value in [*(value for key, value in page.properties if key == name), *page.keywords.get(name, ())]:
        try:
            found += shlex.split(value)
        except ValueError:
            found += value.replace('"', "").split()
    return found


def _refers(page: Page) -> list[Element]:
    """What a page of org-roam is about: its references, in a paragraph of their own."""
    made = element("p")
    for one in [*_quoted(page, "roam_refs"), *_quoted(page, "roam_key")]:
        key = one.removeprefix("cite:").lstrip("&@")
        made.append(element("a", one, href=one) if "://" in one else cited([key]))
        made[-1].tail = " "
    return [made] if len(made) else []


IMPORTER = Importer(
    name="org",
    version="2",
    what="a page of Org, as Emacs, org-roam and Denote keep them",
    recognised_by="the ending `.org`, or a first line `#+title:`",
    gives="one",
    keeps="headings, lists, tables, code, quotes, formulas, notes, citations, links by file and id, aliases, tags",
    loses="states, dates and time logs of tasks, drawers, macros, pictures, sections marked `COMMENT` or `:noexport:`",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("blank-squares.org",),
    precedence=29,
)
