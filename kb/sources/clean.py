"""The facts of a document without characters that steer a terminal: whatever file or site they come from."""

from __future__ import annotations

from dataclasses import replace

from kb.model.bibliography import Bibliography, Name
from kb.model.document import Author, Document, Pointer
from kb.text.controls import without

UNTITLED = "untitled"


def cleaned(document: Document) -> Document:
    """The document with clean title, authors, tags, names, citekey and bibliography; its text is the importer's to
    repair, before offsets are taken."""
    title = without(document.title)
    return replace(
        document,
        title=title if title.strip() or title == document.title else UNTITLED,
        authors=tuple(_author(one) for one in document.authors if without(one.name).strip()),
        bibliography=_facts(document.bibliography),
        tags=_each(document.tags),
        aliases=_each(document.aliases),
        addresses=_each(document.addresses),
        parent=_pointer(document.parent) if document.parent else None,
        citekey=(without(document.citekey) or None) if document.citekey else document.citekey,
    )


def _each(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in map(without, names) if name.strip())


def _author(author: Author) -> Author:
    return Author(without(author.name), without(author.slug) if author.slug else author.slug)


def _pointer(pointer: Pointer) -> Pointer:
    return replace(pointer, title=without(pointer.title))


def _facts(facts: Bibliography) -> Bibliography:
    return replace(
        facts,
        fields={name: without(value) for name, value in facts.fields.items()},
        names={role: tuple(map(_name, names)) for role, names in facts.names.items()},
    )


def _name(name: Name) -> Name:
    parts = (name.family, name.given, name.particle, name.dropping, name.suffix, name.literal)
    return Name(*map(without, parts))
