"""Names that may be one person's: an initial, another spelling, an account, a slip, a first name beside the full one.

Only offered, never joined: and never two different full names, nor what a person said are two people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kb.model.filters import Filters
from kb.model.person import Person, Twins
from kb.sources import voices
from kb.sources.voices import Heard
from kb.store import people, sources
from kb.store.open import Store
from kb.store.people import KnownAs
from kb.text import person_names
from kb.text.person_names import Words
from kb.text.strings import clip, fold

_SPELLED = "the same name, written otherwise"
_TURNED = "the same words in another order"
_ACCOUNT = "the name of an account"
_INITIALS = "the same family name, and initials that fit"
_SLIP = "a slip of the pen"
_FIRST = "a part of the name, in a text with the whole one"
_WORDS, _LETTERS = 12, 200  # of a name, at most: what is longer is none
_MOST = 8  # full names that share a key are looked at pair by pair up to so many


@dataclass(frozen=True, slots=True)
class _Named:
    """A person with the words of the name that is shown."""

    key: str
    heard: Heard
    words: Words

    @property
    def person(self) -> Person:
        return self.heard.person

    def meets(self, other: _Named) -> bool:
        return not self.heard.sources.isdisjoint(other.heard.sources)

    def writes_with(self, other: _Named) -> bool:
        """Whether both are authors of one text: then they are two."""
        return not self.heard.wrote.isdisjoint(other.heard.wrote)


@dataclass(slots=True)
class _Groups:
    """People by what twins have in common."""

    words: dict[Words, list[_Named]] = field(default_factory=dict)
    letters: dict[Words, list[_Named]] = field(default_factory=dict)  # with two letters for one that has dots
    turned: dict[Words, list[_Named]] = field(default_factory=dict)
    family: dict[str, list[_Named]] = field(default_factory=dict)
    initials: dict[tuple[str, str], list[_Named]] = field(default_factory=dict)
    first: dict[str, list[_Named]] = field(default_factory=dict)
    together: dict[str, list[_Named]] = field(default_factory=dict)
    slip: dict[tuple[Words, int, str], list[_Named]] = field(default_factory=dict)


def offered(store: Store) -> list[Twins]:
    """Pairs of names that may be one person's, the surest kinds first, those who say most before others."""
    every = [
        _Named(key, one, person_names.words(one.person.name)) for key, one in voices.heard(store, Filters()).items()
    ]
    every = [one for one in every if 0 < len(one.words) <= _WORDS and len(one.person.name) <= _LETTERS]
    groups = _groups(every)
    apart, keys = people.apart(store), _keys(every)
    found: dict[frozenset[str], Twins] = {}
    for why, one, other in _pairs(every, groups):
        pair = frozenset((one.key, other.key))
        refused = any(frozenset((a, b)) in apart for a in keys[one.key] for b in keys[other.key]) if apart else False
        if len(pair) == 2 and pair not in found and not refused and not (one.writes_with(other) and why != _SPELLED):
            found[pair] = _twins(one.person, other.person, why + (_there(store, one, other) if why == _FIRST else ""))
    known = people.known_as(store)
    spelled = [_spelled(one.person) for one in every if _many_spellings(known, one.person)]
    return [*spelled, *found.values()]


def _there(store: Store, one: _Named, other: _Named) -> str:
    """The text in which both are, and how many more."""
    both = sorted(one.heard.sources & other.heard.sources)
    first = sources.stored_at(store, both[0]).title
    return f": {clip(first, 60)}" + (f" and {len(both) - 1} more" if len(both) > 1 else "")


def _keys(every: Iterable[_Named]) -> Mapping[str, set[str]]:
    return {one.key: {fold(name) for name in (one.person.name, *one.person.also)} for one in every}


def _groups(every: Iterable[_Named]) -> _Groups:
    groups = _Groups()
    for one in every:
        groups.words.setdefault(one.words, []).append(one)
        for spelled in {one.words, person_names.in_two_letters(one.person.name)}:
            groups.letters.setdefault(spelled, []).append(one)
        groups.together.setdefault(person_names.run_together(one.person.name), []).append(one)
        if len(one.words) == 1:
            continue
        if len(one.words) == 2 and person_names.is_full(one.words):
            groups.turned.setdefault((min(one.words), max(one.words)), []).append(one)
        groups.family.setdefault(one.words[-1], []).append(one)
        groups.initials.setdefault((one.words[0][0], one.words[-1]), []).append(one)
        groups.first.setdefault(one.words[0], []).append(one)
        for at, word in enumerate(one.words):
            rest = (*one.words[:at], *one.words[at + 1 :])
            for key in person_names.slips(word):
                groups.slip.setdefault((rest, at, key), []).append(one)
    return groups


_Pair = tuple[str, _Named, _Named]


def _pairs(every: list[_Named], groups: _Groups) -> Iterator[_Pair]:
    for same in (*groups.words.values(), *groups.letters.values()):
        yield from ((_SPELLED, *pair) for pair in combinations(same[:_MOST], 2))
    for same in groups.turned.values():
        yield from ((_TURNED, *pair) for pair in combinations(same[:_MOST], 2))
    yield from _accounts(every, groups)
    for one in every:
        yield from _initials(one, groups)
    yield from _slips(groups)
    for one in every:
        if len(one.words) == 1:
            yield from _parts(one, groups)


def _accounts(every: list[_Named], groups: _Groups) -> Iterator[_Pair]:
    """A name in one word that is the letters of a full one; an account of somebody who goes by another single word."""
    for one in every:
        if len(one.words) > 1:
            continue
        for name in (one.person.name, *one.person.accounts):
            full = _written_together(person_names.run_together(name), groups)
            if len({other.words for other in full}) == 1:
                yield _ACCOUNT, one, full[0]


def _written_together(account: str, groups: _Groups) -> list[_Named]:
    """Those whose full name has these letters, or all but one between the given and the family name: "rohinmshah"."""
    found = groups.together.get(account, [])
    for n in range(1, len(account) - 1):
        near = groups.together.get(account[:n] + account[n + 1 :], ())
        found = found + [one for one in near if (one.words[0], one.words[-1]) == (account[:n], account[n + 1 :])]
    return [one for one in found if len(one.words) > 1]


def _initials(one: _Named, groups: _Groups) -> Iterator[_Pair]:
    """The one person whose full name it is with initials: none where two different ones could be meant."""
    if len(one.words) < 2 or not any(len(word) == 1 for word in one.words[:-1]):
        return
    near = groups.initials[one.words[0][0], one.words[-1]]
    full = [other for other in near if person_names.is_full(other.words) and person_names.agree(one.words, other.words)]
    if full and all(_one_person(a, b) for a, b in combinations(full[:_MOST], 2)):
        best = max(full, key=lambda other: (len(other.words), other.person.statements))
        yield _INITIALS, one, best


def _one_person(one: _Named, other: _Named) -> bool:
    return one.words == other.words or person_names.agree(one.words, other.words)


def _slips(groups: _Groups) -> Iterator[_Pair]:
    for (rest, at, _), alike in groups.slip.items():
        if not any(len(word) > 1 for word in rest):
            continue
        for one, other in combinations(alike[:_MOST], 2):
            a, b = one.words[at], other.words[at]
            last = at == len(one.words) - 1
            missed = last and (person_names.letter_missed(a, b) or person_names.same_ending(a, b))
            near = missed or (one.meets(other) and person_names.one_letter_apart(a, b))
            if person_names.exchanged(a, b) or (near and _is_rare(one, other)):
                yield _SLIP, one, other


def _is_rare(one: _Named, other: _Named) -> bool:
    """Whether one of two is met in one text only, and says little beside the other: as a slip would."""
    rare, usual = sorted((one.person, other.person), key=lambda person: (person.sources, person.statements))
    return rare.sources == 1 and (usual.sources > 2 or usual.statements >= 3 * max(1, rare.statements))


def _parts(one: _Named, groups: _Groups) -> Iterator[_Pair]:
    """The one person of this first or family name, where a text has both.

    Where others are called so too, only of a name that is met in no text without that person.
    """
    word = one.words[0]
    called = [*groups.first.get(word, ()), *groups.family.get(word, ())]
    there = [other for other in called if one.meets(other)]
    if not there or not _all_one(there):
        return
    best = max(there, key=lambda other: (len(other.words), other.person.statements))
    if _all_one(called) or one.heard.sources <= best.heard.sources:
        yield _FIRST, one, best


def _all_one(named: list[_Named]) -> bool:
    return all(_one_person(a, b) for a, b in combinations(named[:_MOST], 2))


def _twins(one: Person, other: Person, why: str) -> Twins:
    amount = {person.name: (person.statements, person.sources) for person in (one, other)}
    rank = {name: (() if why == _SLIP else person_names.fullness(name), amount[name]) for name in amount}
    gone, kept = sorted(rank, key=lambda name: (rank[name], name))
    return Twins((gone, kept), kept, why, f"kb people join {_quoted(gone)} {_quoted(kept)}")


def _many_spellings(known: KnownAs, person: Person) -> bool:
    return any(fold(name) == fold(person.name) and known(name) != person.name for name in person.also)


def _spelled(person: Person) -> Twins:
    names = [name for name in (*person.also, person.name) if fold(name) == fold(person.name)]
    kept = max(names, key=lambda name: (person_names.fullness(name), name == person.name))
    gone = next(name for name in names if name != kept)
    return Twins((gone, kept), kept, _SPELLED, f"kb people join {_quoted(gone)} {_quoted(kept)}")


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)
