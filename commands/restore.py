"""`kb restore`: bring back what is gone or was removed, and what you wrote and took out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress, refs
from commands.home import reading, writing
from commands.options import Json
from commands.panels import KEEP
from commands.views import decided
from commands.views.source import source_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.model.document import Author, Block

PANEL = KEEP


def command(
    ref: Annotated[
        list[str],
        typer.Argument(metavar="REF…", help="Sources that are gone or removed, or statements and links of your own."),
    ],
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
        back = removal.restore(store, refs.given(ref), _cut)
        if embed and back.sources:
            with progress.bar("embedding, tokens") as tell:
                update(store, tell)
    with reading() as store:
        known = sources.read(store, back.sources)
        own = decided.read(store, [*back.statements, *back.links])
        found = [known[name] for name in back.sources]
        if json:
            return output.as_json({"restored": [*found, *own.statements], "links": own.links})
        mark = output.style("restored", "green")
        output.text(f"{mark} {source_line(source)}" for source in found)
        output.text(f"{mark} {line}" if line[:1].strip() else line for line in decided.lines(store, own))
    if not found and not own.statements and not own.links:
        output.say("nothing to restore: it is here")
    return None


def _cut(importer: str, text: str, authors: Sequence[Author]) -> Sequence[Block]:
    from importers.cutting import cut

    return cut(importer, text, authors)[0]
