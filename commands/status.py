"""`kb status`: how far one is with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.home import reading, writing
from commands.options import DryRun, Json
from commands.panels import READ
from commands.views.source import source_line

if TYPE_CHECKING:
    from kb.model.source import Source
    from kb.model.words import ReadingState

PANEL = READ


def command(
    words: Annotated[
        list[str],
        typer.Argument(metavar="REF… STATE", help="Sources, then to-read, reading, read, or none to take it away."),
    ],
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Say how far you are with texts: to-read, reading, read; with one REF alone, show it. kb next is the queue.

    What you say holds: a reading list that is imported later changes it only where it says something new.

    Example: kb status ekdahl2023volunteer okafor2023how to-read
    """
    from kb.sources import reading as states
    from kb.sources import resolve
    from kb.store import sources

    if len(words) == 1:
        with reading() as store:
            name = resolve.source(store, words[0])
            return _show([sources.read(store, [name])[name]], None, json=json)
    *refs, word = words
    state = _state(word)
    with reading() if dry_run else writing() as store:
        names = list(dict.fromkeys(resolve.source(store, ref) for ref in refs))
        before = sources.read(store, names)
        if not dry_run:
            with store.transaction():
                states.give(store, names, state)
        found = before if dry_run else sources.read(store, names)
    return _show([found[name] for name in names], {name: before[name].reading for name in names}, json=json)


def _state(word: str) -> ReadingState | None:
    from kb.errors import UsageError
    from kb.model.reading import NONE, state_of
    from kb.model.words import READING_STATES

    if word.lower() == NONE:
        return None
    state = state_of(word)
    if state is None:
        raise UsageError(f"no reading state {word!r}", f"end with one of: {', '.join((*READING_STATES, NONE))}")
    return state


def _show(found: list[Source], before: dict[str, ReadingState | None] | None, *, json: bool) -> None:
    if json:
        return output.as_json(found[0] if len(found) == 1 else {"sources": found})
    for source in found:
        was = before[source.id] if before else source.reading
        path = f"{was or 'none'} → {source.reading or 'none'}" if was != source.reading else source.reading or "none"
        output.text(f"{path:<18}  {source_line(source)}")
    return None
