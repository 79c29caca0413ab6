"""What commands wrote, and taking the last of them back: the store is then as it was before, row by row.

Files are not touched: a vault gets what the store has with the next `kb sync`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kb import config
from kb.errors import KbError, UsageError, notify
from kb.model.words import CommandKind
from kb.sources import resolve
from kb.store import commands, embeddings, events, meta
from kb.store.commands import Command
from kb.store.events import Event
from kb.store.open import Store, Unit

Progress = Callable[[int, int], None]
"""Told (done, total) in changes of rows."""

_FEW = 3  # events that are told one by one


@dataclass(frozen=True, slots=True)
class Did:
    """A command and what it did. `number` names it; `undone` says that it was taken back."""

    command: str
    at: str
    what: str
    number: int
    undone: bool = False
    undoable: bool = True
    sources: tuple[str, ...] = field(default=(), metadata={"optional": True})  # what it brought or changed, once undone


def last(store: Store, limit: int | None = None) -> list[Did]:
    """The commands that wrote, the last one first."""
    return [_did(store, one) for one in commands.newest(store, limit)]


def to_undo(store: Store, count: int) -> list[Did]:
    """What `undo` would take back."""
    return [_did(store, one) for one in _standing(store, "did", count)]


def undo(store: Store, count: int = 1, progress: Progress | None = None) -> list[Did]:
    """Take back the last `count` commands that wrote and still stand, the last one first, each as a whole.

    Fewer where fewer are there.

    Raises:
        KbError: the changes of one are not known any more, or something else wrote the same rows meanwhile.
    """
    chosen = _standing(store, "did", count)
    for one in chosen:
        if not one.undoable:
            raise KbError(
                f"`{one.words}` of {one.at[:10]} cannot be taken back any more: too much came after it",
                "kb restore, kb edit or a backup may help",
            )
        if beside := commands.interleaved(store, one.number):
            raise KbError(
                f"`{beside[0].words}` changed the same things while `{one.words}` was running",
                "kb history shows what they did; kb restore and kb edit correct it",
            )
    return _revert(store, chosen, "undid", progress)


def redo(store: Store, count: int = 1, progress: Progress | None = None) -> list[Did]:
    """Do again what the last `count` undone commands did, the one that was undone last first.

    Fewer where fewer are there, or something else was written in between.

    Raises:
        KbError: something else has been written since.
    """
    undone = _standing(store, "undid", count)
    chosen = [one for one in undone if not commands.since(store, one.number)]
    if undone and not chosen:
        since = commands.since(store, undone[0].number)[0]
        raise KbError(f"`{since.words}` was written since", "what was undone before it cannot be done again")
    return _revert(store, chosen, "redid", progress)


def of_ref(store: Store, text: str) -> list[Event]:
    """What happened to a source, statement, link or person, oldest first.

    Raises:
        NotFoundError: it names nothing that is there or was, or several things.
    """
    if known := events.of(store, text):  # what is not there any more, or a person
        return known
    return events.of(store, resolve.ref(store, text, "source", "statement", "link").id)


def _standing(store: Store, kind: CommandKind, count: int) -> list[Command]:
    if count < 1:
        raise UsageError(f"{count} commands", "a number from 1 on")
    return commands.standing(store, kind, count)


def _revert(store: Store, chosen: list[Command], kind: CommandKind, progress: Progress | None) -> list[Did]:
    total = sum(commands.changed(store, one.number) for one in chosen)
    told, done, words = [], 0, store.unit.words
    for one in chosen:
        did = _did(store, commands.read(store, one.reverts) or one if one.reverts else one)
        concerned = set(commands.sources_of(store, one.number))
        store.unit = Unit(words, kind, one.number)
        with store.transaction():
            for at in commands.take_back(store, one.number):
                if progress:
                    progress(done + at, total)
            commands.set_undone(store, one.number, True)
            if one.reverts:
                commands.set_undone(store, one.reverts, False)
            meta.bump_generation(store)
        told.append(replace(did, sources=tuple(sorted(concerned.union(commands.sources_of(store, one.number))))))
        done += commands.changed(store, one.number)
    _embed(store)
    return told


def _embed(store: Store) -> None:
    """Vectors of texts that are back: those of texts that were gone may have been forgotten since."""
    from kb.vectors.embed import update as vectors

    model = meta.get(store, meta.MODEL)
    if not model or not embeddings.missing(store, model):
        return
    try:
        vectors.update(store, model=config.load(store.home).model or None)
    except KbError as error:
        notify(f"no vectors for what is back: {error.message} ({error.hint})")


def _did(store: Store, one: Command) -> Did:
    return Did(one.words, one.at, _what(store, one.number), one.number, one.undone, one.undoable)


def _what(store: Store, number: int) -> str:
    """In words: each event where they are few, else how many of each kind."""
    found = events.of_command(store, number)
    if not found:
        return "what is worked out from texts"
    if len(found) <= _FEW:
        told: dict[str, list[str]] = {}
        for one in found:
            told.setdefault(f"{one.subject} “{one.label}”" if one.label else one.subject, []).append(one.what)
        return "; ".join(f"{named}: {', '.join(what)}" for named, what in told.items())
    return ", ".join(f"{count:,} × {what}" for what, count in events.tally(found).items())
