"""Tables `same_as` and `copied`: what was joined to another, and what that one has from it.

A source that was joined to another keeps its row, its keys, its names and its text; whoever looks for it by any of
these finds the one that stayed. A statement or link of it may have become one with the other's in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import access
from kb.store.open import Store

JOINED = "SELECT joined.gone FROM same_as joined"
"""Ids of what was joined to another."""


def kept(expression: str) -> str:
    """SQL for the id under which what has the id `expression` goes now."""
    return f"coalesce((SELECT joined.kept FROM same_as joined WHERE joined.gone = {expression}), {expression})"


def names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Of these ids those of what was joined, with the ids of what they became."""
    return dict(access.in_chunks(store, "SELECT gone, kept FROM same_as WHERE gone IN ({})", ids))


def beginning(store: Store, first: str, end: str) -> dict[str, str]:
    """The same of all ids from `first` to before `end`."""
    return dict(store.execute("SELECT gone, kept FROM same_as WHERE gone >= ? AND gone < ?", (first, end)).fetchall())


def name(store: Store, one: str) -> str:
    """The id under which something goes now; its own where it was not joined to anything."""
    return names(store, [one]).get(one, one)


def joined_to(store: Store, source_id: str) -> list[str]:
    """Ids of the sources that were joined to this one, the last one first."""
    sql = """SELECT a.gone FROM same_as a JOIN source s ON s.id = a.gone
        WHERE a.kept = ? ORDER BY a.at DESC, a.rowid DESC"""
    return [row[0] for row in store.execute(sql, (source_id,))]


def join(store: Store, pairs: Iterable[tuple[str, str]], at: str) -> None:
    """Note that things (gone, kept) are one from now on."""
    store.execute_many(
        "INSERT INTO same_as (gone, kept, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(gone, kept, at) for gone, kept in pairs if gone != kept],
    )


def lead_on(store: Store, before: str, now: str) -> list[str]:
    """Have what was joined to `before` lead to `now`. Returns what it was."""
    moved = [row[0] for row in store.execute("SELECT gone FROM same_as WHERE kept = ?", (before,))]
    store.execute("UPDATE same_as SET kept = ? WHERE kept = ?", (now, before))
    return moved


def join_again(store: Store, gone: str, kept: str) -> None:
    """Have what was joined lead to `kept`, as it did before that was joined to another itself."""
    store.execute("UPDATE same_as SET kept = ? WHERE gone = ?", (kept, gone))


def part(store: Store, gone: Iterable[str]) -> None:
    """Have these stand for themselves again."""
    store.execute_many("DELETE FROM same_as WHERE gone = ?", [(name,) for name in gone])


@dataclass(frozen=True, slots=True)
class Copied:
    """Something that the one which stayed has from another: what kind of thing, and which (as `note` was told)."""

    kind: str
    of: tuple[str, ...]


def note(store: Store, gone: str, kind: str, things: Iterable[Sequence[str]]) -> None:
    """Note what the one that stays has from `gone`: each thing by one or several words."""
    store.execute_many(
        "INSERT INTO copied (gone, kind, name) VALUES (?, ?, ?)",
        [(gone, kind, json.dumps(list(thing), ensure_ascii=False)) for thing in things],
    )


def renote(store: Store, gone: str, thing: Copied, new: Sequence[str]) -> None:
    """Have what was noted so be another."""
    store.execute(
        "UPDATE copied SET name = ? WHERE gone = ? AND kind = ? AND name = ?",
        (json.dumps(list(new), ensure_ascii=False), gone, thing.kind, json.dumps(list(thing.of), ensure_ascii=False)),
    )


def copied(store: Store, gone: str) -> list[Copied]:
    """What was noted so of `gone`, in that order."""
    rows = store.execute("SELECT kind, name FROM copied WHERE gone = ? ORDER BY rowid", (gone,))
    return [Copied(kind, tuple(json.loads(name))) for kind, name in rows]


def forget(store: Store, gone: str) -> None:
    """Forget what was noted of it: it was given back."""
    store.execute("DELETE FROM copied WHERE gone = ?", (gone,))
