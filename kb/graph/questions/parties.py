"""The two sides of a comparison: people by any of their names, or sources.

A whole name means the person who bears it, with all names that were joined, and nobody else. A first name alone means
whom it is joined to; else, in a text by one person of that name, that person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from kb.errors import NotFoundError, UsageError, notify
from kb.model.filters import Filters
from kb.sources import people as persons
from kb.sources import resolve, voices
from kb.store import conditions, people, people_meant, sources, statements
from kb.store.open import Store
from kb.text import person_names
from kb.text.strings import clip, fold

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Party:
    """A person, or for `source` a text. `names` are folded spellings of the person's name; `statements` and `sources`
    are ids of what they say and of the whole texts that they are an author of.

    `called` are folded first or family names with the id of a text of theirs in which no other author bears it.
    """

    label: str
    names: frozenset[str]
    statements: frozenset[str]
    sources: frozenset[str]
    source: str | None = None
    called: frozenset[tuple[str, str]] = frozenset()

    def is_meant(self, speaker: str | None, source_id: str) -> bool:
        """Whether a mention with this speaker, in this source, is theirs."""
        if self.source:
            return source_id == self.source
        name = fold(speaker or "")
        return name in self.names or (name, source_id) in self.called


def both(store: Store, first: str, second: str) -> tuple[Party, Party]:
    """The two sides that are meant.

    Raises:
        NotFoundError: as for `find`.
        UsageError: both are the same.
    """
    sides = find(store, first), find(store, second)
    if (sides[0].names, sides[0].source) == (sides[1].names, sides[1].source):
        raise UsageError(f"{first} and {second} are the same: {sides[0].label}", "name two people or two sources")
    return sides


def find(store: Store, text: str) -> Party:
    """The person whom a name means, else the one whose name these words begin, else the source that the REF names.

    Raises:
        NotFoundError: neither, or several people; the candidates are in the error.
    """
    try:
        found = [persons.find(store, text)]
    except NotFoundError:
        known, meant = people.known_as(store), people_meant.find(store, [text])
        found = _each(known(name) for name in people.names(store) if meant.speaks(name))
    full = _each(whole for name in found for whole in _whole_names(store, name, tell=len(found) == 1))
    if len(full) > 1:
        candidates = [{"id": name, "kind": "person", "title": ""} for name in full[:_SHOWN]]
        raise NotFoundError(f"{text!r} means {len(full)} people", "write more of the name", candidates)
    if full:
        return _person(store, text, full[0])
    try:
        source = resolve.source(store, text)
    except NotFoundError as error:
        if error.candidates:
            raise
        known_names = people.names(store)
        near = difflib.get_close_matches(text, known_names, 5, 0.6) or known_names[:5]
        raise NotFoundError(
            f"no person or source {text!r}",
            "people are authors and speakers; `kb list` shows the sources",
            [{"id": name, "kind": "person", "title": ""} for name in near],
        ) from error
    title = sources.read(store, [source])[source].title
    said = statements.ids_of(store, conditions.on_statements(store, Filters(source=(source,))))
    return Party(clip(title, 40), frozenset(), frozenset(said), frozenset({source}), source)


def _each(names: Iterable[str]) -> list[str]:
    return list({fold(name): name for name in names}.values())


def _whole_names(store: Store, name: str, *, tell: bool) -> list[str]:
    """Whom a name in one word that nobody joined means: who bears it and is an author of a text in which it speaks.

    Several, where there are several; the name itself, where there is nobody, with a notice if others bear it elsewhere.
    """
    word = person_names.words(name)
    if len(word) != 1 or fold(name) in people.other_names(store):
        return [name]
    known = people.known_as(store)
    bear = _each(one for one in map(known, people.names(store)) if _bears(one, name))
    if not bear:
        return [name]
    heard = voices.heard(store, Filters(), _written(store, [name, *bear]))
    own = heard[fold(name)].sources if fold(name) in heard else frozenset()
    there = [one for one in bear if fold(one) in heard and heard[fold(one)].wrote & own]
    if tell and not there:
        notify(f"{name} stands for itself: nobody said whether it is {' or '.join(bear[:3])} (kb people join)")
    return there or [name]


def _bears(name: str, called: str) -> bool:
    """Whether somebody's full name has this first or family name."""
    words = person_names.words(name)
    return len(words) > 1 and person_names.words(called) in (words[:1], words[-1:])


def _written(store: Store, shown: Iterable[str]) -> list[str]:
    """The names, as texts have them, of those who are known under these."""
    known, keys = people.known_as(store), {fold(name) for name in shown}
    return [name for name in people.every_name(store) if fold(known(name)) in keys]


def _person(store: Store, text: str, shown: str) -> Party:
    written = _written(store, [shown])
    heard = voices.heard(store, Filters(), written).get(fold(shown))
    names = frozenset(map(fold, [shown, *written]))
    if heard is None:
        return Party(shown, names, frozenset(), frozenset())
    called = _called(store, shown, heard.wrote)
    rowids, labels = set(heard.stated), [heard.person.name]
    for spoken in {name for name, _ in called}:
        texts = tuple(source for name, source in called if name == spoken)
        if there := voices.heard(store, Filters(source=texts), _written(store, [spoken])).get(spoken):
            rowids |= there.stated
            labels.append(there.person.name)
    label = min((name for name in labels if people_meant.means(text, name)), key=len, default=labels[0])
    own = frozenset(statements.ids(store, rowids).values()) if rowids else frozenset()
    return Party(label, names, own, frozenset(people.sources_by(store, written)), called=called)


def _called(store: Store, shown: str, wrote: Iterable[int]) -> frozenset[tuple[str, str]]:
    """Folded names in one word by which a person is called in a text of theirs, with the id of the text."""
    known, taken = people.known_as(store), people.other_names(store)
    words = [fold(name) for name in map(known, people.every_name(store)) if _bears(shown, name)]
    words = [name for name in dict.fromkeys(words) if name not in taken]
    if not words:
        return frozenset()
    return frozenset(
        (name, text.id)
        for text in sources.listed(store, conditions.among("s.rowid", wrote))
        for name in words
        if [fold(one) for one in text.authors if _bears(one, name)] == [fold(shown)]
    )
