"""A RIS file, as reference managers and publishers give it: each record one work.

Read by hand: the library for it gives up on the whole file where one record is broken. Tags of PubMed and of Web of
Science among those of RIS are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Importer, Input
from importers.exports.ris_record import Entry, works
from kb.citations import ris_words as words
from kb.model.document import Document
from notes.markdown import structure

_TAG = re.compile(rf"(?P<tag>[A-Z][A-Z0-9](?=  ?-)|{'|'.join(words.LONG_TAGS)}) {{0,2}}-(?: (?P<value>.*))?$")
_SNIFF = re.compile(r"\s*(?:[^\n]{0,200}\n){0,20}?TY  ?- ?[A-Za-z][A-Za-z -]{2,40}\s*\n[A-Z][A-Z0-9]{1,3} {0,2}-")


def sniff(source: Input) -> float:
    """How sure it is: a type line, and another tag right below it."""
    return 0.95 if _SNIFF.match(source.text[:5000]) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file; a record without an end or a title is a problem, the others go in.

    Raises:
        KbError: no record can be read.
    """
    problems: list[str] = []
    return works(_entries(source.text, problems), source, IMPORTER.name, problems)


def _entries(text: str, problems: list[str]) -> Iterator[Entry]:
    entry: Entry | None = None
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.match(line.rstrip())
        tag, value = (found["tag"], found["value"] or "") if found else ("", line.strip())
        if tag == "TY":
            if entry:
                yield entry
            entry = Entry(number)
        if entry is None:
            if tag and tag != "ER":
                problems.append(f"line {number}: {tag} stands outside a record")
            continue
        entry.raw.append(line)
        if tag == "ER":
            entry.ended = True
            yield entry
            entry = None
        elif tag:
            last = tag = words.OTHER_TAGS.get(tag, tag)
            entry.fields[tag].append(words.without_label(tag, value.strip()))
        elif value and entry.fields.get(last):
            # A continuation: a keyword of its own in some exports, else more of the same value.
            if last in ("KW", "UR", "L1"):
                entry.fields[last].append(value)
            else:
                entry.fields[last][-1] += f"\n{value}" if last in ("N1", "AB", "N2") else f" {value}"
    if entry:
        yield entry


IMPORTER = Importer(
    name="ris",
    version="3",
    what="a RIS file (.ris), as reference managers and publishers give it",
    recognised_by="a line `TY  - …`",
    gives="a work each record",
    keeps="what styles cite, abstracts and notes, keywords as tags",
    loses="attached files, records without a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("library.ris",),
    precedence=21,
)
