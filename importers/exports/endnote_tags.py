"""EndNote's tagged text (%0 Journal Article, %A …, .enw), which refer began and many sites still give."""

from __future__ import annotations

import re

from importers.base import Importer, Input
from importers.exports.ris_record import Entry, works
from kb.model.document import Document
from notes.markdown import structure

_TAG = re.compile(r"%(?P<tag>[A-Z0-9@!?$&(){}<>~*\[\]#+^=])(?:\s(?P<value>.*))?$")
_SNIFF = re.compile(r"\s*%0 [A-Za-z][A-Za-z -]{2,40}\n%[A-Z0-9@!] \S")
_TAGS = {
    "0": "TY", "A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "A2", "F": "ID", "G": "LA", "I": "PB", "J": "T2",
    "K": "KW", "L": "CN", "M": "AN", "N": "IS", "P": "SP", "R": "DO", "S": "T3", "T": "TI", "U": "UR", "V": "VL",
    "X": "AB", "Y": "A3", "Z": "N1", "6": "NV", "7": "ET", "8": "DA", "9": "M3", "@": "SN", "!": "ST", "<": "RN",
    "?": "A4",
}  # fmt: skip


def sniff(source: Input) -> float:
    """How sure it is: a kind of work behind %0, and another tag below it."""
    return 0.95 if _SNIFF.match(source.text[:2000]) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file; a record without a title is a problem.

    Raises:
        KbError: no record can be read.
    """
    return works(_entries(source.text), source, IMPORTER.name, [])


def _entries(text: str) -> list[Entry]:
    found: list[Entry] = []
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        tagged = _TAG.match(line.rstrip())
        if tagged and tagged["tag"] == "0":
            found.append(Entry(number, ended=True))
        if not found:
            continue
        entry = found[-1]
        entry.raw.append(line)
        if tagged:
            last = _TAGS.get(tagged["tag"], "")
            if last:
                entry.fields[last].append((tagged["value"] or "").strip())
        elif line.strip() and entry.fields.get(last):
            if last == "KW":
                entry.fields[last].append(line.strip())
            else:
                entry.fields[last][-1] += f"\n{line.strip()}" if last in ("AB", "N1", "RN") else f" {line.strip()}"
    return found


IMPORTER = Importer(
    name="endnote",
    version="1",
    what="EndNote's tagged text (.enw)",
    recognised_by="a line `%0 …`",
    gives="a work each record",
    keeps="what styles cite, abstracts and notes, keywords as tags",
    loses="attached files, records without a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    sample="%0 Journal Article\n%A Fern, Ada\n%T Fronds by the wall\n%J Walls\n%D 2010\n",
    precedence=21,
)
