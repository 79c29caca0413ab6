"""A RIS file, as reference managers and publishers give it: each record one work.

Read by hand: the library for it gives up on the whole file where one record is broken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.base import Importer, Input
from importers.exports.fields import kind_of, tags, work_of
from importers.exports.works import Record, to_documents
from kb.citations import ris_words as words
from kb.model.bibliography import Bibliography, Name, bibliography
from kb.model.document import Author, Document
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?: (?P<value>.*))?$")
_SNIFF = re.compile(r"\s*(?:[^\n]{0,200}\n){0,20}?TY  ?- ?[A-Z]{3,6}\s*\n[A-Z][A-Z0-9]  ?-")
_NO_REMARK = re.compile(r"https?://|10\.|Comment: |arXiv:")  # what importers of pages put under notes


@dataclass(slots=True)
class _Entry:
    line: int
    fields: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    raw: list[str] = field(default_factory=list)
    ended: bool = False

    def first(self, *tags: str) -> str:
        return next((squash(value) for tag in tags for value in self.fields[tag] if value.strip()), "")

    def all(self, *tags: str) -> list[str]:
        return [value for tag in tags for value in self.fields[tag] if value.strip()]


def sniff(source: Input) -> float:
    """How sure it is: a type line, and another tag right below it."""
    return 0.95 if _SNIFF.match(source.text[:5000]) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file; a record without an end or a title is a problem, the others go in.

    Raises:
        KbError: no record can be read.
    """
    problems: list[str] = []
    records = []
    for entry in _entries(source.text, problems):
        if not entry.ended:
            problems.append(f"line {entry.line}: the record has no end (ER), it may be cut off")
        if not entry.first("TI", "T1", "CT", "BT", "UR", "DO"):
            problems.append(f"line {entry.line}: a record without a title is left out")
            continue
        records.append(_record(entry))
    return to_documents(records, source, IMPORTER.name, problems)


def _entries(text: str, problems: list[str]) -> Iterator[_Entry]:
    entry: _Entry | None = None
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.match(line.rstrip())
        tag, value = (found["tag"], found["value"] or "") if found else ("", line.strip())
        if tag == "TY":
            if entry:
                yield entry
            entry = _Entry(number)
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
            entry.fields[tag].append(value.strip())
            last = tag
        elif value and entry.fields.get(last):
            # A continuation: a keyword of its own in some exports, else more of the same value.
            if last in ("KW", "UR", "L1"):
                entry.fields[last].append(value)
            else:
                entry.fields[last][-1] += f"\n{value}" if last in ("N1", "AB", "N2") else f" {value}"
    if entry:
        yield entry


def _record(entry: _Entry) -> Record:
    urls = [part for value in entry.all("UR", "L1", "L2", "LK") for part in re.split(r"[;\s]+(?=https?://)", value)]
    doi = entry.first("DO") or next((value for value in entry.all("M3", "N1") if value.startswith("10.")), "")
    work = work_of(urls, doi=doi, texts=entry.all("M1", "N1", "VL", "JO", "JF", "T2", "AN", "C1", "PB", "M3", "IS"))
    key = entry.first("LB") if re.fullmatch(r"[\w:.+/-]+", entry.first("LB")) else ""
    return Record(
        title=entry.first("TI", "T1", "CT", "BT"),
        kind=kind_of(work, entry.first("TY")),
        work=work,
        authors=tuple(Author(said) for name in entry.all("A1", "AU") if (said := _name(name).said)),
        published=_published(entry),
        tags=unique(tag for value in entry.all("KW") for tag in tags(value, parting=";")),
        citekey=key or None,
        abstract="\n".join(entry.all("AB", "N2")[:1]),
        notes=tuple(value for value in entry.all("RN", "N1") if not _NO_REMARK.match(value)),
        bibliography=_facts(entry, work.external_ids.get("arxiv")),
        key=key or entry.first("ID"),
        raw="\n".join(entry.raw),
    )


def _published(entry: _Entry) -> str | None:
    """The fullest of the dates that say when it came out."""
    dates = [date for value in entry.all("DA", "PY", "Y1") if (date := read_loosely(value.rstrip("/ ")))]
    return max(dates, key=len, default=None)


def _facts(entry: _Entry, arxiv: str | None) -> Bibliography:
    found = {name: entry.first(*tags) for name, tags in words.FIELDS.items()}
    found["abstract"] = "\n".join(entry.all("AB", "N2")[:1])
    if _NO_REMARK.match(found["note"]):
        found["note"] = ""
    first, last = entry.first("SP"), entry.first("EP")
    found["page"] = f"{first}-{last}" if first and last and "-" not in first and first != last else first or last
    number = entry.first("SN")
    found["ISSN" if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number) else "ISBN"] = number
    type_ = entry.first(words.SPARE) or words.READ_TYPES.get(entry.first("TY").upper(), "document")
    if arxiv and type_ in ("document", "manuscript"):
        type_ = "article"
    names = {name: tuple(map(_name, entry.all(*tags))) for name, tags in words.NAMES.items()}
    dates = {"issued": _published(entry) or entry.first("PY", "DA", "Y1"), "accessed": _date(entry.first("Y2"))}
    return bibliography(type_, found, names, dates)


def _date(value: str) -> str:
    return (read_loosely(re.sub(r"/(?=[^/]*[:/]?$)(?:\d{1,2}:.*)?$", "", value).rstrip("/ ")) or "") if value else ""


def _name(said: str) -> Name:
    """ "Family, Given, Suffix", with particles before the family or behind the given name."""
    parts = [squash(part) for part in said.split(",")]
    if len(parts) == 1 or not parts[1]:
        return Name(literal=squash(said.rstrip(", ")))
    given, particle = parts[1], ""
    if behind := re.search(r"(?: [a-z][\w’']*)+$", given):
        given, particle = given[: behind.start()], behind[0].strip()
    before = re.match(r"((?:[a-z][\w’']* )*)(.+)", parts[0])
    if before and before[1] and not particle:
        particle, parts[0] = before[1].strip(), before[2]
    return Name(family=parts[0], given=given, particle=particle, suffix=parts[2] if len(parts) > 2 else "")


IMPORTER = Importer(
    name="ris",
    version="2",
    what="a RIS file (.ris), as reference managers and publishers give it",
    recognised_by="a line `TY  - …`",
    gives="a work each record",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("library.ris",),
    precedence=21,
)
