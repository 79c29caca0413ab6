"""How far a person is with a source: what they say, and what exports and notes say of it.

A person's word holds. An export changes it only where it says something new: other than it said last, and not in a
file that is older than the person's word, unless it says more (read, where the person had begun). So the same
export, or an older one, takes nothing back, and what is read in another program is read here. Where an entry tells
when it changed, that time alone decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from kb.model.document import Document
from kb.model.reading import ReadingMark, rank
from kb.model.words import ReadingState
from kb.store import reading, same_as
from kb.store.open import Store, now
from kb.store.reading import Reading
from kb.text import when


def give(store: Store, source_ids: Iterable[str], state: ReadingState | None, at: str | None = None) -> list[str]:
    """Say, inside a transaction, how far one is with sources; None takes a state away. Ids of those that changed.

    `at`: since when, now without it.
    """
    changed = []
    for name in source_ids:
        there = reading.of(store, name)
        if (there.state if there else None) != state:
            new = there or Reading(name, state, "", given=True)
            reading.put(store, replace(new, state=state, at=at or now(), given=True))
            changed.append(name)
        elif there and not there.given:
            reading.put(store, replace(there, given=True))  # a person says so too
    return changed


def imported(store: Store, source_id: str, document: Document) -> bool:
    """Take up, inside a transaction, what a document says of the reading of its source; whether the state changes."""
    there, mark = reading.of(store, source_id), document.reading
    if document.id:  # an exported vault has what a person said
        return bool(mark and there is None and give(store, [source_id], mark.state, mark.at))
    if mark is None:
        return _silent(store, there, document)
    told = {**(there.imported if there else {}), document.importer: mark.state}
    takes = there is None or _takes(there, mark, there.imported.get(document.importer))
    if takes and not (there and there.state == mark.state):
        at = mark.at or mark.changed or now()
        reading.put(store, Reading(source_id, mark.state, at, given=False, imported=told))
        return True
    if there and told != there.imported:
        reading.put(store, replace(there, imported=told))
    return False


def _takes(there: Reading, mark: ReadingMark, said: ReadingState | None) -> bool:
    """Whether what an import says now, having said `said` before, stands against what is there."""
    if mark.state == said:
        return False
    more = rank(mark.state) > rank(there.state)
    if there.given and mark.changed:
        return _later(mark.changed, there.at)
    if there.given and said is None:
        return False
    return more or (said is not None and _later(mark.changed or mark.seen, there.at))


def _later(time: str | None, at: str) -> bool:
    """Whether a time is not before another; of a bare day its end counts."""
    return bool(time) and when.end_of(time or "") >= at


def _silent(store: Store, there: Reading | None, document: Document) -> bool:
    """A note whose property was taken out has no state any more, unless a person gave it one here."""
    if document.kind != "note" or there is None or document.importer not in there.imported:
        return False
    rest = {name: state for name, state in there.imported.items() if name != document.importer}
    if there.given or rest:
        reading.put(store, replace(there, imported=rest))
        return False
    reading.drop(store, there.source_id)
    return True


# Sources that are joined, and parted again

_NOTED = "reading"


def join(store: Store, kept_id: str, gone_id: str) -> bool:
    """Let a source be read as far as one that is joined to it, inside a transaction, and note it; whether so."""
    theirs, own = reading.of(store, gone_id), reading.of(store, kept_id)
    if theirs is None:
        return False
    both = reading.of_both(own, replace(theirs, source_id=kept_id))
    if both == own:
        return False
    reading.put(store, both)
    same_as.note(store, gone_id, _NOTED, [(kept_id, _written(own), _written(both))])
    return True


def part(store: Store, kept_id: str, before: str, given: str) -> None:
    """Take that back, inside a transaction, where it is still as it was given; else from what was joined later."""
    if _written(reading.of(store, kept_id)) == given:
        if before:
            reading.put(store, _read(kept_id, before))
        else:
            reading.drop(store, kept_id)
        return
    for later in same_as.joined_to(store, kept_id):
        for one in same_as.copied(store, later):
            if one.kind == _NOTED and one.of[1] == given:
                same_as.renote(store, later, one, (kept_id, before, one.of[2]))


def _written(one: Reading | None) -> str:
    return json.dumps([one.state, one.at, one.given, dict(one.imported)], sort_keys=True) if one else ""


def _read(source_id: str, written: str) -> Reading:
    state, at, given, imported = json.loads(written)
    return Reading(source_id, state, at, given, imported)
