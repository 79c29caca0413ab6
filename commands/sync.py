"""`kb sync`: a folder of notes and the knowledge base, brought to agree in both directions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress
from commands.home import home, writing
from commands.options import DryRun, Json, Yes
from commands.panels import KEEP
from commands.views import report as view

if TYPE_CHECKING:
    from importers.sync import Gone, Synced

PANEL = KEEP


def command(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of notes; made where there is none.")],
    deletions: Annotated[
        bool,
        typer.Option("--deletions", help="What deleted notes showed goes too; else you are asked."),
    ] = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for search by meaning.")] = True,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Bring a folder of notes and the knowledge base to agree: what changed on either side goes to the other.

    Your own notes are read and never written. Notes of kb's are written anew, and what you do to them counts: words
    below the last mark are your note on it; removing "(suggested)" accepts a link; deleting its line, or a statement's
    file, rejects it; title, authors, date, tags, speaker and text edit the source; files may be renamed and moved.
    Where both sides changed the same words both are kept, and named.

    Example: kb sync ~/vault --dry-run
    """
    from importers.sync import sync
    from kb.errors import EXIT_PARTIAL
    from kb.store.open import open_copy
    from kb.suggest.update import has_vectors, update

    def between(news: bool) -> None:
        if embed and not dry_run and (news or has_vectors(store)):
            with progress.bar("embedding, tokens") as told:
                update(store, told)

    with open_copy(home()) if dry_run else writing() as store, progress.ticker("reading") as tick:
        done = sync(
            store, directory.expanduser(), tell=tick, between=between, dry_run=dry_run,
            follow=lambda gone: deletions or (not yes and _ask(gone)),
        )  # fmt: skip
    if json:
        output.as_json(done)
    else:
        output.text(_lines(done))
        output.say(_remarks(done, dry_run=dry_run))
    if done.failed:
        raise typer.Exit(EXIT_PARTIAL)


def _ask(gone: Sequence[Gone]) -> bool:
    """Whether what deleted notes showed is to go as well; no, where nobody can answer."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write("\r\033[K")
    for one in gone[:10]:
        output.say(f"deleted  {one.path}  ({one.title})")
    if len(gone) > 10:
        output.say(f"… and {len(gone) - 10:,} more")
    notes = output.count(len(gone), "deleted note")
    return typer.confirm(f"Take what {notes} showed out of the knowledge base?", err=True)


def _lines(done: Synced) -> Iterator[str]:
    for mark, paths in (("taken", done.taken), ("written", done.written), ("removed", done.removed)):
        for path in paths[:20]:
            yield f"{output.style(f'{mark:<8}', 'green')} {path}"
        if len(paths) > 20:
            yield f"… and {len(paths) - 20:,} more {mark}"


def _remarks(done: Synced, *, dry_run: bool) -> Iterator[str]:
    yield from view.problems(done.run)
    for path in done.gone[:10]:
        yield output.style("deleted ", "yellow", err=True) + f"{path}: what it showed is still here (--deletions)"
    if len(done.gone) > 10:
        yield f"… and {len(done.gone) - 10:,} more deleted"
    yield from view.conflicts(done.conflicts)
    counts = [f"{len(paths):,} {what}" for what, paths in
              (("taken", done.taken), ("written", done.written), ("removed", done.removed)) if paths]  # fmt: skip
    counts += [output.count(done.decisions, "decision")] if done.decisions else []
    counts += [output.count(len(done.conflicts), "conflict")] if done.conflicts else []
    counts += [f"{done.unchanged:,} unchanged"] if done.unchanged else []
    said = ", ".join(counts) or "nothing to do"
    yield f"would be: {said}" if dry_run else said
