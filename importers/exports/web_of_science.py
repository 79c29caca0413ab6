"""The plain text of Web of Science (FN … PT … ER … EF): two signs of a tag, and lines that go on below it."""

from __future__ import annotations

import re
from collections import defaultdict

from importers.base import Importer, Input
from importers.exports.bibtex_facts import published
from importers.exports.ris_record import Entry, works
from kb.model.document import Document
from notes.markdown import structure

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*))?$")
_SNIFF = re.compile(r"\s*(?:FN [^\n]*\n\s*VR [^\n]*\n\s*)?PT [A-Z]\n(?:[A-Z][A-Z0-9] |\n)")
_TAGS = {
    "TI": "TI", "AB": "AB", "SO": "T2", "J9": "J2", "DI": "DO", "VL": "VL", "IS": "IS", "BP": "SP", "EP": "EP",
    "LA": "LA", "PU": "PB", "PI": "CY", "SN": "SN", "BN": "SN", "UT": "AN", "SE": "T3", "CT": "C3", "CL": "C1",
    "AR": "M1", "PM": "PMID",
}  # fmt: skip
_LISTS = ("AU", "AF", "BE", "BF", "CA", "GP")  # a name a line
_KINDS = {"J": "Journal Article", "B": "Book", "S": "Book Section", "P": "Patent", "C": "Conference Paper"}


def sniff(source: Input) -> float:
    """How sure it is: the mark of the file, or a kind of work and a tag below it."""
    return 0.93 if _SNIFF.match(source.text[:2000]) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file; a record without an end is a problem.

    Raises:
        KbError: no record can be read.
    """
    return works(map(_told, _entries(source.text)), source, IMPORTER.name, [])


def _entries(text: str) -> list[Entry]:
    found: list[Entry] = []
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        tagged = _TAG.match(line.rstrip())
        if tagged and tagged["tag"] == "PT":
            found.append(Entry(number))
        if not found or found[-1].ended:
            continue
        entry = found[-1]
        entry.raw.append(line)
        if tagged and tagged["tag"] == "ER":
            entry.ended = True
        elif tagged:
            last = tagged["tag"]
            entry.fields[last].append((tagged["value"] or "").strip())
        elif line.strip() and entry.fields.get(last):
            if last in _LISTS:
                entry.fields[last].append(line.strip())
            else:
                entry.fields[last][-1] += f" {line.strip()}"
    return found


def _told(entry: Entry) -> Entry:
    """The record under the tags of RIS."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for tag, values in entry.fields.items():
        if name := _TAGS.get(tag):
            fields[name] += values
    fields["AU"] = [*(entry.fields["AF"] or entry.fields["AU"]), *(f"{one}," for one in entry.fields["CA"])]
    fields["A2"] = entry.fields["BF"] or entry.fields["BE"]
    fields["KW"] = [part for tag in ("DE", "ID") for value in entry.fields[tag] for part in value.split(";")]
    year = entry.first("PY")
    fields["PY"] = [published("", year, entry.first("PD"), "") or year]
    said = entry.first("DT").partition(";")[0]
    kind = entry.first("PT")
    fields["TY"] = [said if said and kind not in ("B", "P") else _KINDS.get(kind, "Journal Article")]
    return Entry(entry.line, fields, entry.raw, entry.ended)


IMPORTER = Importer(
    name="wos",
    version="1",
    what="the plain text of Web of Science (.ciw, .txt)",
    recognised_by="lines `FN …`, `VR …`, `PT J`",
    gives="a work each record",
    keeps="what styles cite, abstracts, keywords as tags",
    loses="cited references, records without a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    sample="FN WoS\nVR 1.0\nPT J\nAU Fern, A\n   Moss, B\nTI Fronds by\n   it\nSO WALLS\nPY 2010\nER\n\nEF\n",
    precedence=21,
)
