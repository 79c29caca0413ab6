"""CSL-JSON: the list of items that Zotero, pandoc and citation processors share."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from importers.base import Importer, Input
from importers.exports.csl_variants import rows
from importers.exports.fields import field_in_note, kind_of, person, tags, work_of
from importers.exports.parsing import objects
from importers.exports.works import Record, to_documents
from kb.model.bibliography import DATE_FIELDS, FIELDS, OTHERS, Bibliography, days, from_csl, type_of
from kb.model.document import Author, Document
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^<>]*)?>")
_TYPED = re.compile(
    r'"type"\s*:\s*"(?:article|paper-conference|post|webpage|report|book|chapter|thesis|document|manuscript|'
    r"entry|dataset|software|speech|interview|motion_picture|broadcast|song|legislation|patent|review|map|figure|"
    r"graphic|bill|pamphlet|personal_communication|treaty|classic|collection|event|hearing|performance|periodical|"
    r"regulation|standard|musical_score|legal_case|"
    r'journal-|proceedings|edited-book|monograph|reference-|peer-review|dissertation)[a-z-]*"'
)
_TELLING = re.compile(r'"(?:issued|container-title|citation-key|family|literal|accessed)"\s*:')
_LOOK = 100_000  # characters that tell


def sniff(source: Input) -> float:
    """How sure it is: a JSON list of objects with types and fields of CSL."""
    text = source.text.lstrip()
    if not text.startswith(("[", "{")) or '"itemType"' in text[:_LOOK]:
        return 0.0
    head = text[:_LOOK]
    if not _TYPED.search(head):
        return 0.0
    if _TELLING.search(head):
        return 0.9
    return 0.6 if '"title"' in head and '"id"' in head else 0.0


def read(source: Input) -> list[Document]:
    """The works in the list.

    Raises:
        KbError: not JSON, or no item with a title or an address.
    """
    records: list[Record] = []
    problems: list[str] = []
    for number, item in enumerate(rows(source, problems), 1):
        if not any(item.get(name) for name in ("title", "URL", "DOI", "container-title", "author", "editor")):
            problems.append(f"item {number} has no title, it is left out")
            continue
        records.append(_record(item))
    return to_documents(records, source, IMPORTER.name, problems)


def _record(item: dict[str, Any]) -> Record:
    note = str(item.get("note") or "")
    extra = dict(filter(None, map(field_in_note, note.split("\n"))))
    texts = [note, *(_words(item, name) for name in ("number", "archive_location", "archive", "publisher"))]
    work = work_of([_words(item, "URL"), extra.get("url", "")], doi=_words(item, "DOI"), texts=texts)
    key = _words(item, "citation-key") or extra.get("citation-key", "")
    name = _words(item, "id")
    plain = re.sub(r"https?://\S+", "", _said(note))
    remarks = [line for line in plain.split("\n") if line.strip()]
    return Record(
        title=squash(_MARKUP.sub("", _words(item, "title") or _words(item, "container-title"))),
        kind=kind_of(work, type_of(_words(item, "type"))),
        work=work,
        authors=tuple(author for one in objects(item, "author") or objects(item, "editor") if (author := _person(one))),
        published=_date(item.get("issued")),
        tags=unique(tags(_words(item, "keyword"))),
        # An id that is an address was not made to cite with.
        citekey=key or (name if re.fullmatch(r"[^\s/]{2,80}", name) and not name.isdigit() else None),
        abstract=_MARKUP.sub("", str(item.get("abstract") or "")),
        notes=("\n".join(remarks),) if remarks else (),
        key=key or name,
        bibliography=_facts(item, note, extra),
        raw=json.dumps(item, ensure_ascii=False),
    )


def _facts(item: dict[str, Any], note: str, extra: dict[str, str]) -> Bibliography:
    """The item's facts, with those that Zotero has no field for and writes into the note, a line each."""
    facts = from_csl({**item, "note": _said(note), "keyword": None})
    upper = {"doi": "DOI", "issn": "ISSN", "isbn": "ISBN", "url": "URL", "pmid": "PMID", "pmcid": "PMCID"}
    more = {upper.get(name, name): value for name, value in extra.items()}
    dates = {name: value for name in DATE_FIELDS if (value := more.pop(name, "")) and days(value)}
    # A type in the note is what Zotero could not say either.
    known: dict[str, object] = {name: value for name, value in more.items() if name in FIELDS or name == "type"}
    return replace(facts.over(from_csl(known)), dates={**dates, **facts.dates})


def _said(note: str) -> str:
    """The note without its lines that are fields."""
    return "\n".join(line for line in note.split("\n") if not field_in_note(line))


def _words(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return squash(str(value)) if isinstance(value, str | int) else ""


def _person(one: dict[str, Any]) -> Author | None:
    if literal := _words(one, "literal"):
        return person(literal) if literal != OTHERS.literal else None
    particle = squash(f"{_words(one, 'dropping-particle')} {_words(one, 'non-dropping-particle')}")
    return person(_words(one, "family"), _words(one, "given"), particle, _words(one, "suffix"))


def _date(value: Any) -> str | None:
    """Parts, of a range the first; or words."""
    if not isinstance(value, dict):
        return read_loosely(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        numbers = [str(part) for part in parts[0] if str(part).strip().isdigit()]
        if date := read_loosely("-".join(numbers[:3])):
            return date
    return read_loosely(value.get("raw")) or read_loosely(value.get("literal"))


IMPORTER = Importer(
    name="csljson",
    version="3",
    what="CSL-JSON, the list of references that Zotero and pandoc share",
    recognised_by="a JSON list of items with the types and fields of CSL",
    gives="a work each item",
    keeps="all fields of CSL, abstracts and notes",
    loses="items without a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("library.json",),
    precedence=22,
)
