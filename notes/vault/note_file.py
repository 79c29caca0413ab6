"""A note of a vault that kb wrote, as it stands in its file now: what it shows, and what a person put into it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kb.errors import KbError
from kb.model import ids, reading
from kb.model.document import StatementRecord
from kb.model.words import BASES, READING_STATES, SOURCE_KINDS, STATEMENT_KINDS, STATUSES
from kb.text import dates
from kb.text.repair import repair
from kb.text.strings import digest, squash
from notes.markdown import properties
from notes.vault import source_note, statement_note
from notes.vault.body import Own, Regions, mark, regions
from notes.vault.properties import load, others, problem
from notes.vault.record_fields import FORMAT, credence_record, date, text_or_none, words
from notes.vault.source_note import SourceNote

_KNOWN = frozenset(
    {
        "kb",
        "kb_format",
        "kb_state",
        "kind",
        "title",
        "title_given",
        "citekey",
        "authors",
        "author_slugs",
        "url",
        "published",
    }
    | {"added", "parent", "parent_note", "external_ids", "tags", "aliases", "namespace", "importer", "path", "file"}
    | {
        "text_hash",
        "text_links",
        "links",
        "rejected",
        "reading",
        "reading_since",
        "status",
        "basis",
        "rule",
        "confidence",
        "statement",
    }
    | {"speaker", "mentions", "context", "credences", "cited_as", "edited"}
)
_SHORT = {"author", "date", "tag", "alias"}
"""Names that people give to properties which kb writes under others; read, and written under those."""


@dataclass(frozen=True, slots=True)
class NoteFile:
    """One of `source` and `statement` is there. `said` are the lines that kb wrote for people, and whatever stands
    between them now; `own` is the person's; `stray` what they wrote above the text.
    """

    subject: str
    source: SourceNote | None
    statement: StatementRecord | None
    said: tuple[str, ...]
    own: Own
    stray: str = ""
    speaker: str | None = None  # who says the statement, where one does
    shown: str = ""  # the line of the body that has the statement
    damage: str = ""  # why it cannot be read as what it was


_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)?")
_HEAD = 64_000  # bytes at the beginning of a file that have its properties
_FORMAT = f"\nkb_format: {FORMAT}\n"
_STATE = re.compile(r"^kb_state:[ \t]*[\"']?(\w+)", re.M)


def marked(text: str) -> str:
    """A note as kb writes it, with a mark of its state: by that a file is known that grew from this one."""
    return text.replace(_FORMAT, f"{_FORMAT}kb_state: s{digest(text)[:9]}\n", 1)


def state_of(raw: str) -> str:
    """The mark that kb wrote into a note; "" where there is none."""
    found = _STATE.search(raw, 0, raw.find("\n---", 3) + 1)
    return found[1] if found else ""


def is_note(raw: str) -> bool:
    """Whether the properties say so, with an id of ours; a person's own note never does."""
    if not raw.startswith("---") or "kb_format" not in raw:
        return False
    fields, body = load(raw)
    kb = str(fields.get("kb") or "")
    ours = body and kb[:1] in (ids.SOURCE, ids.STATEMENT) and len(kb) == ids.LENGTHS[kb[0]] and ids.ID.fullmatch(kb)
    return bool(ours and text_or_none(fields.get("kb_format")))


def subject_of(raw: str) -> str:
    """The id of the source or statement that a note shows; "" where it is none of kb's."""
    return str(load(raw)[0]["kb"]) if is_note(raw) else ""


def subject_in(path: str) -> str:
    """The same of a file; "" where it cannot be read."""
    if not os.path.isfile(path):  # a pipe would be waited for
        return ""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            if b"kb_format" not in head:
                return ""
            return subject_of(head.decode("utf-8-sig", "replace")) or subject_of(
                (head + file.read()).decode("utf-8-sig", "replace")
            )
    except OSError:
        return ""


def own_in(raw: str) -> Own | None:
    """What the person put into a note; None where it is no note of kb's, or cannot be read as one."""
    try:
        return read(raw).own if is_note(raw) else None
    except KbError:
        return None


def read(raw: str) -> NoteFile:
    """The note in a file.

    Raises:
        KbError: it is none of ours, of a later form, or says what cannot be.
    """
    if not is_note(raw):
        raise KbError("not a note of an exported vault", "leave out --as")
    fields, start = load(raw)
    if text_or_none(fields.get("kb_format")) != str(FORMAT):
        raise KbError("this note was exported by a newer version of kb", "update kb")
    subject = str(fields["kb"])
    parts = regions(raw[start:], subject)
    if wrong := problem(raw) or _no_date(fields) or _no_state(fields) or _no_credence(fields):
        parts = replace(parts, damage=f"its properties cannot be read: {wrong}")
    # What is meant for no state (`reading: 5 minutes`) is the person's own.
    unclear = () if reading.state_of(fields.get("reading", "read")) else ("reading",)
    own = Own(others(raw, (_KNOWN | _SHORT).difference(unclear)), parts.own)
    if subject.startswith(ids.STATEMENT):
        said, speaker = _lines(parts.above + parts.said), text_or_none(fields.get("speaker"))
        first = next((number for number, line in enumerate(said) if line.strip()), None)
        shown, said = ("", said) if first is None else (said[first], said[first + 1 :])
        return NoteFile(subject, None, _statement(fields), said, own, "", speaker, shown, parts.damage)
    damage = parts.damage
    if not damage and parts.text is None and text_or_none(fields.get("text_hash")):
        damage = f"the mark {mark('text', subject)} is gone"
    note = _source(fields, parts)
    return NoteFile(subject, note, None, _lines(parts.said), own, parts.above.strip(), damage=damage)


def _no_date(fields: Mapping[str, Any]) -> str:
    """What stands for a date and is none."""
    for name in ("published", "date"):
        value = text_or_none(fields.get(name))
        if value and not dates.read(value) and not dates.read(value[:10]):
            return f"{name}: {value} is no date"
    return ""


def _no_state(fields: Mapping[str, Any]) -> str:
    """What stands for how far one is with a source, and is no state: a bare word or two."""
    said = text_or_none(fields.get("reading"))
    if said is None or reading.state_of(said):
        return ""
    return f"reading: {said} is none of {', '.join(READING_STATES)}" if _WORDS.fullmatch(said) else ""


def _no_credence(fields: Mapping[str, Any]) -> str:
    """What stands for a credence, and is no probability of anybody."""
    said = fields.get("credences") or []
    listed = said if isinstance(said, list) else [said]
    wrong = next((row for row in listed if not isinstance(row, dict) or credence_record(row) is None), None)
    return "" if wrong is None else f"credences: {wrong} does not say who, and a probability from 0 to 1"


def _source(fields: Mapping[str, Any], parts: Regions) -> SourceNote:
    note = source_note.read(fields, parts)
    _check("kind", note.kind, SOURCE_KINDS)
    said = fields.get("author") or fields.get("authors")
    authors = properties.authors({"authors": said}) if isinstance(said, str) else ()
    tags, listed = words(fields.get("tag")), fields.get("tags")
    return replace(
        note,
        authors=authors if len(authors) > 1 or fields.get("author") else note.authors,
        published=date(text_or_none(fields.get("date"))) or note.published,
        tags=tuple(dict.fromkeys((*(properties.tags(listed) if isinstance(listed, str) else note.tags), *tags))),
        aliases=tuple(dict.fromkeys((*note.aliases, *words(fields.get("alias"))))),
    )


def _statement(fields: Mapping[str, Any]) -> StatementRecord:
    record = statement_note.read(fields)
    _check("kind", record.kind, STATEMENT_KINDS)
    _check("status", record.status, STATUSES)
    _check("basis", record.basis, BASES)
    if not squash(record.text):
        raise KbError(f"statement {record.id} has no text", "export the vault anew")
    return record


def _lines(said: str) -> tuple[str, ...]:
    return tuple(repair(said).split("\n"))


def _check(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise KbError(f"the note says {what}: {value}", "one of: " + ", ".join(allowed))
