"""A source as a note of a vault, and back: its properties, its text word for word, and what is said about it.

The text stands between two comments that nobody sees, so that it comes back exactly, whatever it holds.
What follows the last comment is the reader's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.model.bibliography import Bibliography, from_csl, to_csl
from kb.model.document import Author, SourceRecord
from kb.model.reading import state_of
from kb.text.repair import repair
from kb.text.strings import digest
from notes.vault import properties as properties
from notes.vault.body import NOTHING, Own, Regions, Section, mark, own_part, section_lines
from notes.vault.record_fields import FORMAT, date, link_fields, link_record, mapping, rows, text_or_none, words
from notes.vault.text_links import TextLink, restore

_FIELDS = ("kind", "title", "citekey", "url", "published", "added", "namespace", "importer", "path", "file")


@dataclass(frozen=True, slots=True)
class SourceNote:
    """All that is needed to rebuild a source. `text` is as it was read, without any rewritten link."""

    id: str
    kind: str
    title: str
    title_given: bool = False  # by a person
    text: str = ""
    citekey: str | None = None
    authors: tuple[Author, ...] = ()
    url: str | None = None
    published: str | None = None
    added: str | None = None
    parent: str | None = None
    external_ids: tuple[tuple[str, str], ...] = ()
    bibliography: Bibliography = field(default_factory=Bibliography)
    reading: str = ""  # how far its reader is with it, as it is written
    reading_since: str | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    namespace: str | None = None  # set where the title itself identifies it within a site
    importer: str | None = None
    path: str | None = None  # inside the vault it came from
    file: str | None = None  # name of the file it came from
    links: tuple[TextLink, ...] = ()  # what the references in the text point to
    record: SourceRecord | None = None
    edited: bool = False  # whether somebody changed the text since it was exported


def write(
    note: SourceNote,
    shown: str,
    sections: Sequence[Section],
    stem: str,
    parent: str,
    own: Own = NOTHING,
) -> str:
    """The note as text.

    `shown` is the text with links that lead to notes of the vault, `sections` are what is said about it,
    `stem` is the file's name, `parent` the name of the parent's file, `own` what the person put into the note.
    """
    fields: dict[str, Any] = {"kb": note.id, "kb_format": FORMAT}
    fields |= {name: getattr(note, name) for name in _FIELDS[:3]}
    fields["title_given"] = note.title_given or None
    fields["authors"] = [author.name for author in note.authors]
    fields["author_slugs"] = [{"name": a.name, "slug": a.slug} for a in note.authors if a.slug]
    fields |= {name: getattr(note, name) for name in _FIELDS[3:6]}
    fields |= {"parent": note.parent, "parent_note": f"[[{parent}]]" if parent else None}
    fields["external_ids"] = dict(note.external_ids)
    fields["cited_as"] = to_csl(note.bibliography) | dict(note.bibliography.dates)  # dates as people write them
    if not re.search(r"^reading\s*:", own.properties, re.M):  # a line of the person's own that means something else
        fields |= {"reading": note.reading, "reading_since": note.reading_since}
    fields |= {"tags": list(note.tags), "aliases": [*([note.title] if note.title != stem else []), *note.aliases]}
    fields |= {name: getattr(note, name) for name in _FIELDS[6:]}
    fields["text_hash"] = digest(note.text)[:16] if note.text else None
    fields["text_links"] = [_link_fields(link) for link in note.links]
    if note.record:
        fields["links"] = [link_fields(link) for link in note.record.links]
        fields["rejected"] = list(note.record.rejected)
    parts = [properties.dump(fields, links=("parent_note",), more=own.properties)]
    if note.text:
        name = _mark_name(note.id, shown)
        parts.append(f"\n{mark('text', name)}\n{shown}\n{mark('end', name)}\n")
    return "".join([*parts, *section_lines(sections), own_part(note.id, own)])


def read(fields: Mapping[str, Any], regions: Regions) -> SourceNote:
    """The source in a note with these properties and this body."""
    source_id = str(fields["kb"])
    links = tuple(_text_link(row) for row in rows(fields.get("text_links")))
    text, edited = _text(regions.text, links, text_or_none(fields.get("text_hash")))
    slugs = {row.get("name"): text_or_none(row.get("slug")) for row in rows(fields.get("author_slugs"))}
    given = {name: text_or_none(fields.get(name)) for name in _FIELDS}
    title = given.pop("title") or source_id
    record = SourceRecord(
        source_id,
        tuple(link_record(row) for row in rows(fields.get("links"))),
        words(fields.get("rejected")),
    )
    return SourceNote(
        id=source_id,
        kind=given.pop("kind") or "note",
        title=title,
        title_given=text_or_none(fields.get("title_given")) in ("True", "true"),
        text=text,
        authors=tuple(Author(name, slugs.get(name)) for name in words(fields.get("authors"))),
        published=date(given.pop("published")),
        parent=text_or_none(fields.get("parent")),
        external_ids=tuple((name, str(value)) for name, value in mapping(fields.get("external_ids")).items()),
        bibliography=from_csl(mapping(fields.get("cited_as"))),
        reading=text_or_none(fields.get("reading")) or state_of(fields.get("status"), only_plain=True) or "",
        reading_since=date(text_or_none(fields.get("reading_since"))),
        tags=words(fields.get("tags")),
        aliases=tuple(alias for alias in words(fields.get("aliases")) if alias != title),
        links=links,
        record=record,
        edited=edited,
        **given,
    )


def _text(inner: str | None, links: Sequence[TextLink], hashed: str | None) -> tuple[str, bool]:
    """(the text, whether it was edited)."""
    if inner is None:
        return "", False
    for candidate in (inner[1:-1], repair(inner)[1:-1]):  # the second: line ends turned by an editor or by git
        text = restore(candidate, links)
        if digest(text)[:16] == hashed:
            return text, False
    return repair(restore(inner, links)).strip("\n"), True


def _mark_name(source_id: str, text: str) -> str:
    """A name for the marks that does not stand in the text."""
    name, number = source_id, 1
    while mark("end", name) in text:
        number += 1
        name = f"{source_id}-{number}"
    return name


def _link_fields(link: TextLink) -> dict[str, str]:
    fields = {"raw": link.raw, "to": link.to}
    return fields | {"written": link.written} if link.written else fields


def _text_link(row: Mapping[str, Any]) -> TextLink:
    return TextLink(str(row.get("raw") or ""), str(row.get("to") or ""), text_or_none(row.get("written")))
