"""A record under the tags of RIS as a work: those of PubMed, Web of Science and EndNote are told in these."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from importers.base import Input
from importers.exports.fields import kind_of, tags, work_of
from importers.exports.works import Record, to_documents
from kb.citations import ris_words as words
from kb.model.bibliography import Bibliography, Name, bibliography
from kb.model.document import Author, Document
from kb.text.dates import read_loosely
from kb.text.strings import clip, squash, unique

_NO_REMARK = re.compile(r"https?://|10\.|Comment: |arXiv:")  # what importers of pages put under notes
_INSTEAD = ("T2", "JO", "JF", "T3", "AB", "N2", "N1", "AN")  # what a record is called that has no title


@dataclass(slots=True)
class Entry:
    """A record with its values by their tags in RIS."""

    line: int
    fields: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    raw: list[str] = field(default_factory=list)
    ended: bool = False

    def first(self, *tags: str) -> str:
        return next((squash(value) for tag in tags for value in self.fields[tag] if value.strip()), "")

    def is_work(self) -> bool:
        return bool(self.first("TI", "T1", "CT", "BT", "UR", "DO", *_INSTEAD))

    def all(self, *tags: str) -> list[str]:
        return [value for tag in tags for value in self.fields[tag] if value.strip()]


def works(entries: Iterable[Entry], source: Input, importer: str, problems: list[str]) -> list[Document]:
    """The entries of a file as works; one without an end or a title is a problem, and without a title left out.

    Raises:
        KbError: no entry can be read.
    """
    records = []
    for entry in entries:
        if not entry.ended:
            problems.append(f"line {entry.line}: the record has no end (ER), it may be cut off")
        if entry.is_work():
            records.append(record_of(entry))
        else:
            problems.append(f"line {entry.line}: a record without a title is left out")
    return to_documents(records, source, importer, problems)


def record_of(entry: Entry) -> Record:
    urls = [part for value in entry.all("UR", "L1", "L2", "LK") for part in re.split(r"[;\s]+(?=https?://)", value)]
    doi = entry.first("DO") or next((value for value in entry.all("M3", "N1") if value.startswith("10.")), "")
    work = work_of(urls, doi=doi, texts=entry.all("M1", "N1", "VL", "JO", "JF", "T2", "AN", "C1", "PB", "M3", "IS"))
    type_ = words.type_of(entry.first("TY"))
    key = entry.first("LB") if re.fullmatch(r"[\w:.+/-]+", entry.first("LB")) else ""
    return Record(
        title=entry.first("TI", "T1", "CT", "BT") or clip(entry.first(*_INSTEAD), 80),
        kind=kind_of(work, entry.first("TY") if entry.first("TY").upper() in words.READ_TYPES else type_),
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


def _published(entry: Entry) -> str | None:
    """The fullest of the dates that say when it came out."""
    dates = [date for value in entry.all("DA", "PY", "Y1") if (date := read_loosely(value.rstrip("/ ")))]
    return max(dates, key=len, default=None)


def _facts(entry: Entry, arxiv: str | None) -> Bibliography:
    found = {name: entry.first(*tags) for name, tags in words.FIELDS.items()}
    found["abstract"] = "\n".join(entry.all("AB", "N2")[:1])
    if _NO_REMARK.match(found["note"]):
        found["note"] = ""
    first, last = entry.first("SP"), entry.first("EP")
    found["page"] = f"{first}-{last}" if first and last and "-" not in first and first != last else first or last
    number = entry.first("SN")
    found["ISSN" if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number) else "ISBN"] = number
    type_ = entry.first(words.SPARE) or words.type_of(entry.first("TY"))
    if arxiv and type_ in ("document", "manuscript"):
        type_ = "article"
    found["PMID"], found["PMCID"] = entry.first("PMID"), entry.first("PMC")
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
