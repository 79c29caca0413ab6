"""Credences: how likely people hold statements to be, with their history. Numbers or ranges, per person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb import config
from kb.errors import UsageError
from kb.model.credence import Credence
from kb.sources import resolve
from kb.store import credences, people
from kb.store.open import Store, now
from kb.text.repair import repair
from kb.text.strings import clip, fold, squash

DIFFER = 0.2
"""Two people differ about a statement where the middles of their credences lie at least so far apart."""

WITHDRAWN = (0.0, 1.0)

_HINT = "write 0.7, 70%, or a range such as 0.4-0.8"
_NUMBER = r"\s*(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s*(%?)\s*"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER}(?:-|–|—|\.\.\.?|…|\bto\b){_NUMBER}")
_LONGEST_NAME = 80

Histories = dict[str, dict[str, list[Credence]]]
"""By statement and person, oldest first."""


def parse(text: str) -> tuple[float, float]:
    """The probability or range that a text means: "0.7", "70%", "0.4-0.8", "40-80%", "0.4..0.8".

    Raises:
        UsageError: it is none, or lies outside 0 to 1.
    """
    if one := _ONE.fullmatch(text):
        low = high = _probability(one[1], one[2], text)
    elif two := _RANGE.fullmatch(text):
        low, high = _probability(two[1], two[2] or two[4], text), _probability(two[3], two[4], text)
    else:
        raise UsageError(f"{clip(text, 40)!r} is no credence", _HINT)
    return min(low, high), max(low, high)


def _probability(number: str, percent: str, text: str) -> float:
    found = float(number) / 100 if percent else float(number)
    if found > 1:
        raise UsageError(f"{clip(text, 40)!r} is more than certain", _HINT)
    return found


def range_text(low: float, high: float) -> str:
    """ "0.70", or "0.40–0.80"; "withdrawn" for what says nothing. Digits that were given are kept."""
    if (low, high) == WITHDRAWN:
        return "withdrawn"
    return _digits(low) if low == high else f"{_digits(low)}–{_digits(high)}"


def _digits(number: float) -> str:
    written = f"{number:.9f}".rstrip("0")
    return written if len(written) > 4 else f"{number:.2f}"


@dataclass(frozen=True, slots=True)
class Change:
    """A credence that was given, and the one before it by the same person, if any."""

    statement_id: str
    before: Credence | None
    now: Credence


def believe(store: Store, ref: str, low: float, high: float, *, who: str | None = None, note: str = "") -> Change:
    """Record how likely a person (by default oneself) holds a statement to be, from `low` to `high`.

    Raises:
        NotFoundError: no such statement. UsageError: a name without letters.
    """
    with store.transaction():
        name = resolve.ref(store, ref, "statement").id
        said = _written_name(store, who) if who is not None else _me(store)
        person = people.known_as(store)(said)
        earlier = histories(store, own_name(store), [name]).get(name, {}).get(person, [])
        given = Credence(name, said, low, high, now(), squash(repair(note)))
        credences.add(store, given)
    return Change(name, earlier[-1] if earlier else None, replace(given, who=person))


def own_name(store: Store) -> str:
    """The setting `me`, as the person of that name is known."""
    return people.known_as(store)(_me(store))


def _me(store: Store) -> str:
    return squash(config.load(store.home).me) or str(config.SETTINGS["me"].default)


def known_name(store: Store, name: str) -> str:
    """The name under which a person is known, by any of their names; as it was written the first time.

    Raises:
        UsageError: it has no letters.
    """
    return people.known_as(store)(_written_name(store, name))


def _written_name(store: Store, name: str) -> str:
    name = squash(repair(name))[:_LONGEST_NAME]
    if not name:
        raise UsageError("a person without a name", "--who takes a name")
    return next((known for known in (_me(store), *credences.names(store)) if fold(known) == fold(name)), name)


def histories(store: Store, me: str, statement_ids: Iterable[str] | None = None) -> Histories:
    """All credences, of these statements or of all.

    What was said as "me", before the setting had a name, is one's own.
    """
    anonymous = str(config.SETTINGS["me"].default)
    found: Histories = {}
    for statement, given in credences.read(store, statement_ids).items():
        by_person = found.setdefault(statement, {})
        for credence in given:
            mine = credence.who == anonymous
            by_person.setdefault(me if mine else credence.who, []).append(
                replace(credence, who=me) if mine else credence
            )
    return found


def standing(given: Mapping[str, Sequence[Credence]]) -> list[Credence]:
    """The credences about one statement that count now: of each person the newest, newest first."""
    newest = [history[-1] for history in given.values() if not history[-1].withdrawn]
    return sorted(newest, key=lambda credence: (credence.at, credence.who), reverse=True)


def of_person(found: Histories, who: str) -> dict[str, tuple[float, float]]:
    """What a person holds now: (low, high) by statement."""
    held = {statement: given[who][-1] for statement, given in found.items() if who in given}
    return {name: (credence.low, credence.high) for name, credence in held.items() if not credence.withdrawn}


def gap(given: Sequence[Credence]) -> float:
    """How far apart the people are who hold something, by the middles of their credences."""
    middles = [credence.middle for credence in given]
    return max(middles) - min(middles) if middles else 0.0


def moves(history: Sequence[Credence], since: str | None = None) -> list[Credence]:
    """The credences of one person between which it changed, oldest first; fewer than two where it did not.

    With `since` (an ISO date) from what was held then; repeating a credence is no change.
    """
    earlier = [credence for credence in history if since is not None and credence.at < since]
    later = [credence for credence in history if since is None or credence.at >= since]
    found: list[Credence] = earlier[-1:]
    for credence in later:
        if not found or (credence.low, credence.high) != (found[-1].low, found[-1].high):
            found.append(credence)
    return found
