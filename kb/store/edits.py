"""Table `edit`: what a person said a source or statement is, over what importers and rules say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.model.words import Voice
from kb.store import access
from kb.store.open import Store
from kb.text.strings import fold

TEXT, SPEAKER, UNTAGGED, REMARKS = "text", "speaker", "untagged", "remarks"
"""Fields that are not columns. Remarks: the id of the note that a person wrote on a statement, in a vault."""

TITLE, AUTHORS, UNALIASED, WORDING, KIND = "title", "authors", "unaliased", "wording", "kind"

APART = "apart:"
"""Begins the field that says with which other source it is not the same."""

RENAMED, TAG = "renamed", "#"
"""Of the tag that a target `#NAME` stands for: what it is called now."""

Spoken = tuple[str | None, Voice]
"""Whom a text names as the speaker of a mention, and whose words these are."""

EDITED = "SELECT target FROM edit"
"""Ids of what a person said something about."""

REMARKED = f"""SELECT e.target FROM edit e JOIN source r ON r.id = trim(e.value, '"')
    WHERE e.field = '{REMARKS}' AND r.state = 'here'"""
"""Ids of statements that a person wrote a note on which is here."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a person says a field is, and what was imported or found instead; None where that is not known."""

    value: str
    imported: str | None


def put(store: Store, target: str, field: str, value: str, at: str, imported: str | None = None) -> None:
    """Note, inside a transaction, what a person says a field is. `imported`, what it was before, is noted once."""
    store.execute(
        """INSERT INTO edit (target, field, value, imported, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (target, field) DO UPDATE SET value = excluded.value, at = excluded.at""",
        (target, field, _written(value), None if imported is None else _written(imported), at),
    )


def put_speaker(store: Store, target: str, speaker: str, at: str) -> None:
    """Note, inside a transaction, who a person says makes a statement; `apply_speakers` notes whom it has before."""
    store.execute(
        """INSERT INTO edit (target, field, value, imported, at) VALUES (?, 'speaker', ?, '[]', ?)
        ON CONFLICT (target, field) DO UPDATE SET value = excluded.value, at = excluded.at""",
        (target, _written(speaker), at),
    )


def settle(store: Store, target: str, field: str) -> bool:
    """Let go of a field of which the person says what is imported anyway; whether that is so."""
    sql = "DELETE FROM edit WHERE target = ? AND field = ? AND value = imported"
    return store.execute(sql, (target, field)).rowcount > 0


def note_imported(store: Store, target: str, field: str, imported: str) -> None:
    """Note, inside a transaction, what importers say now of a field of which a person said something else."""
    written = _written(imported)
    store.execute(
        "UPDATE edit SET imported = ? WHERE target = ? AND field = ? AND (imported IS NULL OR imported <> ?)",
        (written, target, field, written),
    )


def of(store: Store, target: str) -> dict[str, str]:
    """What a person said about a source or statement, by field."""
    rows = store.execute("SELECT field, value FROM edit WHERE target = ?", (target,))
    return {field: json.loads(value) for field, value in rows}


def fields_of(store: Store, targets: Iterable[str]) -> dict[str, list[str]]:
    """The fields of these sources and statements of which a person said something, by target."""
    found: dict[str, list[str]] = {}
    sql = "SELECT target, field FROM edit WHERE target IN ({}) ORDER BY field"
    for target, field in access.in_chunks(store, sql, targets):
        found.setdefault(target, []).append(field)
    return found


def held(store: Store, target: str) -> dict[str, Held]:
    """The same, with what was imported."""
    rows = store.execute("SELECT field, value, imported FROM edit WHERE target = ?", (target,))
    return {field: Held(json.loads(value), _text(imported)) for field, value, imported in rows}


def _text(imported: str | None) -> str | None:
    found = json.loads(imported) if imported else None
    return found if isinstance(found, str) else None


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def imported_as(store: Store, text: str) -> list[str]:
    """Ids of the sources whose text was imported so, and changed by a person since."""
    sql = "SELECT target FROM edit WHERE field = ? AND value = ?"
    return [row[0] for row in store.execute(sql, (TEXT, _written(text)))]


def drop(store: Store, target: str, field: str) -> None:
    """Take back what a person said a field is."""
    store.execute("DELETE FROM edit WHERE target = ? AND field = ?", (target, field))


def apply_speakers(
    store: Store, statements: Iterable[str], found: Mapping[tuple[str, str, str], Spoken] | None = None
) -> None:
    """Let those be the speakers of these statements whom a person named; nobody, where the name is empty.

    Whom the texts name is noted with each mention, by source and quote: `found` is what they say now, by the ids of
    statement and source and the quote; else it is who is named when a mention is met for the first time.
    """
    sql = "SELECT target, value, imported FROM edit WHERE field = 'speaker' AND target IN ({})"
    for target, value, imported in list(access.in_chunks(store, sql, statements)):
        said = json.loads(value) or None
        if imported is not None:
            before = _speakers(imported)
            for _, source, quote, spoken in _mentions(store, target):
                before.setdefault((source, quote), spoken)
                if found and (target, source, quote) in found:
                    before[source, quote] = found[target, source, quote]
            store.execute(
                "UPDATE edit SET imported = ? WHERE target = ? AND field = 'speaker'",
                (_written([[*place, *spoken] for place, spoken in before.items()]), target),
            )
        store.execute_many(_SAID, [(said, said, fold(said or ""), rowid) for rowid, *_ in _mentions(store, target)])


_SAID = """UPDATE mention SET speaker = ?, voice = CASE WHEN ? IS NULL THEN 'quoted' WHEN EXISTS (
        SELECT 1 FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid = mention.source_rowid AND p.name_key = ?) THEN 'author' ELSE 'named' END
    WHERE rowid = ?"""


def speakers_before(store: Store, statement: str) -> list[Spoken] | None:
    """Whom the texts name as speakers of a statement whose speaker a person put right; None where that is unknown."""
    sql = "SELECT imported FROM edit WHERE field = 'speaker' AND target = ?"
    row = store.execute(sql, (statement,)).fetchone()
    if row is None or row[0] is None:
        return None
    return list(dict.fromkeys(_speakers(row[0]).values()))


def give_speakers_back(store: Store, statement: str) -> None:
    """Let the mentions of a statement have the speakers that the texts name, and forget what the person said."""
    row = store.execute("SELECT imported FROM edit WHERE field = 'speaker' AND target = ?", (statement,)).fetchone()
    before = _speakers(row[0]) if row and row[0] is not None else {}
    store.execute_many(
        "UPDATE mention SET speaker = ?, voice = ? WHERE rowid = ?",
        [
            (*before[source, quote], rowid)
            for rowid, source, quote, _ in _mentions(store, statement)
            if (source, quote) in before
        ],
    )
    drop(store, statement, SPEAKER)


def _speakers(imported: str) -> dict[tuple[str, str], Spoken]:
    """By source and quote whom the text names, and in whose voice; that was not noted before there were voices."""
    rows = json.loads(imported) or ()
    return {(source, quote): (speaker, *(voice or ["author"])) for source, quote, speaker, *voice in rows}


def _mentions(store: Store, statement: str) -> list[tuple[int, str, str, Spoken]]:
    """(rowid, id of the source, quote, who speaks) of each mention."""
    sql = """SELECT m.rowid, s.id, m.quote, m.speaker, m.voice FROM mention m JOIN source s ON s.rowid = m.source_rowid
        JOIN statement st ON st.rowid = m.statement_rowid WHERE st.id = ? ORDER BY m.rowid"""
    rows = store.execute(sql, (statement,))
    return [(rowid, source, quote, (said, voice)) for rowid, source, quote, said, voice in rows]


# Tags that have another name now


def rename_tag(store: Store, old: str, new: str, at: str) -> None:
    """Note, inside a transaction, that what imports call `old` is the tag `new`."""
    drop(store, TAG + new, RENAMED)  # it is a name again
    for name, now in renamed_tags(store).items():
        if now == old or now.startswith(old + "/"):
            put(store, TAG + name, RENAMED, new + now[len(old) :], at)
    put(store, TAG + old, RENAMED, new, at)


def renamed_tags(store: Store) -> dict[str, str]:
    """What tags are called now, by the names that they had before."""
    rows = store.execute("SELECT target, value FROM edit WHERE field = ?", (RENAMED,))
    return {target.removeprefix(TAG): json.loads(value) for target, value in rows}
