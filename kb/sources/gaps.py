"""Facts that a source lacks, filled from another that was joined to it."""

from __future__ import annotations

import json

from kb.model.bibliography import to_csl
from kb.model.identity import FORUMS
from kb.model.source import SourceFields, StoredSource
from kb.sources import held, reading
from kb.store import carrying, edits, same_as, source_facts, source_writing, sources
from kb.store.open import Store


def fill(store: Store, kept: StoredSource, gone: StoredSource) -> list[str]:
    """Give `kept` what only `gone` has, inside a transaction, and note it. Returns the names of what was filled.

    What a person said of the source stays as they said it.
    """
    said = edits.of(store, kept.id)
    fields: SourceFields = {}
    if gone.url and not kept.url:
        fields["url"] = gone.url
    if gone.published and not kept.published:
        fields["published"] = gone.published
    if gone.parent and not kept.parent and gone.parent != kept.id:
        fields["parent"] = gone.parent
    # With the ids of two sites at once, each would be asked for the other's text.
    ids = {name: value for name, value in gone.external_ids.items() if not (kept.url and name in FORUMS)}
    if new := {name: value for name, value in ids.items() if name not in kept.external_ids}:
        fields["external_ids"] = {**kept.external_ids, **new}
    if not to_csl(kept.bibliography) and (work := to_csl(gone.bibliography)):
        fields["bibliography"] = work
    for name in held.FACTS:
        if name in said:
            fields.pop(name, None)
    filled = sorted(fields)
    if fields:
        source_writing.update(store, kept.rowid, fields)
        changes = [(n, json.dumps(_fact(kept, n)), json.dumps(value)) for n, value in sorted(fields.items())]
        same_as.note(store, gone.id, "field", changes)
    authors = sources.authors(store, gone.rowid)
    if authors and not sources.authors(store, kept.rowid) and "authors" not in said:
        source_writing.set_authors(store, kept.rowid, authors)
        same_as.note(store, gone.id, "authors", [[author.name for author in authors]])
        filled.append("authors")
    unlike = held.tags(store, sources.tags(store, gone.rowid), said)
    if tags := sorted(unlike - set(sources.tags(store, kept.rowid))):
        source_writing.add_tags(store, kept.rowid, tags)
        same_as.note(store, gone.id, "tag", [(tag,) for tag in tags])
        filled.append("tags")
    known = {one.name for one in source_facts.of(store, kept.id)}
    if facts := [one for one in source_facts.of(store, gone.id) if one.name not in known]:
        source_facts.put(store, kept.id, facts)
        same_as.note(store, gone.id, "fact", [(one.name,) for one in facts])
        filled.append("facts")
    if reading.join(store, kept.id, gone.id):
        filled.append("reading")
    return filled


def _fact(row: StoredSource, name: str) -> object:
    if name == "bibliography":
        return to_csl(row.bibliography) or None
    value = getattr(row, name)
    return dict(value) if name == "external_ids" else value


def empty(store: Store, kept: StoredSource, thing: same_as.Copied) -> None:
    """Take back one thing that `fill` gave, where it is still as it was given."""
    match thing.kind, thing.of:
        case "field", (name, before, after):
            old, given, now = json.loads(before), json.loads(after), _fact(kept, name)
            if name == "external_ids" and isinstance(now, dict):
                added = {key: value for key, value in given.items() if key not in old}
                now = {key: value for key, value in now.items() if added.get(key) != value}
                source_writing.update(store, kept.rowid, {"external_ids": now})
            elif now == given:
                source_writing.update(store, kept.rowid, {name: old})  # type: ignore[misc]  # a column by its name
        case "authors", names:
            if [author.name for author in sources.authors(store, kept.rowid)] == list(names):
                source_writing.set_authors(store, kept.rowid, [])
        case "tag", (tag,):
            source_writing.remove_tags(store, kept.rowid, [tag])
        case "fact", (name,):
            source_facts.drop(store, kept.id, name)
        case "reading", (name, before, given):
            reading.part(store, name, before, given)
        case "revisit", (name, other):
            carrying.drop_revisit(store, name, other)
        case _:
            pass
