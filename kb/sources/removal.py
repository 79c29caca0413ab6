"""Removing the sources that a person names, with what hangs on them, and bringing them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.errors import UsageError
from kb.model.document import Author, Block
from kb.sources import presence, resolve
from kb.sources.extraction import OWN_CLAIM
from kb.store import sources, statements
from kb.store.open import Store, now

OWN_NOTE = "note"
"""Importer of what a person wrote about a source with `kb note`."""

Cut = Callable[[str, str, Sequence[Author]], Sequence[Block]]
"""Gives the blocks of a text: of its importer's name, the text, and the authors."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be removed: ids of the sources that are named, and of what hangs on them (answers, own notes)."""

    named: list[str]
    hanging: list[str]

    @property
    def all(self) -> list[str]:
        return [*self.named, *self.hanging]


def plan(store: Store, refs: Sequence[str]) -> Plan:
    """What removing these would take out, of what is not removed yet. A statement of one's own stands for its source.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: a statement that a text makes.
    """
    named = dict.fromkeys(_source(store, ref) for ref in refs)
    hanging = dict.fromkeys(sources.hanging_on(store, named, OWN_NOTE))
    known = sources.read(store, [*named, *hanging])
    return Plan(
        [name for name in named if known[name].state != "removed"],
        [name for name in hanging if name not in named and known[name].state != "removed"],
    )


def remove(store: Store, planned: Plan) -> None:
    """Take sources out of everything but the store itself."""
    with store.transaction():
        presence.withdraw(store, planned.all, "removed", now())


def restore(store: Store, refs: Sequence[str], cut: Cut) -> list[str]:
    """Bring back sources that are gone or removed, with what was removed together with them. Returns the ids.

    Raises:
        NotFoundError: a REF names nothing, or several things.
    """
    named = dict.fromkeys(_source(store, ref) for ref in refs)
    known = {name: sources.stored(store, name) for name in [*named, *sources.hanging_on(store, named, OWN_NOTE)]}
    removed_at = {row.updated for name, row in known.items() if name in named and row and row.state == "removed"}
    back = [
        row
        for name, row in known.items()
        if row and row.state != "here" and (name in named or (row.state == "removed" and row.updated in removed_at))
    ]
    at = now()
    with store.transaction():
        for row in back:
            authors = sources.authors(store, row.rowid)
            presence.bring_back(store, row.id, cut(row.importer, row.text, authors), at)
    return [row.id for row in back]


def _source(store: Store, ref: str) -> str:
    """The source that a REF means.

    Raises:
        NotFoundError: none, or several. UsageError: a statement that somebody makes in a text.
    """
    found = resolve.ref(store, ref, "source", "statement")
    if found.kind == "source":
        return found.id
    for source_id in statements.sources_of(store, found.id):
        if (row := sources.stored(store, source_id)) is not None and row.importer == OWN_CLAIM:
            return row.id
    raise UsageError(f"{found.id} stands in a text", f"kb reject {found.id} puts it aside")
