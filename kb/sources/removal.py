"""Removing what a person names, with what hangs on it, and bringing it back: sources, and what they wrote themselves.

A source is withdrawn (`kb.sources.presence`). A statement or link of a person's own that stands on a text is rejected,
with a decision that says why: it is there, not shown, and not found again by whatever finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kb.errors import UsageError, notify
from kb.model.document import Author, Block
from kb.model.link import Link
from kb.model.named import Named
from kb.model.rules import PERSON
from kb.model.statement import Statement
from kb.sources import presence, resolve
from kb.sources.extraction import OWN_CLAIM
from kb.store import decisions, hanging, link_writing, links, meta, sources, statement_writing, statements
from kb.store.hanging import Hanging
from kb.store.open import Store, now

OWN_NOTE = "note"
"""Importer of what a person wrote about a source with `kb note`."""

Cut = Callable[[str, str, Sequence[Author]], Sequence[Block]]
"""Gives the blocks of a text: of its importer's name, the text, and the authors."""

_REMOVED = "removed"
"""Note of the decision that takes out what a person wrote."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be removed: ids of the sources that are named, and of what hangs on them (answers, own notes).

    `statements` and `links` are those of a person's own that are named, by their ids; `counts` says what goes with all.
    """

    named: list[str]
    hanging: list[str]
    statements: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    counts: Hanging = field(default_factory=Hanging)

    @property
    def all(self) -> list[str]:
        """The sources."""
        return [*self.named, *self.hanging]


@dataclass(frozen=True, slots=True)
class Back:
    """Ids of what was brought back."""

    sources: list[str]
    statements: list[str]
    links: list[str]


def plan(store: Store, refs: Sequence[str], agree: resolve.Agree = lambda _text, _one: False) -> Plan:
    """What removing these would take out, of what is not removed yet. A claim of one's own stands for its note.

    `agree` is asked about a REF that means something by mere words.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: what the program found, or a text makes.
    """
    found = [resolve.agreed(store, ref, agree, "source", "statement", "link") for ref in refs]
    named = dict.fromkeys(source for one in found if (source := _source(store, one)))
    own = [_own(store, one) for one in found if not _source(store, one)]
    hang = dict.fromkeys(hanging.hanging_on(store, named, OWN_NOTE))
    known = sources.read(store, [*named, *hang])
    planned = Plan(
        [name for name in named if known[name].state != "removed"],
        [name for name in hang if name not in named and known[name].state != "removed"],
        list(dict.fromkeys(one.id for one in own if isinstance(one, Statement) and one.status != "rejected")),
        list(dict.fromkeys(one.id for one in own if isinstance(one, Link) and one.status != "rejected")),
    )
    counts = hanging.count(store, planned.all, [*planned.statements, *planned.links])
    return Plan(planned.named, planned.hanging, planned.statements, planned.links, counts)


def remove(store: Store, planned: Plan) -> None:
    """Take it out of everything but the store itself."""
    with store.transaction():
        presence.withdraw(store, planned.all, "removed", now())
        for one in _read(store, [*planned.statements, *planned.links]):
            _judge(store, one, "rejected", _REMOVED)
        meta.bump_generation(store, texts=False)


def restore(store: Store, refs: Sequence[str], cut: Cut) -> Back:
    """Bring back what is gone or removed, with what was removed together with it.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: what was not written but found.
    """
    found = [resolve.ref(store, ref, "source", "statement", "link") for ref in refs]
    named = dict.fromkeys(source for one in found if (source := _source(store, one)))
    own = [_own(store, one, back=True) for one in found if not _source(store, one)]
    known = {name: sources.stored(store, name) for name in [*named, *hanging.hanging_on(store, named, OWN_NOTE)]}
    removed_at = {row.updated for name, row in known.items() if name in named and row and row.state == "removed"}
    back = [
        row
        for name, row in known.items()
        if row and row.state != "here" and (name in named or (row.state == "removed" and row.updated in removed_at))
    ]
    out = [one for one in {one.id: one for one in own}.values() if one.status == "rejected"]
    at = now()
    with store.transaction():
        for row in back:
            authors = sources.authors(store, row.rowid)
            presence.bring_back(store, row.id, cut(row.importer, row.text, authors), at)
        for one in out:
            _judge(store, one, "accepted", "restored")
        meta.bump_generation(store, texts=False)
    return Back(
        [row.id for row in back],
        [one.id for one in out if isinstance(one, Statement)],
        [one.id for one in out if isinstance(one, Link)],
    )


def _source(store: Store, named: Named) -> str | None:
    """The source that is meant: itself, or the note that a claim of one's own is."""
    if named.kind != "statement":
        return named.id if named.kind == "source" else None
    for source_id in statements.sources_of(store, named.id):
        if (row := sources.stored(store, source_id)) is not None and row.importer == OWN_CLAIM:
            return row.id
    return None


def _own(store: Store, named: Named, *, back: bool = False) -> Statement | Link:
    """A statement or link that a person wrote.

    Raises:
        UsageError: it was found by the program.
    """
    (one,) = _read(store, [named.id])
    if one.basis == "authored":
        if one.rule != PERSON and not back:
            notify(f"{one.id} is put aside; the text that says so is as it was")
        return one
    if back:
        raise UsageError(f"{one.id} was found, not written", f"kb accept {one.id} says that it is right")
    where = "stands in a text" if isinstance(one, Statement) else "was proposed, not written"
    raise UsageError(f"{one.id} {where}", f"kb reject {one.id} puts it aside")


def _read(store: Store, names: Sequence[str]) -> list[Statement | Link]:
    return [*statements.read(store, names).values(), *links.read(store, names).values()]


def _judge(store: Store, one: Statement | Link, status: str, why: str) -> None:
    decisions.add(store, one.id, status, now(), one.basis, one.rule, why)
    (link_writing if isinstance(one, Link) else statement_writing).set_status(store, one.id, status)
