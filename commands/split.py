"""`kb split`: give back sources that were joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress
from commands.home import home, reading, writing
from commands.options import DryRun, Json
from commands.panels import KEEP
from commands.views.source import source_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.model.document import Author, Block

PANEL = KEEP


def command(
    ref: Annotated[str, typer.Argument(metavar="REF", help="A source to which others were joined, or one of these.")],
    dry_run: DryRun = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for what is back.")] = True,
    json: Json = False,
) -> None:
    """Give back the sources that kb merge joined to one, each with all it had.

    What you decided, linked or wrote since stays with the one that stayed.

    Example: kb split ekdahl2023volunteer
    """
    from kb import config
    from kb.model.json_form import json_form, json_object
    from kb.sources import splitting
    from kb.store import sources
    from kb.suggest.update import update
    from notes.vault import joining

    with reading() as store:
        gone = splitting.joined(store, ref)
        kept = sources.read(store, gone)[gone[0]].id
        titled = splitting.titles(store, gone)
    if dry_run:
        if json:
            return output.as_json({"split": gone})
        return output.text(f"would give back {name}  {titled[name]}" for name in gone)
    with writing() as store:
        for name in gone:
            joining.split(store, name, _cut, config.load(home()).me)
        if embed:
            with progress.bar("embedding, tokens") as tell:
                update(store, tell)
        known = sources.read(store, [kept, *gone])
    back = [known[name] for name in gone]
    if json:
        return output.as_json(json_object(known[kept]) | {"split": json_form(back)})
    output.text(f"{output.style('given back', 'green')} {source_line(source)}" for source in back)
    return None


def _cut(importer: str, text: str, authors: Sequence[Author]) -> Sequence[Block]:
    from importers.cutting import cut

    return cut(importer, text, authors)[0]
