"""A statement as a note of a vault, and back. Its properties say everything; its body is for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.model.document import StatementRecord
from notes.vault import properties as properties
from notes.vault.body import NOTHING, Own, Section, own_part, section_lines
from notes.vault.record_fields import (
    FORMAT,
    credence_fields,
    credence_record,
    link_fields,
    link_record,
    mapping,
    number,
    rows,
    span_fields,
    span_record,
    text_or_none,
    words,
)

_BLOCK_MARK = re.compile(r"(?=[#>*+~`|=-])|(?<=\d)(?=[.)]\s)")


def write(
    record: StatementRecord, quotes: Sequence[str], sections: Sequence[Section], shown: str, own: Own = NOTHING
) -> str:
    """The note as text.

    `shown` is the statement with links that lead to notes of the vault, `quotes` are Markdown block quotes,
    `sections` are what is said about it, `own` what the person put into the note.
    """
    speakers = {span.speaker for span in record.mentions}
    fields: dict[str, Any] = {
        "kb": record.id,
        "kb_format": FORMAT,
        "kind": record.kind,
        "status": record.status,
        "basis": record.basis,
        "rule": record.rule,
        "confidence": record.confidence,
        "statement": record.text,
        "edited": list(record.edited),
        "speaker": next(iter(speakers)) if len(speakers) == 1 else None,
        "mentions": [span_fields(span) for span in record.mentions],
        "context": span_fields(record.context) if record.context else None,
        "links": [link_fields(link) for link in record.links],
        "credences": [credence_fields(credence) for credence in record.credences],
    }
    # A statement that begins like a heading or an item is neither.
    parts = [properties.dump(fields, more=own.properties), "\n", _escaped(shown), "\n"]
    parts += [f"\n{quote}\n" for quote in quotes]
    return "".join([*parts, *section_lines(sections), own_part(record.id, own)])


def _escaped(shown: str) -> str:
    return _BLOCK_MARK.sub("\\\\", shown[:4], count=1) + shown[4:]


def read(fields: Mapping[str, Any]) -> StatementRecord:
    """The statement in a note with these properties."""
    return StatementRecord(
        id=str(fields["kb"]),
        kind=(text_or_none(fields.get("kind")) or "claim").lower(),
        text=text_or_none(fields.get("statement")) or "",
        status=(text_or_none(fields.get("status")) or "suggested").lower(),
        basis=text_or_none(fields.get("basis")) or "authored",
        rule=text_or_none(fields.get("rule")) or "",
        confidence=number(fields.get("confidence")),
        edited=words(fields.get("edited")),
        mentions=tuple(span for row in rows(fields.get("mentions")) if (span := span_record(row))),
        context=span_record(mapping(fields.get("context"))),
        links=tuple(link_record(row) for row in rows(fields.get("links"))),
        credences=tuple(found for row in rows(fields.get("credences")) if (found := credence_record(row))),
    )
