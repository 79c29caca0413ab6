"""A note of an exported vault: the source or the statement it shows, as it was."""

from __future__ import annotations

from dataclasses import replace

from importers.base import Importer, Input
from importers.cutting import Structured, cut
from kb.errors import KbError
from kb.model.document import Document, Pointer
from kb.model.identity import of_url
from kb.model.reading import ReadingMark, state_of
from kb.text.strings import clip
from notes.markdown import structure as markdown
from notes.markdown.meta import read_note
from notes.vault import note_file, source_note


def sniff(source: Input) -> float:
    """Certain where the properties say so, with an id of ours; a person's own note never does."""
    if not source.text.startswith("---") or "kb_format" not in source.text:
        return 0.0
    return 1.0 if note_file.is_note(raw(source)) else 0.0


def read(source: Input) -> list[Document]:
    """The source as a document, or a document that holds nothing but the statement's record.

    Raises:
        KbError: the note is of a later form, or says what cannot be.
    """
    note = note_file.read(raw(source))
    if note.damage:
        raise KbError(f"{source.called}: {note.damage}", "put it back, or export the vault anew")
    if note.statement is not None:
        record = note.statement
        return [Document("note", clip(record.text, 80), "", importer=IMPORTER.name, records=(record,))]
    assert note.source is not None
    return [_document(note.source, source)]


def structure(text: str) -> Structured:
    """The blocks of a text that says nothing of its importer."""
    return markdown.structure(text)


def _document(note: source_note.SourceNote, source: Input) -> Document:
    blocks, references = cut(note.importer or "", note.text, note.authors)
    targets = {link.raw: link.to for link in note.links}
    record, state = note.record, state_of(note.reading)
    return Document(
        kind=note.kind,  # type: ignore[arg-type]  # checked by `read`
        title=note.title,
        title_given=note.title_given,
        text=note.text,
        blocks=blocks,
        references=tuple(replace(r, source=targets.get(r.raw)) for r in references),
        authors=note.authors,
        url=note.url,
        url_is_own=not _names_its_address(note),
        published=note.published,
        external_ids=dict(note.external_ids),
        bibliography=note.bibliography,
        tags=note.tags,
        aliases=note.aliases,
        parent=Pointer(note.parent, id=note.parent) if note.parent else None,
        namespace=note.namespace,
        original=source.original,
        importer=note.importer or "",
        target=note.file or "",
        path=note.path,
        problems=source.problems,
        id=note.id,
        citekey=note.citekey,
        added=note.added,
        reading=ReadingMark(state, note.reading_since) if state else None,
        records=(record,) if record and (record.links or record.rejected) else (),
    )


def _names_its_address(note: source_note.SourceNote) -> bool:
    """Whether the address is one that the text itself names: what is found there is another source."""
    said = read_note(note.text, "").url if note.url and note.text.startswith("---") else None
    return said is not None and note.url in (said, of_url(said).url)


def cut_note(note: source_note.SourceNote) -> Structured:
    """The text cut as it was when it was read."""
    return cut(note.importer or "", note.text, note.authors)


def raw(source: Input) -> str:
    """What stands in the file; a text that was exported must not be repaired once more."""
    try:
        return source.original.decode("utf-8-sig") if source.original else source.text
    except UnicodeDecodeError:
        return source.text


IMPORTER = Importer(
    name="vaultnote",
    version="1",
    what="a note of a vault that kb exported",
    recognised_by="the front matter that `kb export` writes",
    gives="one, the same as before the export",
    keeps="text, ids, facts and decisions, and what you wrote into the note",
    loses="nothing",
    sniff=sniff,
    read=read,
    structure=structure,
    precedence=10,
)
