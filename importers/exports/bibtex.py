"""A BibTeX or BibLaTeX file: each entry one work, under the citekey that the file gives it.

No entry that has fields is dropped: one without a key, or with a key that another has, gets one made for it. LaTeX
is read after the names are parted, so that braces still tell "{OpenAI Team}" from two.
"""

from __future__ import annotations

import re

from importers.base import Importer, Input
from importers.exports.bibtex_block import looked_up
from importers.exports.bibtex_entries import Entry, split
from importers.exports.bibtex_facts import MONTH_STRINGS, facts, people, published, verbatim
from importers.exports.bibtex_fields import Above, completed, fields_of, lenders
from importers.exports.fields import kind_of, tags, work_of
from importers.exports.works import Record, to_documents
from importers.file_names import extension
from kb.model.document import Author, Document
from kb.model.reading import ReadingMark, state_of
from kb.text.latex import plain
from kb.text.strings import clip, squash, unique
from notes.markdown import structure

_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]\s*(?:[^\s,{}()=]*\s*,|[A-Za-z]+\s*=\s*[{\"\d])", re.M)
_FIRST = re.compile(r"(?:\s++|%[^\n]*+\n)*+@[A-Za-z]+\s*[{(]")
_CITEKEY = re.compile(r"[^\s{}\[\](),;@#%\\\"']+")
_NO_WORKS = ("xdata", "set")
_URL = re.compile(r"https?://[^\s{}<>\"\\]+(?:\\[_&%#~][^\s{}<>\"\\]*)*")


def sniff(source: Input) -> float:
    """How sure it is: entries with keys, and nothing but entries and comments before the first."""
    if not _ENTRY.search(source.text):
        return 0.5 if extension(source.name) in ("bib", "bibtex") and _FIRST.match(source.text) else 0.0
    if extension(source.name) in ("bib", "bibtex"):
        return 0.95
    return 0.9 if _FIRST.match(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file. What is broken, left out or twice there is a problem of the file.

    Raises:
        KbError: no entry can be read.
    """
    library = split(source.text)
    strings = looked_up(library.strings, MONTH_STRINGS)
    read_ = [(entry, *fields_of(entry, strings)) for entry in library.entries]
    above: Above = {}
    for entry, fields, _ in read_:
        above.setdefault(entry.key.lower(), (entry.kind, fields))
    lent = {key for _, fields, _ in read_ for key in lenders(fields)}
    problems, records = list(library.problems), []
    seen: dict[str, Entry] = {}
    for entry, fields, odd in read_:
        called = entry.key or squash(entry.raw)
        first = seen.setdefault(called, entry)
        key = entry.key if first is entry else ""
        if entry.kind in _NO_WORKS:
            if entry.key.lower() not in lent:
                problems.append(f"line {entry.line}: an entry @{entry.kind} is no work, it is left out: {entry.key}")
            continue
        if first is not entry and squash(first.raw) == squash(entry.raw):
            again = f"the entry of line {first.line} again, it is left out: {clip(called, 60)}"
            problems.append(f"line {entry.line}: {again}")
            continue
        if first is not entry:
            problems.append(f"line {entry.line}: a second entry with the key {entry.key!r}, a key is made for it")
        records.append(_record(entry, fields, odd, above, key))
    return to_documents(records, source, IMPORTER.name, problems)


def _record(entry: Entry, fields: dict[str, str], odd: list[str], above: Above, key: str) -> Record:
    """`key` is "" where the entry has none of its own."""
    raw, missing = completed(entry.kind, fields, above)
    odd += [f"line {entry.line}: {name!r} is in no entry of the file" for name in missing]
    words = {name: plain(value) for name, value in raw.items()}

    def first(*names: str) -> str:
        return next((squash(words[name]) for name in names if words.get(name, "").strip()), "")

    authors, more = people(raw.get("author") or raw.get("editor") or "")
    if more:
        odd.append("the list of authors ends with others")
    scheme = first("archiveprefix", "eprinttype").lower()
    urls = [
        _address(raw.get(name, "")) for name in ("url", "howpublished", "note", "eprinturl", "annote", "bdsk-url-1")
    ]
    work = work_of(
        [url for url in urls if url],
        doi=verbatim(raw.get("doi", "")),
        arxiv=first("eprint", "arxivid") if scheme in ("arxiv", "") else "",
        texts=[words.get(name, "") for name in ("journal", "journaltitle", "note", "number", "howpublished", "eprint")],
    )
    title = ": ".join(filter(None, (first("title", "booktitle", "maintitle"), first("subtitle")))) or entry.key
    title = title or clip(first("chapter", "eventtitle", "howpublished", "note", "journal", "journaltitle"), 80)
    state = state_of(first("readstatus", "reading-status", "read_status"))
    return Record(
        title=title,
        kind=kind_of(work, entry.kind),
        work=work,
        authors=tuple(Author(one.said) for one in authors),
        published=published(first("date"), first("year"), first("month"), first("day")),
        tags=unique(tags(first("keywords", "keyword", "mendeley-tags"))),
        reading=ReadingMark(state) if state else None,
        citekey=key if _CITEKEY.fullmatch(key) else None,
        abstract=words.get("abstract", ""),
        notes=tuple(filter(None, (words.get("annotation", ""), words.get("annote", "") if not urls[4] else ""))),
        key=key,
        bibliography=facts(entry.kind, raw),
        raw=entry.raw,
        problems=tuple(f"{entry.key or 'no key'}: {one}" for one in odd),
    )


def _address(raw: str) -> str:
    """The first address in a field as it is written in LaTeX."""
    found = _URL.search(raw)
    return re.sub(r"\\([_&%#~])", r"\1", found[0]).rstrip(".,;)") if found else ""


IMPORTER = Importer(
    name="bibtex",
    version="3",
    what="a BibTeX or BibLaTeX file (.bib)",
    recognised_by="entries `@type{key, …}`, with keys or without",
    gives="[a work](#exports) each entry",
    keeps="what styles cite, citekeys, abstracts and notes, keywords as tags, reading state, inherited and string "
    "fields",
    loses="preambles, commented-out entries, fields that no style cites",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("library.bib",),
    precedence=20,
)
