"""`kb note`: a person's own note on a source."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import home, reading, writing
from commands.options import Json
from commands.panels import ARGUE
from commands.views.source import source_line

PANEL = ARGUE


def command(
    text: Annotated[str, typer.Argument(help="What you have to say.")],
    on: Annotated[str, typer.Option("--on", metavar="REF", help="The source it is about.")],
    json: Json = False,
) -> None:
    """Write a note on a source; it becomes a source of its own that refers to it.

    Example: kb note "I agree about filters." --on "Volunteer Records Are Not Monitoring"
    """
    from kb import config
    from kb.review import write
    from kb.store import sources
    from kb.vectors.embed.update import at_once

    with writing() as store:
        name = write.note(store, text, on, config.load(home()).me)
        at_once(store, [name])
    with reading() as store:
        source = sources.read(store, [name])[name]
    return output.as_json(source) if json else output.text(source_line(source))
