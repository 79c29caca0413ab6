"""EndNote's XML: a `record` each work, with its words in `style` elements."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, tostring

from importers.base import Importer, Input
from importers.exports.parsing import local, read_xml, root_tag
from importers.exports.ris_record import Entry, record_of
from importers.exports.works import to_documents
from kb.model.document import Document
from kb.text.strings import squash
from notes.markdown import structure

_TAGS = {
    "titles/title": "TI", "titles/secondary-title": "T2", "titles/tertiary-title": "T3", "titles/short-title": "ST",
    "periodical/full-title": "JO", "periodical/abbr-1": "J2", "contributors/authors/author": "AU",
    "contributors/secondary-authors/author": "A2", "contributors/tertiary-authors/author": "A3",
    "dates/year": "PY", "urls/related-urls/url": "UR", "urls/web-urls/url": "UR", "keywords/keyword": "KW",
    "electronic-resource-num": "DO", "abstract": "AB", "pages": "SP", "volume": "VL", "number": "IS", "isbn": "SN",
    "publisher": "PB", "pub-location": "CY", "notes": "N1", "research-notes": "RN", "label": "LB", "edition": "ET",
    "language": "LA", "accession-num": "AN", "section": "SE", "work-type": "M3", "custom2": "PMC",
}  # fmt: skip


def sniff(source: Input) -> float:
    """How sure it is: XML with records that have a kind of reference."""
    head = source.text[:20_000]
    return 0.95 if root_tag(head) in ("xml", "records") and "<record>" in head and "<ref-type" in head else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file; a record without a title is a problem.

    Raises:
        KbError: not well-formed, or no record can be read.
    """
    problems: list[str] = []
    records = []
    for number, element in enumerate((one for one in read_xml(source).iter() if local(one) == "record"), 1):
        entry = _entry(element)
        if entry.is_work():
            records.append(record_of(entry))
        else:
            problems.append(f"record {number} has no title, it is left out")
    return to_documents(records, source, IMPORTER.name, problems)


def _entry(record: Element) -> Entry:
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for path, tag in _TAGS.items():
        for one in record.findall(path):
            if words := squash("".join(one.itertext())):
                fields[tag].append(words)
    kind = record.find("ref-type")
    fields["TY"] = [kind.get("name", "") if kind is not None else ""]
    number = record.find("rec-number")
    fields["ID"] = [f"endnote{number.text}"] if number is not None and number.text else []
    return Entry(0, fields, [tostring(record, "unicode")], ended=True)


IMPORTER = Importer(
    name="endnote_xml",
    version="1",
    what="EndNote's XML",
    recognised_by="`<record>` with a `<ref-type>`",
    gives="a work each record",
    keeps="what styles cite, abstracts and notes, keywords as tags",
    loses="attached files, records without a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    sample='<xml><records><record><ref-type name="Book">6</ref-type><contributors><authors><author>Fern, Ada</author>'
    "</authors></contributors><titles><title>Fronds</title></titles><dates><year>2010</year></dates></record></records></xml>",
    precedence=20,
)
