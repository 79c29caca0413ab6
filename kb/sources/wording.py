"""What a person says of a statement, over what rules found: its words, its kind, who makes it. Its quotes stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kb.errors import UsageError
from kb.model.field_change import FieldChange
from kb.model.source import StoredSource
from kb.model.statement import Statement
from kb.model.words import STATEMENT_KINDS
from kb.sources import own_words
from kb.sources.extraction import OWN_CLAIM
from kb.store import edits, meta, sources, statement_writing
from kb.store.open import Store, now
from kb.text.repair import repair
from kb.text.strings import digest, squash

STORED = {"text": edits.WORDING, "kind": edits.KIND, "speaker": edits.SPEAKER}
"""Fields of a statement by the names that people give them, as the table `edit` has them."""


@dataclass(frozen=True, slots=True)
class StatementEdit:
    """What a person changes of a statement; None leaves it as it is, "" says that nobody is known to make it."""

    text: str | None = None
    kind: str | None = None
    speaker: str | None = None


def checked(change: StatementEdit) -> StatementEdit:
    """The edit with its text on one line.

    Raises:
        UsageError: no such kind, or no text.
    """
    text = None if change.text is None else squash(repair(change.text))
    if text == "":
        raise UsageError("a statement needs a text", "write it in a sentence")
    if change.kind is not None and change.kind not in STATEMENT_KINDS:
        raise UsageError(f"no kind {change.kind!r}", "one of: " + ", ".join(STATEMENT_KINDS))
    return replace(change, text=text)


def differences(statement: Statement, change: StatementEdit) -> list[FieldChange]:
    """What the edit would change, field by field."""
    found = [
        FieldChange("text", statement.text, change.text or statement.text),
        FieldChange("kind", statement.kind, change.kind or statement.kind),
    ]
    found = [one for one in found if one.old != one.new]
    if change.speaker is not None and not _speaks(
        change.speaker, now := {(one.speaker, one.voice) for one in statement.mentions}
    ):
        found.append(respoken(now, [(change.speaker or None, "named" if change.speaker else "quoted")]))
    return found


def _speaks(speaker: str, spoken: Iterable[edits.Spoken]) -> bool:
    """Whether this is so already. Where no name is given the authors speak, unless the words are quoted."""
    return all((who or "") == speaker and (speaker or voice == "quoted") for who, voice in spoken)


def respoken(old: Collection[edits.Spoken], new: Collection[edits.Spoken]) -> FieldChange:
    """Other speakers, in words."""
    before, after = ("; ".join(dict.fromkeys(who for who, _ in one if who)) or None for one in (old, new))
    if before == after:  # a name that is not given means the authors, or nobody whom the text names
        before, after = ("the authors" if any(voice == "author" for _, voice in one) else None for one in (old, new))
    return FieldChange("speaker", before, after)


def edit(store: Store, statement: Statement, change: StatementEdit) -> list[FieldChange]:
    """Put the person's words in place of what was found, inside a transaction. Returns what that changes.

    Its id, status, links, decisions and credences stay; what the edit says of its rule is `corrections`'. A claim of
    one's own is its note: that says the same then.
    """
    changes = differences(statement, change)
    new = {one.field for one in changes}
    at = now()
    if new & {"text", "kind"}:
        text, kind = change.text or statement.text, change.kind or statement.kind
        note = _own_claim(store, statement)
        if note is not None and "text" in new:
            own_words.rewrite(store, note, text, lambda _, said, authors: own_words.structure(said, authors), at)
            statement_writing.set_quote(store, statement.id, note.rowid, text)
        elif "text" in new:
            _hold(store, statement.id, edits.WORDING, text, statement.text, at)
        if "kind" in new and note is None:
            _hold(store, statement.id, edits.KIND, kind, statement.kind, at)
        statement_writing.set_words(store, statement.id, text, kind, digest(text))
    if "speaker" in new and change.speaker is not None:
        set_speaker(store, statement.id, change.speaker)
    if changes:
        meta.bump_generation(store)
    return changes


def hold(store: Store, statement: Statement, change: StatementEdit) -> bool:
    """Let what a person said in another home hold here, inside a transaction; whether that is news.

    Where the statement came with that home's words, what is found or said instead is not known.
    """
    said = edits.of(store, statement.id)
    changed = {one.field for one in edit(store, statement, change)}
    given = {"text": change.text, "kind": change.kind, "speaker": change.speaker}
    if _own_claim(store, statement) is not None:
        given = {"speaker": change.speaker}  # the rest is its note's
    new = {name: value for name, value in given.items() if value is not None and STORED[name] not in said}
    for name, value in new.items():
        if name not in changed:
            edits.put(store, statement.id, STORED[name], value, now())
    return bool(new or changed)


def _hold(store: Store, name: str, field: str, value: str, before: str, at: str) -> None:
    edits.put(store, name, field, value, at, before)
    edits.settle(store, name, field)


def _own_claim(store: Store, statement: Statement) -> StoredSource | None:
    """The note that a claim of one's own is."""
    if statement.basis != "authored" or not statement.mentions:
        return None
    row = sources.stored(store, statement.mentions[0].source)
    return row if row is not None and row.importer == OWN_CLAIM else None


def set_speaker(store: Store, statement_id: str, speaker: str) -> None:
    """Say, inside a transaction, who makes a statement; "" where nobody is known to."""
    edits.put_speaker(store, statement_id, speaker, now())
    edits.apply_speakers(store, [statement_id])
    before = edits.speakers_before(store, statement_id)
    if before and _speaks(speaker, before):
        edits.drop(store, statement_id, edits.SPEAKER)
    meta.bump_generation(store)


def restate(store: Store, source_id: str, statement: Statement, text: str) -> None:
    """Let a claim that a person wrote as a note of its own say, inside a transaction, what that note says now."""
    row = sources.stored(store, source_id)
    assert row is not None
    words = squash(text)
    statement_writing.set_quote(store, statement.id, row.rowid, row.text)
    statement_writing.set_words(store, statement.id, words, statement.kind, digest(words))
    meta.bump_generation(store)
