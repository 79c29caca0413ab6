"""Two sources that are the same thing, made one: the one that stays has all that hangs on the other.

The other keeps its row, its text and its statements, out of sight like those of a removed source. Whatever names it
leads to the one that stays (`kb.store.same_as`), to which what was decided, believed, linked and written is given; what
was given is noted, so that `kb.sources.splitting` can take it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import UsageError
from kb.model.source import StoredSource
from kb.sources import gaps, naming, presence
from kb.sources.carried import Carried
from kb.sources.extraction import infer_pointing, infer_replies
from kb.sources.removal import OWN_NOTE
from kb.store import carrying, meta, references, same_as, sources
from kb.store.open import Store, now
from kb.text.strings import clip


@dataclass(frozen=True, slots=True)
class Moved:
    """What the source that stays has from the one of the id `source`, counted.

    `one` are statements that became one with another of the same quote, `carried` those that are made in both,
    `lost` of these those whose quote the text that stays does not have.
    """

    source: str
    title: str
    one: int = 0
    carried: int = 0
    lost: int = 0
    decisions: int = 0
    credences: int = 0
    links: int = 0
    references: int = 0
    answers: int = 0
    facts: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()  # "ID: accepted → rejected": of two verdicts the later one counts


def refuse(store: Store, kept_id: str, gone_id: str) -> None:
    """See that two sources may be one.

    Raises:
        UsageError: they are one, one hangs on the other, or one was removed.
    """
    kept, gone = sources.stored(store, kept_id), sources.stored(store, gone_id)
    assert kept is not None
    assert gone is not None
    if kept.id == gone.id:
        raise UsageError(f"both are {kept.id} ({clip(kept.title, 60)}): which is one already", "name two sources")
    for one, other in ((kept, gone), (gone, kept)):
        if one.state == "removed":
            raise UsageError(f"{clip(one.title, 60)!r} was removed", f"kb restore {one.id} first")
        if any(above.id == other.id for above in sources.above(store, one.id)):
            raise UsageError(
                f"{one.id} answers {other.id}: a {one.kind} is not the {other.kind} it stands under",
                "name two sources that are the same text",
            )
        if one.importer == OWN_NOTE and any(
            pointing.target == other.id and pointing.ordinal == 0 for pointing in references.of_source(store, one.id)
        ):
            raise UsageError(f"{one.id} is your note on {other.id}, not the same text", f"kb rm {one.id} takes it out")


def merge(store: Store, kept_id: str, gone_id: str) -> Moved:
    """Join a source to another, which stays, in one transaction. Both must be there, and `refuse` have nothing."""
    with store.transaction():
        kept, gone = sources.stored_itself(store, kept_id), sources.stored_itself(store, gone_id)
        assert kept is not None
        assert gone is not None
        return _join(store, kept, gone, now())


def _join(store: Store, kept: StoredSource, gone: StoredSource, at: str) -> Moved:
    hanging = Carried.of(store, kept, gone)
    same_as.note(store, gone.id, "state", [(gone.state, kept.text_hash or "", kept.target or "")])
    presence.withdraw(store, [gone.id], "removed", at)
    joined = same_as.lead_on(store, gone.id, kept.id)
    same_as.note(store, gone.id, "joined", [(name, gone.id) for name in joined])
    same_as.join(store, [(gone.id, kept.id)], at)
    counts = hanging.give(at)
    facts = gaps.fill(store, kept, gone)
    pointing = carrying.pointing_to(store, gone.id)
    for one in pointing:
        references.retarget(store, one.rowid, kept.id)
    same_as.note(store, gone.id, "reference", [(one.source, one.key, one.raw) for one in pointing])
    answers = [name for name in carrying.answers_to(store, gone.id) if name != kept.id]
    carrying.set_parent(store, answers, gone.id, kept.id)
    same_as.note(store, gone.id, "answer", [(name,) for name in answers])
    naming.choose_again(store, sources.names(store, gone.rowid))
    infer_pointing(store, _elsewhere(pointing, gone), at)
    if answers:
        infer_replies(store, kept.id, at)
    meta.bump_generation(store)
    return Moved(
        gone.id, gone.title, counts.one, counts.carried, counts.lost, counts.decisions, counts.credences, counts.links,
        len({one.source for one in pointing} - {gone.id}), len(answers), tuple(facts),
        tuple(counts.overruled),
    )  # fmt: skip


def _elsewhere(pointing: Sequence[carrying.Pointing], gone: StoredSource) -> list[references.Resolved]:
    return [one.resolved for one in pointing if one.source != gone.id]
