"""A BibTeX or BibLaTeX file: each entry one work, under the citekey that the file gives it.

Splitting the file and the names is bibtexparser's part; it goes on after a broken entry. String concatenation,
which it leaves alone, and LaTeX are read here, so that braces still tell "{OpenAI Team}" from two names.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from importers.base import Importer, Input
from importers.exports.bibtex_facts import MONTH_STRINGS, facts, inherited, people, published, verbatim
from importers.exports.fields import kind_of, tags, work_of
from importers.exports.works import Record, to_documents
from importers.file_names import extension
from kb.errors import KbError
from kb.model.document import Author, Document
from kb.model.reading import ReadingMark, state_of
from kb.text.latex import plain
from kb.text.strings import clip, squash, unique
from notes.markdown import structure

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Entry

_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]\s*[^\s,{}()]+\s*,", re.M)
_FIRST = re.compile(r"(?:\s*(?:%[^\n]*\n|\n))*\s*@[A-Za-z]+\s*[{(]")
_PIECE = re.compile(r"\s*(?P<sharp>#)?\s*(?:(?P<open>[{\"])|(?P<word>[^\s#{}\",]+))")
_URL = re.compile(r"https?://[^\s{}<>\"\\]+(?:\\[_&%#~][^\s{}<>\"\\]*)*")


def sniff(source: Input) -> float:
    """How sure it is: entries with keys, and nothing but entries and comments before the first."""
    if not _ENTRY.search(source.text):
        return 0.5 if extension(source.name) in ("bib", "bibtex") and _FIRST.match(source.text) else 0.0
    if extension(source.name) in ("bib", "bibtex"):
        return 0.95
    return 0.9 if _FIRST.match(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """The works in the file. A broken entry or a second one with the same key is a problem of the file.

    Raises:
        KbError: no entry can be read.
    """
    library = _parsed(source)
    strings = {**MONTH_STRINGS, **{string.key.lower(): string.value for string in library.strings}}
    problems = [_failure(block) for block in library.failed_blocks]
    above = {entry.key: entry for entry in library.entries}
    records = [_record(entry, strings, above) for entry in library.entries]
    return to_documents(records, source, IMPORTER.name, problems)


def _parsed(source: Input) -> Library:
    from bibtexparser.entrypoint import parse_string

    # What it warns of comes back as problems.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        return parse_string(source.text, parse_stack=[])
    except Exception as error:  # whatever it trips over is the file's fault to a person
        raise KbError(f"{source.called} cannot be read as BibTeX: {clip(str(error), 120)}", "check it") from None


def _failure(block: object) -> str:
    line = (getattr(block, "start_line", 0) or 0) + 1
    key = getattr(block, "key", None)
    if key:
        return f"line {line}: a second entry with the key {key!r} is left out"
    raw = str(getattr(block, "raw", "") or "")
    return f"line {line}: an entry is broken and left out: {clip(raw, 60)}"


def _fields(entry: Entry, strings: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The fields of an entry by their names in small letters, and what is odd about some."""
    raw: dict[str, str] = {}
    odd: list[str] = []
    for one in entry.fields:
        value, whole = _value(str(one.value), strings)
        raw.setdefault(one.key.lower(), value)
        if not whole:
            odd.append(f"line {one.start_line + 1}: a comma may be missing after {one.key!r}")
    return raw, odd


def _record(entry: Entry, strings: dict[str, str], above: dict[str, Entry]) -> Record:
    raw, odd = _fields(entry, strings)
    if (parent := above.get(raw.get("crossref", "").strip())) and parent is not entry:
        raw = inherited(raw, entry.entry_type, _fields(parent, strings)[0], parent.entry_type)
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
    state = state_of(first("readstatus", "reading-status", "read_status"))
    return Record(
        title=title,
        kind=kind_of(work, entry.entry_type),
        work=work,
        authors=tuple(Author(one.said) for one in authors),
        published=published(first("date"), first("year"), first("month"), first("day")),
        tags=unique(tags(first("keywords", "keyword", "mendeley-tags"))),
        reading=ReadingMark(state) if state else None,
        citekey=entry.key or None,
        abstract=words.get("abstract", ""),
        notes=tuple(filter(None, (words.get("annotation", ""), words.get("annote", "") if not urls[4] else ""))),
        key=entry.key,
        bibliography=facts(entry.entry_type, raw),
        raw=str(entry.raw or ""),
        problems=tuple(f"{entry.key or 'no key'}: {one}" for one in odd),
    )


def _value(raw: str, strings: dict[str, str], depth: int = 0) -> tuple[str, bool]:
    """What a field says, with its `#` joined and its names of strings looked up; whether all of it could be read."""
    parts: list[str] = []
    at = 0
    while found := _PIECE.match(raw, at):
        if parts and not found["sharp"]:
            return "".join(parts), False
        if found["open"]:
            end = _closing(raw, found.end("open"), found["open"])
            parts.append(raw[found.end("open") : end])
            at = end + 1
        else:
            word, at = found["word"], found.end()
            known = strings.get(word.lower()) if depth < 10 else None
            # Strings may name strings; ten deep is a circle.
            looked = known if known is None or word.lower() in MONTH_STRINGS else _value(known, strings, depth + 1)[0]
            parts.append(word if looked is None else looked)
    return "".join(parts), not raw[at:].strip()


def _closing(text: str, start: int, opening: str) -> int:
    depth = 0
    for at in range(start, len(text)):
        sign = text[at]
        if sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        elif (sign == "}" and opening == "{") or (sign == '"' == opening and not depth and text[at - 1] != "\\"):
            return at
    return len(text)


def _address(raw: str) -> str:
    """The first address in a field as it is written in LaTeX."""
    found = _URL.search(raw)
    return re.sub(r"\\([_&%#~])", r"\1", found[0]).rstrip(".,;)") if found else ""


IMPORTER = Importer(
    name="bibtex",
    version="2",
    what="a BibTeX or BibLaTeX file (.bib)",
    recognised_by="entries `@type{key, …}`",
    gives="[a work](#exports) each entry",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("library.bib",),
    precedence=20,
)
