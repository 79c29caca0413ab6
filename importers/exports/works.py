"""What exports of reference managers, highlighters and reading lists have in common, and the documents it gives.

A record is one work with what its reader kept about it. It gives the work itself, without text so that the real
text can come later, a note with the abstract, and a note with the highlights and the reader's words on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from importers import highlights as notes
from importers.base import Input
from importers.exports.fields import Work
from importers.highlights import Highlight
from kb.errors import KbError
from kb.model import identity, ids
from kb.model.bibliography import Bibliography
from kb.model.document import Author, Document
from kb.model.reading import ReadingMark, of_tags
from kb.model.words import SourceKind
from kb.text.repair import repair
from kb.text.strings import fold, squash, unique


@dataclass(frozen=True, slots=True)
class Record:
    """One work as an export has it."""

    title: str
    kind: SourceKind
    work: Work = field(default_factory=Work)
    authors: tuple[Author, ...] = ()
    published: str | None = None
    added: str | None = None  # when the person saved it
    tags: tuple[str, ...] = ()
    citekey: str | None = None
    aliases: tuple[str, ...] = ()
    abstract: str = ""
    highlights: tuple[Highlight, ...] = ()
    notes: tuple[str, ...] = ()  # Markdown; on the work as a whole
    reader: str | None = None  # whose highlights, where the export says so
    bibliography: Bibliography = field(default_factory=Bibliography)
    key: str = ""  # the record's name in its export
    raw: str = ""  # the record as the export has it
    problems: tuple[str, ...] = ()
    described: bool = True  # False: only an address is known, which the note's link says as well
    reading: ReadingMark | None = None  # where a field of the export says it; else tags may
    name: str | None = None  # by which a wikilink finds the work, where it has neither title nor address


def to_documents(
    records: Sequence[Record], source: Input, importer: str, problems: Sequence[str] = ()
) -> list[Document]:
    """The documents that records give, in their order; `problems` are those of the file.

    Raises:
        KbError: there are none.
    """
    keys = Counter(record.key for record in records)
    documents: list[Document] = []
    taken: set[str] = set()
    places: dict[str, tuple[str, ...]] = {}
    for record in records:
        title = squash(repair(record.title)) or _untitled(record)
        record = replace(record, title=title, work=_named(replace(record, title=title), importer))
        record = replace(record, work=_apart(record, places))
        if keys[record.key] > 1:  # it tells them not apart
            record = replace(record, key="")
        if record.described:
            documents.append(_work(record, source, importer))
        if record.abstract.strip():
            documents.append(_abstract(record, source))
        if record.highlights or any(note.strip() for note in record.notes):
            documents.append(_note(record, source, importer, taken))
    if not documents:
        reason = f": {problems[0]}" if problems else ""
        raise KbError(f"{source.name} holds no entry that can be read{reason}", "export it again")
    odd = (*source.problems, *problems)
    return [replace(documents[0], problems=(*odd, *documents[0].problems)), *documents[1:]]


def _work(record: Record, source: Input, importer: str) -> Document:
    tagged = of_tags(record.tags)
    return Document(
        kind=record.kind,
        title=record.title,
        text="",
        authors=record.authors,
        url=record.work.url,
        published=record.published,
        external_ids=record.work.external_ids,
        tags=unique(squash(tag) for tag in record.tags),
        aliases=record.aliases,
        original=record.raw.encode(),
        importer=importer,
        target=_target(source, record),
        problems=record.problems,
        bibliography=record.bibliography,
        citekey=record.citekey or None,
        added=record.added,
        reading=record.reading
        or (ReadingMark(tagged, record.added if tagged == "to-read" else None) if tagged else None),
    )


def _abstract(record: Record, source: Input) -> Document:
    """The abstract as a note: as the work's text it would replace the real one when the export is read again."""
    text = notes.compose_abstract(record.name or record.title, record.work.url, record.abstract)
    blocks, references = notes.structure(text)
    return Document(
        kind="note",
        title=f"Abstract of {record.title}",
        text=text,
        blocks=blocks,
        references=references,
        # The same abstract in the exports of several programs is one note.
        external_ids={"abstract": record.work.keys[0]},
        original=record.abstract.encode(),
        importer=notes.NAME,
        target=_target(source, record),
        citekey=f"{_citekey(record)}-abstract",
    )


def _note(record: Record, source: Input, importer: str, taken: set[str]) -> Document:
    text = notes.compose(record.name or record.title, record.work.url, record.highlights, record.notes)
    blocks, references = notes.structure(text)
    # Highlights of one work from two programs are two notes, and stay the same two when exported again.
    who = [importer, record.reader or "", *(record.work.keys[:1] or [record.key or fold(record.title)])]
    own = ":".join(part for part in who if part)
    if own in taken:
        own += f"#{record.key or len(taken)}"
    taken.add(own)
    quoted = any(one.quote.strip() for one in record.highlights)
    return Document(
        kind="note",
        title=f"{'Highlights from' if quoted else 'Notes on'} {record.title}",
        text=text,
        blocks=blocks,
        references=references,
        authors=(Author(record.reader),) if record.reader else (),
        published=max((one.when for one in record.highlights if one.when), default=None),
        external_ids={"highlights": own},
        tags=unique(tag for one in record.highlights for tag in one.tags),
        original=record.raw.encode(),
        importer=notes.NAME,
        target=_target(source, record),
        problems=() if record.described else record.problems,
        citekey=f"{_citekey(record)}-notes",
    )


def _citekey(record: Record) -> str:
    author = record.authors[0].name if record.authors else None
    return record.citekey or ids.citekey(author, record.published, record.title)


def _named(record: Record, importer: str) -> Work:
    """The work, with a name of its own where no address or id tells it: else adding it again would double it."""
    if record.work.keys or not record.described:
        return record.work
    if record.authors:
        name = _called(record)
    else:
        # Reports of one title come out every year.
        year = "" if record.key else (record.published or "")[:4]
        name = f"{importer} {record.key}: {fold(record.title)} {year}".strip()
    return Work(record.work.url, {**record.work.external_ids, "named": name})


def _called(record: Record) -> str:
    author = fold(record.authors[0].name) if record.authors else ""
    return f"{author}: {fold(record.title)} {(record.published or '')[:4]}".strip()


def _apart(record: Record, places: dict[str, tuple[str, ...]]) -> Work:
    """The work; where another of the file has the same name but stands on other pages ("Editorial"), they tell it."""
    name = record.work.external_ids.get("named")
    if name is None:
        return record.work
    place = tuple(fold(record.bibliography.get(one)) for one in ("volume", "issue", "page"))
    first = places.setdefault(name, place)
    if not any(ours and theirs and ours != theirs for ours, theirs in zip(place, first, strict=True)):
        return record.work
    return Work(record.work.url, {**record.work.external_ids, "named": f"{name} {' '.join(place)}"})


def _untitled(record: Record) -> str:
    known = identity.Identity(url=record.work.url, external_ids=record.work.external_ids)
    return (identity.title_in(known) if record.work.url else "") or record.key or "Untitled"


def _target(source: Input, record: Record) -> str:
    """The place of the record: by the file alone, the one entry of a file would replace the one it held before.

    An entry of a bibliography that has no key is found by its name again, also when it has got a DOI since.
    """
    key = record.key or next(iter(record.work.keys), "")
    if not record.key and record.bibliography:
        key = f"named:{record.work.external_ids.get('named') or _called(record)}"
    return f"{source.target}#{key}" if key and source.target else source.target
