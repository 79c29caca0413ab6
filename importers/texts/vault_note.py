"""A note of an exported vault: the source or the statement it shows, as it was."""

from __future__ import annotations

from dataclasses import replace

from importers.base import Importer, Input
from importers.cutting import Structured, cut
from kb.errors import KbError
from kb.model import ids
from kb.model.document import Document, Pointer
from kb.model.words import BASES, RELATIONS, SOURCE_KINDS, STATEMENT_KINDS, STATUSES
from kb.text.strings import clip, squash
from notes.markdown import structure as markdown
from notes.vault import source_note, statement_note
from notes.vault.properties import load
from notes.vault.record_fields import FORMAT, text_or_none


def sniff(source: Input) -> float:
    """Certain where the properties say so, with an id of ours; a person's own note never does."""
    if not source.text.startswith("---") or "kb_format" not in source.text:
        return 0.0
    fields, body = load(_raw(source))
    kb = str(fields.get("kb") or "")
    ours = body and kb[:1] in (ids.SOURCE, ids.STATEMENT) and len(kb) == ids.LENGTHS[kb[0]] and ids.ID.fullmatch(kb)
    return 1.0 if ours and text_or_none(fields.get("kb_format")) else 0.0


def read(source: Input) -> list[Document]:
    """The source as a document, or a document that holds nothing but the statement's record.

    Raises:
        KbError: the note is of a later form, or says what cannot be.
    """
    raw = _raw(source)
    fields, body = load(raw)
    if not sniff(source):
        raise KbError("not a note of an exported vault", "leave out --as")
    if text_or_none(fields.get("kb_format")) != str(FORMAT):
        raise KbError("this note was exported by a newer version of kb", "update kb")
    if str(fields["kb"]).startswith(ids.STATEMENT):
        record = statement_note.read(fields)
        _check("kind", record.kind, STATEMENT_KINDS)
        _check("status", record.status, STATUSES)
        _check("basis", record.basis, BASES)
        if not squash(record.text):
            raise KbError(f"statement {record.id} has no text", "export the vault anew")
        for link in record.links:
            _check("relation", link.relation, RELATIONS)
        return [Document("note", clip(record.text, 80), "", importer=IMPORTER.name, records=(record,))]
    note = source_note.read(raw, fields, body)
    _check("kind", note.kind, SOURCE_KINDS)
    return [_document(note, source)]


def structure(text: str) -> Structured:
    """The blocks of a text that says nothing of its importer."""
    return markdown.structure(text)


def _document(note: source_note.SourceNote, source: Input) -> Document:
    problems = list(source.problems)
    if note.leftover:
        problems.append("words outside the exported text stay in the note; only the text is taken up")
    blocks, references = cut(note.importer or "", note.text, note.authors)
    targets = {link.raw: link.to for link in note.links}
    record = note.record
    return Document(
        kind=note.kind,  # type: ignore[arg-type]  # checked by `read`
        title=note.title,
        title_given=note.title_given,
        text=note.text,
        blocks=blocks,
        references=tuple(replace(r, source=targets.get(r.raw)) for r in references),
        authors=note.authors,
        url=note.url,
        published=note.published,
        external_ids=dict(note.external_ids),
        tags=note.tags,
        aliases=note.aliases,
        parent=Pointer(note.parent, id=note.parent) if note.parent else None,
        namespace=note.namespace,
        original=source.original,
        importer=note.importer or "",
        target=note.file or "",
        path=note.path,
        problems=tuple(problems),
        id=note.id,
        citekey=note.citekey,
        added=note.added,
        records=(record,) if record and (record.links or record.rejected) else (),
    )


def _raw(source: Input) -> str:
    """What stands in the file: a text that was exported must not be repaired once more."""
    try:
        return source.original.decode("utf-8") if source.original else source.text
    except UnicodeDecodeError:
        return source.text


def _check(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise KbError(f"the note says {what}: {value}", "one of: " + ", ".join(allowed))


IMPORTER = Importer(
    name="vaultnote",
    version="1",
    what="a note of a vault that kb exported",
    recognised_by="the front matter that `kb export` writes",
    gives="one, the same as before the export",
    sniff=sniff,
    read=read,
    structure=structure,
    precedence=10,
)
