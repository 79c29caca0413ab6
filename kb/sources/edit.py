"""What a person says of a source or a statement, over what importers and rules find: it holds for later imports too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from kb.model.document import Author
from kb.model.source import SourceFields
from kb.model.statement import NewMention, NewStatement, Statement
from kb.model.words import SourceKind, StatementKind
from kb.store import edits, meta, people, source_writing, sources, statement_writing, statements
from kb.store.open import Store, now
from kb.text.strings import digest, squash

HELD: tuple[Literal["kind", "published", "url", "citekey"], ...] = ("kind", "published", "url", "citekey")
"""Facts that later imports leave as the person said, where they said so; a title has a column for that."""


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """The facts of a source that a person changes; None leaves one as it is, "" takes a date or an address away."""

    title: str | None = None
    kind: SourceKind | None = None
    published: str | None = None
    url: str | None = None
    citekey: str | None = None
    authors: tuple[Author, ...] | None = None
    tagged: tuple[str, ...] = ()
    untagged: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # names to add


def edit(store: Store, source_id: str, change: SourceEdit) -> bool:
    """Put the person's words in place of the importer's, inside a transaction; whether that changes anything."""
    row = sources.stored(store, source_id)
    assert row is not None
    at = now()
    fields: SourceFields = {}
    if change.title and change.title != row.title:
        fields |= {"title": change.title, "title_given": True}
        source_writing.add_names(store, row.rowid, [(change.title, 0)])
    if change.kind and change.kind != row.kind:
        fields["kind"] = change.kind
    if change.published is not None and (change.published or None) != row.published:
        fields["published"] = change.published or None
    if change.url is not None and (change.url or None) != row.url:
        fields["url"] = change.url or None
    if change.citekey and change.citekey != row.citekey:
        fields["citekey"] = source_writing.free_citekey(store, change.citekey)
    for name in HELD:
        if name in fields:
            edits.put(store, source_id, name, str(fields[name] or ""), at)
    changed = bool(fields)
    if fields:
        source_writing.update(store, row.rowid, {**fields, "updated": at})
    known = sources.authors(store, row.rowid)
    authors = _as_written(store, change.authors, known) if change.authors is not None else known
    if [a.name for a in authors] != [a.name for a in known]:
        source_writing.set_authors(store, row.rowid, authors)
        edits.put(store, source_id, "authors", "\n".join(author.name for author in authors), at)
        changed = True
    if change.aliases:
        source_writing.add_names(store, row.rowid, [(name, 1) for name in change.aliases])
    changed |= _tags(store, source_id, row.rowid, change, at)
    if changed:
        meta.bump_generation(store)
    return changed


def _as_written(store: Store, given: Sequence[Author], there: Sequence[Author]) -> list[Author]:
    """The authors that are given; who is given as they are shown keeps the name that the text has."""
    known = people.known_as(store)
    shown: dict[str, list[Author]] = {}
    for author in there:
        shown.setdefault(known(author.name), []).append(author)
    return list(dict.fromkeys(kept for author in given for kept in shown.get(author.name, [author])))


def _tags(store: Store, source_id: str, rowid: int, change: SourceEdit, at: str) -> bool:
    """Tags come and go; one that a person took away does not come back with the next import."""
    there = set(sources.tags(store, rowid))
    new, gone = set(change.tagged) - there, set(change.untagged) & there
    if not new and not gone:
        return False
    source_writing.add_tags(store, rowid, sorted(new))
    source_writing.remove_tags(store, rowid, sorted(gone))
    refused = untagged(edits.of(store, source_id)) - new | gone
    edits.put(store, source_id, edits.UNTAGGED, "\n".join(sorted(refused)), at)
    return True


def untagged(held: Mapping[str, str]) -> set[str]:
    """Tags that a person took away from a source of which they said what is `held` (`kb.store.edits.of`)."""
    return {tag for tag in held.get(edits.UNTAGGED, "").split("\n") if tag}


def set_speaker(store: Store, statement_id: str, speaker: str) -> None:
    """Say, inside a transaction, who makes a statement; "" where nobody is known to."""
    edits.put(store, statement_id, edits.SPEAKER, speaker, now())
    edits.apply_speakers(store, [statement_id])
    meta.bump_generation(store)


def restate(store: Store, source_id: str, statement: Statement, text: str) -> None:
    """Let a claim that a person wrote as a note of its own say what that note says now."""
    words = squash(text)
    row = sources.stored(store, source_id)
    assert row is not None
    with store.transaction():
        mention = NewMention(row.rowid, row.text, 0, len(row.text), statements.speaker(store, statement.id))
        new = NewStatement(
            statement.id, cast(StatementKind, statement.kind), words, statement.basis, statement.rule,
            statement.status, statement.confidence, now(), digest(words), (mention,),
        )  # fmt: skip
        statement_writing.insert(store, [new])
        statement_writing.set_words(store, statement.id, words, statement.kind, digest(words))
        meta.bump_generation(store)
