"""`kb export`: the knowledge base as a vault of Markdown notes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output, progress
from commands.home import home, reading, writing
from commands.options import DryRun, Json
from commands.panels import KEEP

PANEL = KEEP


def command(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into; made where there is none.")],
    dry_run: DryRun = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for what is new.")] = True,
    json: Json = False,
) -> None:
    """Write a Markdown note for each source and each statement, with links between them.

    Writing again brings the notes up to date; a note that you changed is left alone and named. `kb add DIR`
    takes the vault back in.

    Example: kb export ~/vault --dry-run
    """
    from kb import config
    from kb.suggest.update import has_vectors, update
    from notes.vault import export as vault

    threshold = config.load(home()).statement_threshold
    with reading() if dry_run else writing() as store:
        if embed and not dry_run and has_vectors(store):  # as kb sync does: what follows from the texts is shown
            with progress.bar("embedding, tokens") as told:
                update(store, told)
        report = vault.export(store, directory.expanduser(), threshold, dry_run=dry_run)
    for conflict in report.conflicts:
        output.say(output.style("left alone ", "yellow", err=True) + f"{conflict.path}: {conflict.reason}")
    if json:
        return output.as_json(report)
    for path in report.written[:20]:
        output.text(path)
    if len(report.written) > 20:
        output.text(f"… and {len(report.written) - 20:,} more")
    for path in report.removed:
        output.text(output.style("removed ", "red") + path)
    counts = {
        "would be written" if dry_run else "written": len(report.written),
        "unchanged": report.unchanged,
        "left alone": len(report.conflicts),
        "would be removed" if dry_run else "removed": len(report.removed),
    }
    output.say(", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "nothing to export")
    return None
