"""Links put right by a person who names them: several at once, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model.field_change import FieldChange
from kb.model.link import Link
from kb.model.named import NamedKind
from kb.review import decide
from kb.sources import resolve
from kb.store import links
from kb.store.open import Store
from kb.text.strings import squash


@dataclass(frozen=True, slots=True)
class Corrected:
    """A link as it was, the id of the one that is right, and what was changed of it, or would be."""

    before: Link
    id: str
    changes: tuple[FieldChange, ...]


def correct(
    store: Store, refs: Sequence[str], relation: str | None, to: str | None, *, dry_run: bool = False
) -> list[Corrected]:
    """Give the links that the REFs name another relation, another target, or both.

    With `dry_run` nothing is written, a store for reading will do, and the id is the old one.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: what is wanted cannot be.
    """
    named = dict.fromkeys(resolve.ref(store, ref, "link").id for ref in refs)
    ends: tuple[NamedKind, ...] = ("statement", "source", "link", "passage")
    to_id = resolve.ref(store, to, *ends).id if to is not None else None
    wanted = squash(relation).lower() if relation is not None else None
    found = list(links.read(store, named).values())
    for before in found:
        decide.check_right(before, wanted or before.relation, to_id or before.to_id)
    if dry_run:
        return [Corrected(before, before.id, _changes(before, wanted, to_id)) for before in found]
    with store.transaction():
        right = [decide.put_right(store, before, relation=wanted, to_id=to_id) for before in found]
    return [
        Corrected(before, done.written if done else before.id, _changes(before, wanted, to_id))
        for before, done in zip(found, right, strict=True)
    ]


def _changes(before: Link, relation: str | None, to_id: str | None) -> tuple[FieldChange, ...]:
    given = (("relation", before.relation, relation), ("target", before.to_id, to_id))
    return tuple(FieldChange(name, old, new) for name, old, new in given if new is not None and new != old)
