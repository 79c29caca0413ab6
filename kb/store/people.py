"""Tables `person` and `same_person`: who writes and speaks, and the one name under which a person is known.

Texts keep the names that they have; whatever reads shows the name under which a person is known (`known_as`). So what
a person said about names holds for later imports too, and taking it back gives back exactly what was there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kb.store import access
from kb.store.open import Store
from kb.text.strings import fold

if TYPE_CHECKING:
    from kb.model.document import Author

_PART = re.compile(r"[^\W_]+")
KnownAs = Callable[[str], str]
"""Gives the name under which somebody is known whom a text calls so."""


@dataclass(frozen=True, slots=True)
class SameName:
    """That who is called `name` is known as `person`; where one name has several such rows the newest counts."""

    rowid: int
    name_key: str
    name: str
    person: str


def known_as(store: Store) -> KnownAs:
    """The function that gives the known name for a name as a text has it: the same name, where nothing was said."""
    rows = store.execute("SELECT name_key, person FROM same_person ORDER BY rowid").fetchall()
    if not rows:
        return _as_written
    said: dict[str, str] = dict(rows)

    @cache
    def known(name: str) -> str:
        seen, key = set(), fold(name)
        while key in said and key not in seen:  # a name may lead to itself: then it is only written otherwise
            seen.add(key)
            name = said[key]
            key = fold(name)
        return name

    return known


def _as_written(name: str) -> str:
    return name


def each(known: KnownAs, names: Iterable[str]) -> list[str]:
    """The known names of several people in order: one whom a text names twice, in two ways, once."""
    said: dict[str, str] = {}
    return [known(name) for name in names if said.setdefault(known(name), name) == name]


def same_people(store: Store, one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two lists name the same people in the same order, by whichever of their names."""
    known = known_as(store)
    return [fold(name) for name in each(known, one)] == [fold(name) for name in each(known, other)]


def authors_as(known: KnownAs, authors: Sequence[Author]) -> list[Author]:
    """Authors by their known names, each once as in `each`; account names stay."""
    from kb.model.document import Author

    said: dict[str, str] = {}
    kept = [one for one in authors if said.setdefault(known(one.name), one.name) == one.name]
    return [Author(known(one.name), one.slug) for one in kept]


def speaker_as(known: KnownAs, speaker: str | None) -> str | None:
    """The known name of a speaker; None where nobody is named."""
    return known(speaker) if speaker else speaker


def same_names(store: Store) -> list[SameName]:
    """All that was said about names, oldest first."""
    return [
        SameName(*row) for row in store.execute("SELECT rowid, name_key, name, person FROM same_person ORDER BY rowid")
    ]


def other_names(store: Store) -> dict[str, list[str]]:
    """All that was said to be names of one person, by the folded known name; those who have one name are left out."""
    known = known_as(store)
    found: dict[str, list[str]] = {}
    for row in same_names(store):
        found.setdefault(fold(known(row.name)), []).extend((row.name, row.person))
    return found


def said_names(store: Store) -> list[str]:
    """The names that a person said somebody goes by, each once."""
    return list(dict.fromkeys(name for row in same_names(store) for name in (row.name, row.person)))


def rows_joined(store: Store, word: str, *, whole: bool) -> list[int]:
    """Rows of the authors of whom another name that they go by has this word, folded, or one that begins so."""
    meant = [
        names
        for names in other_names(store).values()
        if any(
            one == word or (one.startswith(word) and not whole) for name in names for one in _PART.findall(fold(name))
        )
    ]
    keys = {fold(name) for names in meant for name in names}
    return [row[0] for row in access.in_chunks(store, "SELECT rowid FROM person WHERE name_key IN ({})", keys)]


def add_same(store: Store, name: str, person: str, at: str) -> None:
    """Note, inside a transaction, that who is called `name` is known as `person`."""
    sql = "INSERT INTO same_person (name_key, name, person, at) VALUES (?, ?, ?, ?)"
    store.execute(sql, (fold(name), name, person, at))


def drop_same(store: Store, rowids: Iterable[int]) -> None:
    """Take back what was said about names."""
    store.execute_many("DELETE FROM same_person WHERE rowid = ?", [(rowid,) for rowid in rowids])


def set_apart(store: Store, one: str, other: str, at: str) -> None:
    """Note that two names are of two people."""
    first, second = sorted((fold(one), fold(other)))
    sql = "INSERT INTO other_person (name_key, other_key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    store.execute(sql, (first, second, at))


def not_apart(store: Store, one: str, other: str) -> None:
    """Take that back."""
    sql = "DELETE FROM other_person WHERE name_key = ? AND other_key = ?"
    store.execute(sql, tuple(sorted((fold(one), fold(other)))))


def apart(store: Store) -> set[frozenset[str]]:
    """Pairs of folded names that are of two people."""
    return {frozenset(row) for row in store.execute("SELECT name_key, other_key FROM other_person")}


# Names as texts have them


def names(store: Store) -> list[str]:
    """Names, as texts have them, of all authors and speakers of statements, each once, in the order of the alphabet."""
    sql = """SELECT name FROM person UNION SELECT DISTINCT speaker FROM mention WHERE speaker > '' AND NOT lost
        ORDER BY 1"""
    return [row[0] for row in store.execute(sql)]


def every_name(store: Store) -> list[str]:
    """The same with those who speak without making a statement, and those who only hold credences."""
    sql = """SELECT name FROM person UNION SELECT DISTINCT speaker FROM mention WHERE speaker > ''
        UNION SELECT DISTINCT speaker FROM passage WHERE speaker > ''
        UNION SELECT DISTINCT who FROM credence ORDER BY 1"""
    return [row[0] for row in store.execute(sql)]


def accounts(store: Store) -> list[tuple[str, str]]:
    """(name, account name) of the authors who have one."""
    return [tuple(row) for row in store.execute("SELECT name, slug FROM person WHERE slug > '' ORDER BY rowid")]


def sources_by(store: Store, names: Iterable[str]) -> set[str]:
    """Ids of the sources that people of these names, as texts have them, are authors of."""
    sql = """SELECT DISTINCT s.id FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        JOIN source s ON s.rowid = a.source_rowid WHERE p.name IN ({})"""
    return {row[0] for row in access.in_chunks(store, sql, names)}


def author_names(store: Store, source_rowids: Iterable[int]) -> dict[int, list[str]]:
    """Known names of the authors in order, each once, by the rowid of the source."""
    sql = """SELECT a.source_rowid, p.name FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid IN ({}) ORDER BY a.source_rowid, a.position"""
    known = known_as(store)
    found: dict[int, list[str]] = {}
    for rowid, name in access.in_chunks(store, sql, source_rowids):
        found.setdefault(rowid, []).append(name)
    return found if known is _as_written else {rowid: each(known, written) for rowid, written in found.items()}


def authors_of(store: Store, source_ids: Iterable[str]) -> dict[str, list[str]]:
    """The same by the id of the source; those that have no author are left out."""
    rows = dict(access.in_chunks(store, "SELECT rowid, id FROM source WHERE id IN ({})", source_ids))
    return {rows[rowid]: names for rowid, names in author_names(store, rows).items()}
