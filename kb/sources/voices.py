"""The people of a store, each once by all their names: what they are called, where they appear, how much they state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.model.filters import Filters
from kb.model.person import Person
from kb.store import people, people_meant, voices
from kb.store.open import Store
from kb.text.strings import fold


@dataclass(frozen=True, slots=True)
class Heard:
    """A person, with the rowids of the sources that they appear in, of those that they are an author of, and of the
    statements that they make."""

    person: Person
    sources: frozenset[int] = frozenset()
    wrote: frozenset[int] = frozenset()
    stated: frozenset[int] = frozenset()


def listed(store: Store, filters: Filters, query: str = "") -> list[Person]:
    """The people in what the filters leave, those first who state most; of these names where a query has any.

    With filters that only statements can meet, those who state something.
    """
    asked = [words for words in (*filters.author, query) if words.strip()]
    meant = people_meant.find(store, asked) if asked else None
    rows = [one.person for one in heard(store, filters).values()]
    rows = [one for one in rows if one.statements or not filters.statements_only]
    if meant:
        rows = [one for one in rows if any(map(meant.speaks, (one.name, *one.also))) or meant.has_account(one.accounts)]
    return sorted(rows, key=lambda one: (-one.statements, -one.sources, fold(one.name)))


def one(store: Store, name: str) -> Person:
    """A person by the name under which they are known."""
    known, key = people.known_as(store), fold(name)
    names = [one for one in people.every_name(store) if fold(known(one)) == key]
    found = heard(store, Filters(), names).get(key)
    return found.person if found else Person(name)


def heard(store: Store, filters: Filters, only: Iterable[str] | None = None) -> Mapping[str, Heard]:
    """The people in what the filters leave, whatever they say of authors, by the folded names that are shown.

    With `only` those of these names, as texts have them.
    """
    known, others = people.known_as(store), people.other_names(store)
    sources: dict[str, set[int]] = {}
    wrote: dict[str, set[int]] = {}
    stated: dict[str, set[int]] = {}
    written: dict[str, dict[str, int]] = {}  # how often each name is met
    for name, source, statement, author in voices.heard(store, filters, only):
        key = fold(known(name))
        names = written.setdefault(key, {})
        names[name] = names.get(name, 0) + 1
        sources.setdefault(key, set()).add(source)
        if author:
            wrote.setdefault(key, set()).add(source)
        if statement is not None:
            stated.setdefault(key, set()).add(statement)
    accounts: dict[str, list[str]] = {}
    for name, account in people.accounts(store):
        accounts.setdefault(fold(known(name)), []).append(account)
    found = {}
    for key, names in written.items():
        person = Person(
            *_named(names, {known(name): count for name, count in names.items()}, others.get(key, ())),
            len(sources[key]), len(stated.get(key, ())), tuple(dict.fromkeys(accounts.get(key, ()))),
        )  # fmt: skip
        stands_by = (sources[key], wrote.get(key, ()), stated.get(key, ()))
        found[key] = Heard(person, *map(frozenset, stands_by))
    return found


def _named(
    names: Mapping[str, int], shown: Mapping[str, int], others: list[str] | tuple[()]
) -> tuple[str, tuple[str, ...]]:
    """The name that is shown, of several spellings the most frequent; and all others."""
    name = max(shown, key=lambda one: (shown[one], one))
    return name, tuple(dict.fromkeys(one for one in (*sorted(names), *others) if one != name))
