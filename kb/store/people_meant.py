"""Whom the words of a filter mean, among the names that texts have: by any name under which a person is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import people
from kb.store.open import Store
from kb.store.people import KnownAs
from kb.text.strings import fold


def means(asked: str, name: str, slug: str | None = None) -> bool:
    """Whether the words asked for all begin words of the name, or are the account name."""
    key = fold(asked).removeprefix("@")
    if not key:
        return False
    parts = fold(name).replace("-", " ").split()
    return key == (slug or "").casefold() or all(
        any(part.startswith(word) for part in parts) for word in key.replace("-", " ").split()
    )


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a filter means. `authors` are the names of authors, as texts have them, and `rowids` their rows in `person`.

    `joined` are the folded known names of those among them who go by several names: all their names are meant.
    """

    asked: Sequence[str]
    authors: tuple[str, ...]
    rowids: tuple[int, ...]
    joined: frozenset[str]
    known: KnownAs

    def speaks(self, speaker: str) -> bool:
        """Whether the words asked for mean who speaks."""
        return any(means(asked, speaker) for asked in self.asked) or fold(self.known(speaker)) in self.joined

    def has_account(self, accounts: Iterable[str]) -> bool:
        """Whether one of these account names is asked for."""
        return any(means(asked, "", slug) for asked in self.asked for slug in accounts)

    def by_first_name(self, speaker: str) -> bool:
        """Whether who speaks may, in a text by one of the authors, be that author."""
        return any(means(self.known(speaker), author) for author in self.authors)


def find(store: Store, asked: Sequence[str]) -> Meant:
    """Whom these words mean: names, parts of names, account names."""
    known, others = people.known_as(store), people.other_names(store)
    rows = [(row[0], row[1], row[2]) for row in store.execute("SELECT rowid, name, slug FROM person")]
    meant = {rowid for rowid, name, slug in rows if any(means(one, name, slug) for one in asked)}
    joined = {fold(known(name)) for rowid, name, _ in rows if rowid in meant} & others.keys()
    joined |= {key for key, names in others.items() if any(means(one, name) for one in asked for name in names)}
    if joined:
        meant |= {rowid for rowid, name, _ in rows if fold(known(name)) in joined}
    authors = [name for rowid, name, _ in rows if rowid in meant]
    return Meant(asked, _once([*authors, *map(known, authors)]), tuple(sorted(meant)), frozenset(joined), known)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
