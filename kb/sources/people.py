"""Who is known under which name: joining names of one person, correcting one, and taking that back.

Texts keep the names that they have: what is said here holds for every mention, and for what is read later too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.errors import NotFoundError, UsageError
from kb.store import meta, people, people_meant
from kb.store.open import Store, now
from kb.store.people import SameName
from kb.text import person_names
from kb.text.controls import without
from kb.text.repair import repair
from kb.text.strings import fold, squash

_LONGEST = 200  # characters of a name
_NEAR = 5  # names that are offered for one that nobody has


@dataclass(frozen=True, slots=True)
class Joined:
    """That those of `names` are known as `kept` now; empty where they were before."""

    kept: str
    names: tuple[str, ...]


def find(store: Store, text: str) -> str:
    """The name under which the person is known whom a whole name, in any of its forms, or an account name names.

    Raises:
        NotFoundError: nobody is called so, or an account name is of several people; near names are in the error.
    """
    known, key = people.known_as(store), fold(text)
    names = people.every_name(store)
    said = [name for row in people.same_names(store) for name in (row.name, row.person)]
    exact = dict.fromkeys(known(name) for name in (*names, *said) if fold(name) == key)
    if exact:
        return text if text in exact else next(iter(exact))
    slug = text.strip().removeprefix("@").casefold()
    found = {fold(known(name)): known(name) for name, account in people.accounts(store) if account.casefold() == slug}
    if len(found) == 1:
        return next(iter(found.values()))
    shown = list(dict.fromkeys(map(known, names)))
    near = list(found.values()) or [name for name in shown if people_meant.means(text, name)]
    alike = {fold(name): name for name in shown}
    near = near or [alike[one] for one in difflib.get_close_matches(key, alike, _NEAR, 0.6)]
    raise NotFoundError(
        f"{text!r} is the account of {len(found)} people" if found else f"nobody is called {text!r}",
        f"did you mean {', '.join(near[:_NEAR])}?" if near else "kb people lists who there is",
        [{"id": name, "kind": "person", "title": ""} for name in near[:_NEAR]],
    )


def join(store: Store, given: Sequence[str], shown: str | None = None) -> Joined:
    """Let several names be of one person, inside a transaction. Texts keep them; all are shown as one.

    `shown` is the name to show; else the fullest of them stays, and of equals the last.

    Raises:
        NotFoundError: nobody has one of the names. UsageError: `shown` has no letter, or is a name of somebody else.
    """
    persons = list(dict.fromkeys(find(store, text) for text in given))
    kept = max(reversed(persons), key=person_names.fullness) if shown is None else _new_name(store, shown, persons)
    at = now()
    changed = list({fold(name): name for name in persons if name != kept}.values())
    met = {fold(name) for name in people.every_name(store)} | {fold(one.person) for one in people.same_names(store)}
    for name in changed:
        if fold(name) in met:  # not a name that a person gave and takes back
            people.add_same(store, name, kept, at)
    if changed:
        _together(store, kept)
        meta.bump_generation(store, texts=False)
    return Joined(kept, tuple(changed))


def _new_name(store: Store, shown: str, persons: Sequence[str]) -> str:
    name = squash(without(repair(shown)))[:_LONGEST]
    if not any(letter.isalnum() for letter in name):
        raise UsageError("a person without a name", "give a name with a letter in it")
    person = people.known_as(store)(name)
    if fold(person) == fold(name):
        return name
    if fold(person) not in map(fold, persons):
        raise UsageError(f"{name!r} is another name of {person}", f'name {person} too, or: kb people split "{name}"')
    row = _newest(people.same_names(store))[fold(name)]  # from now on it is the one that is shown
    people.drop_same(store, [row.rowid])
    return name


def rename(store: Store, old: str, new: str) -> Joined:
    """Let a person be known under another name, inside a transaction: who has it already is the same person then.

    Raises:
        NotFoundError: nobody has the old name. UsageError: the new one has no letter, or is a name of somebody else.
    """
    return join(store, [old], new)


def split(store: Store, text: str) -> list[str]:
    """Take names apart again, inside a transaction: one that is another name of somebody, or all that were joined in
    the one that is shown. Returns the names that stand for themselves now. They are not offered as twins again.

    Raises:
        NotFoundError: nobody has the name, or nothing was joined.
    """
    newest = _newest(people.same_names(store))
    key = fold(text)
    row = newest.get(key)
    if row is None or fold(row.person) == key:
        person = find(store, text)
        key = fold(person)
        gone = [one for one in newest.values() if fold(one.person) == key]
    else:
        gone, person = [row], row.person
    if not gone:
        raise NotFoundError(f"{person} goes by one name: nothing was joined", "kb people lists who goes by several")
    at = now()
    people.drop_same(store, [one.rowid for one in gone])
    for one in gone:
        if one.name_key != fold(one.person):
            people.set_apart(store, one.name, one.person, at)
    meta.bump_generation(store, texts=False)
    known = people.known_as(store)
    again: dict[str, str] = {}
    for one in gone:
        for name in (one.name, one.person):
            again.setdefault(fold(known(name)), known(name))
    return list(again.values())


def keep_apart(store: Store, one: str, other: str) -> tuple[str, str]:
    """Note, inside a transaction, that two people are two, so that they are not offered as twins.

    Raises:
        NotFoundError: nobody has one of the names. UsageError: both are names of one person.
    """
    first, second = find(store, one), find(store, other)
    if fold(first) == fold(second):
        raise UsageError(f"both are names of {first}", f'kb people split "{first}" takes them apart')
    people.set_apart(store, first, second, now())
    return first, second


def _together(store: Store, kept: str) -> None:
    """What was said of two people before is no more, where they are one."""
    known = people.known_as(store)
    key = fold(kept)
    for pair in people.apart(store):
        if all(fold(known(name)) == key for name in pair):
            people.not_apart(store, *pair)


def _newest(rows: Iterable[SameName]) -> dict[str, SameName]:
    return {row.name_key: row for row in rows}


def called_so(store: Store, done: Joined) -> dict[str, list[str]]:
    """For names in one word that were joined: who else is called so, by a first or family name."""
    found = {}
    for name in done.names:
        short = person_names.words(name)
        if len(short) != 1:
            continue
        known = people.known_as(store)
        full = {known(one) for one in people.names(store)}
        others = [one for one in sorted(full) if one != done.kept and _is_called(person_names.words(one), short[0])]
        if others:
            found[name] = others[:_NEAR]
    return found


def _is_called(full: person_names.Words, word: str) -> bool:
    return len(full) > 1 and word in (full[0], full[-1])
