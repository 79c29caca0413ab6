"""PubMed's own format (.nbib, MEDLINE): four signs of a tag, a hyphen, and lines that go on below it."""

from __future__ import annotations

import re
from collections import defaultdict

from importers.base import Importer, Input
from importers.exports.bibtex_facts import published
from importers.exports.ris_record import Entry, works
from kb.citations import ris_words as words
from kb.model.document import Document
from notes.markdown import structure

_TAG = re.compile(r"(?P<tag>[A-Z]{2,4}) {0,2}-(?: (?P<value>.*))?$")
_SNIFF = re.compile(r"\s*(?:[^\n]{0,200}\n){0,5}?PMID ?- ?\d+\s*\n(?:[A-Z]{2,4} {0,2}- |\s+\S)")
_TAGS = {
    "TI": "TI", "AB": "AB", "JT": "T2", "TA": "J2", "VI": "VL", "IP": "IS", "PG": "SP", "LID": "DO",
    "AID": "DO", "PMID": "PMID", "PMC": "PMC", "LA": "LA", "MH": "KW", "OT": "KW", "CN": "AU", "FED": "A2", "IS": "SN",
    "PT": "PT", "BTI": "BTI", "CTI": "T3", "PL": "CY", "PB": "PB", "EN": "ET", "GN": "N1", "VTI": "VT", "TT": "TT",
}  # fmt: skip
_PLAIN_TYPES = ("journal article", "review", "editorial", "letter", "book", "book chapter", "preprint", "dataset")


def sniff(source: Input) -> float:
    """How sure it is: the number in PubMed, and another tag below it."""
    return 0.95 if _SNIFF.match(source.text[:5000]) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file.

    Raises:
        KbError: no record can be read.
    """
    return works(map(_told, _entries(source.text)), source, IMPORTER.name, [])


def _entries(text: str) -> list[Entry]:
    found: list[Entry] = []
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        tagged = _TAG.match(line.rstrip())
        if tagged and (tagged["tag"] == "PMID" or not found):
            found.append(Entry(number))
        if not found:
            continue
        values = found[-1].fields
        found[-1].raw.append(line)
        if tagged:
            last = tagged["tag"]
            values[last].append((tagged["value"] or "").strip())
        elif line.strip() and line.startswith(" ") and values.get(last):
            values[last][-1] += f" {line.strip()}"
    return found


def _told(entry: Entry) -> Entry:
    """The record under the tags of RIS."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for tag, values in entry.fields.items():
        if name := _TAGS.get(tag):
            fields[name] += [words.without_label(name, value) for value in values]
    # Full names, or where there are none those with initials.
    fields["AU"] = entry.fields["FAU"] or [_initials(name) for name in entry.fields["AU"]]
    fields["AU"] += [f"{name}," for name in entry.fields["CN"]]
    fields["A2"] = entry.fields["FED"] or [_initials(name) for name in entry.fields["ED"]]
    year, _, day = entry.first("DP").partition(" ")
    fields["PY"] = [published("", year, day, "") or year]
    if not fields["TI"]:
        fields["TI"] = fields["BTI"] or fields["TT"]
    elif fields["BTI"]:
        fields["T2"] = fields["BTI"]
    fields["KW"] = [value.replace("*", "") for value in fields["KW"]]
    fields["PT"] = sorted(fields["PT"], key=lambda one: one.lower() not in _PLAIN_TYPES)
    fields["TY"] = fields["PT"][:1] or ["Journal Article"]
    fields["SN"] = [value.partition(" ")[0] for value in fields["SN"]]
    fields["ID"] = [f"pmid{value}" for value in fields["PMID"][:1]]
    return Entry(entry.line, fields, entry.raw, ended=True)


def _initials(name: str) -> str:
    """ "Roe AB" with a comma, as RIS has names."""
    found = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd))?", name.strip())
    return f"{found[1]}, {' '.join(f'{one}.' for one in found[2])}" if found else name


IMPORTER = Importer(
    name="medline",
    version="1",
    what="PubMed's own format (.nbib)",
    recognised_by="a line `PMID- …`",
    gives="a work each record",
    keeps="what styles cite, abstracts, MeSH and keywords as tags",
    loses="registry data, records without a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    sample="PMID- 11\nTI  - Fronds by\n      the wall\nFAU - Fern, Ada\nDP  - 2010 Mar 3\nJT  - Walls\n",
    precedence=21,
)
