"""Table `event`: what commands did to sources, statements, links and people, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.store import access
from kb.store.engine.sqlite import Row
from kb.store.open import Store, now
from kb.text.strings import clip

_LONG = 80  # characters of a value that is told
_HEADS = ("tagged", "tag", "held at", "joined with", "joined into", "taken apart from")
_TOLD = ("title", "kind", "published", "url", "citekey", "parent")
END = "linked:"
"""Begins what is told of the ends of a link, besides of itself."""

_CALLED = {"text": "wording", "published": "date"}
_STATES = {"here": "here again", "gone": "gone", "removed": "removed"}


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to `subject` (an id, a person's name, a tag). `command` is None for what is older than history."""

    at: str
    subject: str
    what: str
    label: str = ""
    command: str | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """The first change of a row in a step: its old values, None where it was not there."""

    key: str
    action: str
    old: Mapping[str, Any]


def note(store: Store, command: int, first: int, last: int) -> None:
    """Note what the changes from `first` to `last`, of one transaction, mean."""
    at = now()
    changed = _changed(store, first, last)
    told = list(dict.fromkeys(_told(store, changed)))
    labels = _labels(store, {subject for subject, _ in told})
    store.execute_many(
        "INSERT INTO event (at, command_rowid, subject, label, what) VALUES (?, ?, ?, ?, ?)",
        [(at, command, subject, labels.get(subject, ""), what) for subject, what in told],
    )


def _labels(store: Store, subjects: Iterable[str]) -> dict[str, str]:
    """What bears these ids: the title of a source, the wording of a statement."""
    found: dict[str, str] = {}
    for sql in ("SELECT id, title FROM source WHERE id IN ({})", "SELECT id, text FROM statement WHERE id IN ({})"):
        found |= {row[0]: clip(row[1], _LONG) for row in access.in_chunks(store, sql, subjects)}
    return found


_WATCHED = ("source", "tag", "authorship", "statement", "decision", "credence", "link", "same_person", "other_person",
    "same_as", "edit", "reading", "revisit")  # fmt: skip


def _changed(store: Store, first: int, last: int) -> dict[str, dict[str, _Change]]:
    """The first change of each row, by table and key: what came in this very step is told as that alone."""
    found: dict[str, dict[str, _Change]] = {table: {} for table in _WATCHED}
    sql = f"""SELECT changed, "key", action, old FROM row_change WHERE rowid BETWEEN ? AND ?
        AND changed IN ({", ".join("?" * len(_WATCHED))}) ORDER BY rowid"""
    for table, key, action, old in store.execute(sql, (first, last, *_WATCHED)):
        values = json.loads(old) if old else {}
        known = found[table].get(key)
        if known is None:
            found[table][key] = _Change(key, action, values)
        elif known.action == "update":  # columns that are noted apart
            found[table][key] = _Change(key, "delete" if action == "delete" else "update", {**values, **known.old})
    return found


def _told(store: Store, changed: Mapping[str, Mapping[str, _Change]]) -> Iterator[tuple[str, str]]:
    """(subject, what) of everything that is worth a word; what only followed from something else is not."""
    new = {key for key, change in changed["source"].items() if change.action == "insert"}
    yield from _sources(store, changed["source"])
    yield from _facts(store, changed, new)
    yield from _statements(store, changed["statement"])
    yield from _links(store, changed["link"])
    yield from _came(store, "decision", changed, "target, verdict")
    for statement, who, low, high in _came(store, "credence", changed, "statement_id, who, low, high"):
        yield statement, f"held at {low:g}{f'–{high:g}' if high > low else ''} by {who}"
    for statement, _ in _came(store, "revisit", changed, "statement_id, due"):
        yield statement, "looked at again"
    yield from _joined(store, changed)


def _sources(store: Store, changes: Mapping[str, _Change]) -> Iterator[tuple[str, str]]:
    columns = ("id", *_TOLD, "state", "text_hash")
    there = _there(store, "source", changes, columns)
    for key, change in changes.items():
        row, old = there.get(key), change.old
        if row is None:
            if change.action != "insert" and old.get("kind") != "stub":
                yield str(old["id"]), "taken out for good"
            continue
        name = str(row["id"])
        if change.action == "insert":
            if row["kind"] != "stub":
                yield name, "added"
            continue
        if old.get("kind") == "stub" and row["kind"] != "stub":
            yield name, "added"
        if "stub" in (row["kind"], old.get("kind")):
            continue
        if "state" in old and row["state"] != old["state"]:
            yield name, _STATES[row["state"]]
        yield from ((name, _change(field, old[field], row[field])) for field in _TOLD if _differs(field, old, row))
        if "text_hash" in old and row["text_hash"] != old["text_hash"]:
            yield name, "new text"


def _facts(store: Store, changed: Mapping[str, Mapping[str, _Change]], new: set[str]) -> Iterator[tuple[str, str]]:
    """Tags and authors of sources that were there before, and what a person says of things."""
    came = [(str(rowid), name) for rowid, name in _came(store, "tag", changed, "source_rowid, name")]
    went = [(str(old["source_rowid"]), old["name"]) for old in _went(changed["tag"])]
    told = [(rowid, f"tagged {name}") for rowid, name in came if (rowid, name) not in went]
    told += [(rowid, f"tag {name} taken off") for rowid, name in went if (rowid, name) not in came]
    writers = [str(rowid) for (rowid,) in _came(store, "authorship", changed, "source_rowid")]
    writers += [str(old["source_rowid"]) for old in _went(changed["authorship"])]
    sql = """SELECT p.name FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid = ? ORDER BY a.position"""
    for rowid in dict.fromkeys(writers):
        if rowid not in new:
            people = "; ".join(row[0] for row in store.execute(sql, (rowid,)))
            told.append((rowid, f"authors: {clip(people, _LONG) or 'nobody'}"))
    names = _there(store, "source", [rowid for rowid, _ in told], ("id",))
    yield from ((str(names[rowid]["id"]), what) for rowid, what in told if rowid in names and rowid not in new)
    for target, value in _came(store, "edit", changed, "target, value", "field = 'speaker'"):
        yield target, f"speaker: {json.loads(value) or 'nobody'}"
    for old in _went(changed["edit"]):
        yield str(old["target"]), f"{old['field']} as it was imported"


def _statements(store: Store, changes: Mapping[str, _Change]) -> Iterator[tuple[str, str]]:
    there = _there(store, "statement", changes, ("id", "basis", "text", "kind"))
    for key, change in changes.items():
        row, old = there.get(key), change.old
        if row is None:
            if old.get("basis") == "authored":
                yield str(old["id"]), "taken out"
        elif change.action == "insert":
            if row["basis"] == "authored":
                yield str(row["id"]), "written"
        else:
            name = str(row["id"])
            yield from ((name, _change(one, old[one], row[one])) for one in ("text", "kind") if _differs(one, old, row))


def _links(store: Store, changes: Mapping[str, _Change]) -> Iterator[tuple[str, str]]:
    there = _there(store, "link", changes, ("id", "basis", "from_id", "to_id", "relation"))
    for key, change in changes.items():
        row = there.get(key)
        if row is None and change.old.get("basis") == "authored":
            yield str(change.old["id"]), "taken out"
        elif row is not None and change.action == "insert" and row["basis"] == "authored":
            yield str(row["id"]), f"drawn: {row['from_id']} {row['relation']} {row['to_id']}"
            yield str(row["from_id"]), f"{END} {row['relation']} {row['to_id']}"
            yield str(row["to_id"]), f"{END} {row['from_id']} {row['relation']} it"


def _joined(store: Store, changed: Mapping[str, Mapping[str, _Change]]) -> Iterator[tuple[str, str]]:
    for name, person in _came(store, "same_person", changed, "name, person"):
        yield person, f"{name} is {person}"
    for old in _went(changed["same_person"]):
        yield str(old["person"]), f"{old['name']} is a name of its own"
    yield from (
        (one, f"another than {other}") for one, other in _came(store, "other_person", changed, "name_key, other_key")
    )
    for gone, kept in _came(store, "same_as", changed, "gone, kept"):
        yield kept, f"joined with {gone}"
        yield gone, f"joined into {kept}"
    for old in _went(changed["same_as"]):
        yield str(old["kept"]), f"taken apart from {old['gone']}"
        yield str(old["gone"]), f"taken apart from {old['kept']}"
    yield from _read(store, changed["reading"])


def _read(store: Store, changes: Mapping[str, _Change]) -> Iterator[tuple[str, str]]:
    nothing = "not on the reading list any more"
    there = _there(store, "reading", changes, ("source_id", "state"))
    for key, change in changes.items():
        row, old = there.get(key), change.old
        if row is None:
            if old.get("state"):
                yield str(old["source_id"]), nothing
        elif change.action == "insert" or _differs("state", old, row):
            yield str(row["source_id"]), row["state"] or nothing


def _change(field: str, old: object, new: object) -> str:
    before, after = (clip(str(value or "none"), _LONG) for value in (old, new))
    return f"{_CALLED.get(field, field)}: {before} → {after}"


def _differs(field: str, old: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return field in old and old[field] != row[field]


def _there(store: Store, table: str, keys: Iterable[str], columns: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """These columns of the rows that are there now, by key."""
    sql = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid IN ({{}})"
    rows = access.in_chunks(store, sql, [int(key) for key in keys])
    return {str(row[0]): dict(zip(columns, row[1:], strict=True)) for row in rows}


def _came(
    store: Store, table: str, changed: Mapping[str, Mapping[str, _Change]], columns: str, where: str = "TRUE"
) -> Iterator[Any]:
    """These columns of rows that came or changed."""
    keys = [int(key) for key, change in changed[table].items() if change.action != "delete"]
    yield from access.in_chunks(store, f"SELECT {columns} FROM {table} WHERE {where} AND rowid IN ({{}})", keys)


def _went(changes: Mapping[str, _Change]) -> list[Mapping[str, Any]]:
    return [change.old for change in changes.values() if change.action == "delete"]


def of(store: Store, subject: str) -> list[Event]:
    """What happened to this one, oldest first."""
    sql = f"SELECT {_COLUMNS} WHERE e.subject = ? ORDER BY e.rowid"
    return [_event(row) for row in store.execute(sql, (subject,))]


def of_command(store: Store, number: int) -> list[Event]:
    """What a command did; a link is told once."""
    sql = f"SELECT {_COLUMNS} WHERE e.command_rowid = ? AND e.what NOT LIKE '{END}%' ORDER BY e.rowid"
    return [_event(row) for row in store.execute(sql, (number,))]


def _event(row: Row) -> Event:
    at, subject, what, label, command, undone = row
    return Event(at, subject, what, label, command, bool(undone))


def tally(events: Iterable[Event]) -> dict[str, int]:
    """How often it was done what, values aside: {"added": 3, "title": 1}."""
    found: dict[str, int] = {}
    for event in events:
        name = event.what.partition(":")[0]
        for head in _HEADS:
            if name.startswith(head + " "):
                name = head
        found[name] = found.get(name, 0) + 1
    return found


_COLUMNS = """e.at, e.subject, e.what, e.label, c.words, coalesce(c.undone, FALSE)
    FROM event e LEFT JOIN command c ON c.rowid = e.command_rowid"""
