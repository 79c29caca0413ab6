"""What a person said of a source or statement, taken back: which values importers and rules give instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import cast

from kb.errors import UsageError, notify
from kb.model.field_change import FieldChange
from kb.model.source import StoredSource
from kb.model.statement import Statement
from kb.model.words import SourceKind
from kb.sources import edit, held, own_words, wording
from kb.sources.edit import SourceEdit
from kb.sources.own_words import Cut
from kb.sources.wording import StatementEdit
from kb.store import edits, files, source_writing, sources
from kb.store.edits import Held
from kb.store.open import Store, now

_STORED = {
    "title": edits.TITLE, "authors": edits.AUTHORS, "date": "published", "kind": "kind", "url": "url",
    "citekey": "citekey", "tags": edits.UNTAGGED, "aliases": edits.UNALIASED, "text": edits.TEXT,
}  # fmt: skip
"""Fields of a source by the names that people give them, as the table `edit` has them."""

ALL = "all"
SOURCE_FIELDS, STATEMENT_FIELDS = tuple(_STORED), tuple(wording.STORED)


@dataclass(frozen=True, slots=True)
class Before:
    """What is to be given back: the facts, the text where a person changed that, fields of which it is not known."""

    facts: SourceEdit
    text: str | None = None
    unknown: tuple[str, ...] = ()


def of_source(store: Store, source_id: str, fields: Collection[str]) -> Before:
    """What importers say of these fields where a person said something else.

    Raises:
        UsageError: no such field.
    """
    wanted = _wanted(fields, SOURCE_FIELDS)
    row = sources.stored(store, source_id)
    assert row is not None
    said = edits.held(store, source_id)
    if row.title_given and edits.TITLE not in said:  # with `kb add --title`
        said[edits.TITLE] = Held(row.title, None)
    there = {name: said[_STORED[name]] for name in wanted if _STORED[name] in said}
    text = there.pop("text").value if "text" in there else None
    unknown = tuple(name for name, one in there.items() if one.imported is None)
    known = {name: one.imported for name, one in there.items() if one.imported is not None}
    facts = SourceEdit(
        title=known.get("title"),
        kind=cast(SourceKind | None, known.get("kind")),
        published=known.get("date"),
        url=known.get("url"),
        citekey=known.get("citekey"),
        authors=tuple(held.authors_of(known["authors"])) if "authors" in known else None,
    )
    if "tags" in known:
        was, is_ = held.tags(store, held.names_of(known["tags"]), {}), set(sources.tags(store, row.rowid))
        facts = replace(facts, tagged=tuple(sorted(was - is_)), untagged=tuple(sorted(is_ - was)))
    if "aliases" in known:
        was, is_ = held.names_of(known["aliases"]), set(sources.aliases(store, row.rowid))
        facts = replace(facts, aliases=tuple(sorted(was - is_)), unaliased=tuple(sorted(is_ - was)))
    return Before(facts, text, unknown)


def of_statement(store: Store, statement: Statement, fields: Collection[str]) -> StatementEdit:
    """What rules found in the place of what a person said of the text and the kind of a statement, of these fields.

    Raises:
        UsageError: no such field.
    """
    said = edits.held(store, statement.id)
    there = {name: said.get(wording.STORED[name]) for name in _wanted(fields, STATEMENT_FIELDS)}
    return StatementEdit(*(one.imported if (one := there.get(name)) else None for name in ("text", "kind")))


def statement_differences(store: Store, statement: Statement, fields: Collection[str]) -> list[FieldChange]:
    """What giving these fields of a statement back would change."""
    return [
        *wording.differences(statement, of_statement(store, statement, fields)),
        *_respoken(store, statement, fields),
    ]


def _respoken(store: Store, statement: Statement, fields: Collection[str]) -> list[FieldChange]:
    """How the speakers change where those count again whom the texts name."""
    before = edits.speakers_before(store, statement.id) if "speaker" in _wanted(fields, STATEMENT_FIELDS) else None
    now = {(one.speaker, one.voice) for one in statement.mentions}
    return [] if before is None or now == set(before) else [wording.respoken(now, before)]


def differences(store: Store, row: StoredSource, before: Before) -> list[FieldChange]:
    """What giving it back would change."""
    found = edit.differences(store, row.id, before.facts)
    if before.text is not None and before.text != row.text:
        found.append(FieldChange("text", row.text, before.text))
    return found


def give_back(store: Store, row: StoredSource, fields: Collection[str], cut: Cut) -> list[FieldChange]:
    """Let these fields of a source be as importers say, now and later, inside a transaction. Returns what that changes.

    What importers say of a field is not known where it was edited before that was noted: such a field keeps its value
    until the next import, which reads the file again.
    """
    before = of_source(store, row.id, fields)
    found = differences(store, row, before)
    edit.edit(store, row.id, before.facts)
    if before.text is not None:
        own_words.set_text(store, sources.stored_at(store, row.rowid), before.text, cut, now())
    for name in _wanted(fields, SOURCE_FIELDS):
        edits.drop(store, row.id, _STORED[name])
    if "title" in _wanted(fields, SOURCE_FIELDS):
        source_writing.update(store, row.rowid, {"title_given": False})
    if before.unknown:
        files.forget(store, [row.target] if row.target else [])
        again = f"kb add {row.target}" if row.target else "adding it again"
        notify(f"what was imported as {', '.join(before.unknown)} is not known; {again} brings it")
    return found


def give_statement_back(store: Store, statement: Statement, fields: Collection[str]) -> list[FieldChange]:
    """The same for a statement."""
    respoken = _respoken(store, statement, fields)
    found = [*wording.edit(store, statement, of_statement(store, statement, fields)), *respoken]
    if respoken:
        edits.give_speakers_back(store, statement.id)
    for name in _wanted(fields, STATEMENT_FIELDS):
        edits.drop(store, statement.id, wording.STORED[name])
    return found


def _wanted(fields: Collection[str], known: tuple[str, ...]) -> tuple[str, ...]:
    for name in fields:
        if name != ALL and name not in known:
            raise UsageError(f"no field {name!r}", "one of: " + ", ".join((*known, ALL)))
    return known if ALL in fields else tuple(dict.fromkeys(fields))
