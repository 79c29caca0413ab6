"""The two sides of a comparison: people by any of their names, or sources."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

from kb.errors import NotFoundError
from kb.model.filters import Filters
from kb.sources import resolve
from kb.store import conditions, people, people_meant, sources, statements
from kb.store.open import Store
from kb.store.people import KnownAs
from kb.text.strings import clip, fold


@dataclass(frozen=True, slots=True)
class Party:
    """A person, or for `source` a text. `names` are folded spellings of the person's name; `statements` and `sources`
    are ids of what they say and of the whole texts that they are an author of."""

    label: str
    names: frozenset[str]
    statements: frozenset[str]
    sources: frozenset[str]
    source: str | None = None

    def is_meant(self, speaker: str | None, source_id: str) -> bool:
        """Whether a mention with this speaker, in this source, is theirs."""
        return source_id == self.source if self.source else fold(speaker or "") in self.names


def find(store: Store, text: str) -> Party:
    """The person whose name these words are or begin, else the source that the REF names.

    Raises:
        NotFoundError: neither, or several people; the candidates are in the error.
    """
    known, person = people.names(store), people.known_as(store)
    meant = people_meant.find(store, [text])
    full = _longest(dict.fromkeys(person(name) for name in known if meant.speaks(name)))
    if len(full) > 1 and (exact := [name for name in known if fold(name) == fold(text)]):
        full = [person(exact[0])]  # "Ann" where there are Ann Lee and Ann Roy, but also just Ann
    if len(full) > 1:
        candidates = [{"id": name, "kind": "person", "title": ""} for name in full[:10]]
        raise NotFoundError(f"{text!r} means {len(full)} people", "write more of the name", candidates)
    if full:
        return _person(store, text, [name for name in known if _same_person(person(name), full[0])], person)
    try:
        source = resolve.source(store, text)
    except NotFoundError as error:
        if error.candidates:
            raise
        near = difflib.get_close_matches(text, known, 5, 0.6) or known[:5]
        raise NotFoundError(
            f"no person or source {text!r}",
            "people are authors and speakers; `kb list` shows the sources",
            [{"id": name, "kind": "person", "title": ""} for name in near],
        ) from error
    title = sources.read(store, [source])[source].title
    chosen = Filters(source=(source,))
    return Party(clip(title, 40), frozenset(), frozenset(_ids(store, chosen)), frozenset({source}), source)


def _person(store: Store, text: str, names: list[str], known: KnownAs) -> Party:
    persons = [known(name) for name in names]
    called = [name for name in persons if people_meant.means(text, name)]
    spoken = min(called or persons, key=lambda n: (len(n), n))
    chosen = Filters(author=tuple(names))
    written = people.sources_by(store, names)
    return Party(spoken, frozenset(map(fold, [*names, *persons])), frozenset(_ids(store, chosen)), frozenset(written))


def _ids(store: Store, chosen: Filters) -> list[str]:
    return statements.ids_of(store, conditions.on_statements(store, chosen))


def _longest(names: Collection[str]) -> list[str]:
    """Of names that may be one person's ("Ann", "Ann Lee") only the fullest."""
    return [name for name in names if not any(other != name and _within(name, other) for other in names)]


def _same_person(name: str, full: str) -> bool:
    return fold(name) == fold(full) or _within(name, full)


def _within(name: str, other: str) -> bool:
    """Whether all words of a name are among those of another, longer one."""
    return set(fold(name).replace("-", " ").split()) < set(fold(other).replace("-", " ").split())
