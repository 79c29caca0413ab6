"""Decisions that a person made by hand in notes: suggestions accepted, refused, and links written."""

from __future__ import annotations

from collections.abc import Iterable

from kb.model import ids
from kb.model.link import Link, new_link
from kb.model.words import Relation
from kb.review import decide
from kb.store import link_writing, links, meta, same_as, sources, statements
from kb.store.open import Store, now


def apply(
    store: Store, accepted: Iterable[str], rejected: Iterable[str], written: Iterable[tuple[str, Relation, str]]
) -> int:
    """Accept and reject what is named, and write the links (from, relation, to). Returns how many that changed.

    A link that was written in the place of a rejected one, with another relation or another target, puts that one
    right, and has its evidence. What is gone meanwhile is passed over.
    """
    done = 0
    with store.transaction():
        refused = {same_as.name(store, name): None for name in rejected}
        done += sum(_judge(store, same_as.name(store, name), "accepted") for name in accepted)
        wrong = links.read(store, [name for name in refused if name.startswith(ids.LINK)])
        for before, relation, other in written:
            from_id, to_id = same_as.name(store, before), same_as.name(store, other)
            meant = _meant(wrong.values(), from_id, relation, to_id)
            if meant is not None and _is_there(store, to_id):
                done += decide.put_right(store, meant, relation=relation, to_id=to_id) is not None
                del wrong[meant.id], refused[meant.id]
                continue
            link = new_link(from_id, relation, to_id, now())
            if links.read(store, [link.id]):
                done += _judge(store, link.id, "accepted")
            elif _is_there(store, from_id) and _is_there(store, to_id):
                link_writing.insert(store, [link])
                done += 1
        done += sum(_judge(store, name, "rejected") for name in refused)
        if done:
            meta.bump_generation(store, texts=False)
    return done


def _meant(wrong: Iterable[Link], from_id: str, relation: Relation, to_id: str) -> Link | None:
    """The one link among the rejected ones in the place of which this one was written."""
    near = [
        one
        for one in wrong
        if one.from_id == from_id and one.status != "rejected" and (one.to_id == to_id or one.relation == relation)
    ]
    return near[0] if len(near) == 1 else None


def _judge(store: Store, name: str, verdict: str) -> bool:
    there = (links if name.startswith(ids.LINK) else statements).read(store, [name]).get(name)
    if there is None or there.status == verdict:
        return False
    decide.record(store, there, verdict)
    return True


def _is_there(store: Store, name: str) -> bool:
    if name.startswith(ids.SOURCE):
        return sources.stored(store, name) is not None
    return bool((links if name.startswith(ids.LINK) else statements).read(store, [name]))
