"""Texts in reStructuredText: documentation of programs, notes and papers written so."""

from __future__ import annotations

import re
from dataclasses import replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.documents.made import left_out, to_markdown
from importers.documents.office import facts as office
from importers.file_names import extension
from importers.titles import title_of
from kb.errors import KbError
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.strings import squash
from notes.markdown.structure import structure

_LONG = 4000  # characters of a paragraph that nobody writes
_MOST = 2e8  # one of 14,000 characters takes seconds
_MOST_ITEMS = 3000
_ITEM = re.compile(r"^[ \t]*(?:[-*+•]|#\.|\(?\w{1,3}[.)]|:[^:\n]{1,40}:)[ \t]", re.M)
_TAGS = {"tags", "tag", "keywords", "category", "categories"}


def sniff(source: Input) -> float:
    """By the ending: nothing else tells it from other plain text."""
    return 1.0 if extension(source.name) in {"rst", "rest"} else 0.0


def read(source: Input) -> list[Document]:
    """The text as one document.

    Raises:
        KbError: there is no text in it, or it is nested too deep.
    """
    from importers.documents.rst.parsing import doctree, facts_of
    from importers.documents.rst.writing import write

    if _is_endless(source.text):
        odd = "too long a paragraph or list to be read as reStructuredText: the file is taken as plain text"
        made = whole(source, IMPORTER.name, "note", title_of(source, source.text), source.text, structure(source.text))
        return [replace(made, problems=(*source.problems, odd))]
    tree, left = doctree(source.text, source.called)
    facts = facts_of(tree)
    text = to_markdown([write(tree, left)])
    title = squash(tree.get("title", ""))
    if not text.strip() and not title:
        raise KbError(f"{source.called} has no text in it", "nothing to add")
    people = [words for name in ("author", "authors") for words in facts.get(name, ())]
    document = replace(
        whole(source, IMPORTER.name, "note", title or title_of(source, text), text, structure(text)),
        authors=office.people(people),
        published=next((day for words in facts.get("date", ()) if (day := read_loosely(words))), None),
        tags=office.tags([words for name in _TAGS for words in facts.get(name, ())]),
        problems=(*source.problems, *left_out(left)),
    )
    return [document]


def _is_endless(text: str) -> bool:
    """Whether docutils would not come to an end soon: its time grows with the square of the length of a paragraph, and
    an item of a list takes it milliseconds.
    """
    if len(_ITEM.findall(text)) > _MOST_ITEMS:
        return True
    long = (len(part) for part in re.split(r"\n[ \t]*\n", text) if len(part) > _LONG)
    return sum(length**2 for length in long) > _MOST


IMPORTER = Importer(
    name="rst",
    version="2",
    what="reStructuredText, that of Sphinx too",
    recognised_by="the ending `.rst` or `.rest`",
    gives="one",
    keeps="headings, lists, tables, code, formulas as TeX, notes, citations, admonitions, links between texts, author",
    loses="pictures, raw HTML, included files, comments, what directives of programs would make",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("counting.rst",),
    precedence=40,
)
