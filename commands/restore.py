"""`kb restore`: bring back what is gone or was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress
from commands.home import reading, writing
from commands.options import Json
from commands.panels import KEEP
from commands.views.source import source_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.model.document import Author, Block

PANEL = KEEP


def command(
    refs: Annotated[list[str], typer.Argument(metavar="REF…", help="Sources that are gone or removed.")],
    embed: Annotated[bool, typer.Option(help="Make vectors for what is back.")] = True,
    json: Json = False,
) -> None:
    """Bring back sources that were removed or whose files are gone, with their statements and your decisions.

    What was removed together comes back together. kb list --state all shows what there is.

    Example: kb restore ekdahl2023volunteer
    """
    from kb.sources import removal
    from kb.store import sources
    from kb.suggest.update import update

    with writing() as store:
        names = removal.restore(store, refs, _cut)
        if embed and names:
            with progress.bar("embedding") as tell:
                update(store, tell)
    with reading() as store:
        known = sources.read(store, names)
    found = [known[name] for name in names]
    if json:
        return output.as_json({"restored": found})
    output.text(f"{output.style('restored', 'green')} {source_line(source)}" for source in found)
    if not found:
        output.say("nothing to restore: it is here")
    return None


def _cut(importer: str, text: str, authors: Sequence[Author]) -> Sequence[Block]:
    from importers.cutting import cut

    return cut(importer, text, authors)[0]
