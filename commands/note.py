"""`kb note`: a person's own note, on a source or by itself."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands import output
from commands.home import home, reading, writing
from commands.options import Json
from commands.panels import ARGUE
from commands.views.source import source_line

PANEL = ARGUE


def command(
    text: Annotated[
        str | None, typer.Argument(help="What you have to say, in Markdown; - reads it from standard input.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="REF", help="The source it is about.")] = None,
    json: Json = False,
) -> None:
    """Write a note: on a source, to which it then refers, or with no --on a note of your own.

    It is a source like others, called by its first heading or its first words.

    Example: kb note "I agree about filters." --on "Volunteer Records Are Not Monitoring"
    """
    from importers.base import Input
    from importers.texts import markdown
    from kb import config
    from kb.review import write
    from kb.store import sources
    from kb.vectors.embed.update import at_once

    words = _words(text)
    with writing() as store:
        me = config.load(home()).me
        if on is not None:
            name = write.note(store, words, on, me)
        else:
            name = write.jotting(store, markdown.read(Input(words, "stdin"))[0], me)
        at_once(store, [name])
    with reading() as store:
        source = sources.read(store, [name])[name]
    return output.as_json(source) if json else output.text(source_line(source))


def _words(text: str | None) -> str:
    """What the note says: as given, or what comes through a pipe.

    Raises:
        UsageError: there is nothing. KbError: what comes is no text.
    """
    from importers.decode import repaired
    from kb.errors import UsageError
    from kb.text.repair import repair

    if text is None and sys.stdin.isatty():
        how = 'kb note "I doubt it." --on REF, or without --on; kb note - reads standard input'
        raise UsageError("a note needs a text", how)
    if text is None or text == "-":
        return repaired("standard input", sys.stdin.buffer.read()).strip()
    return repair(text).strip()
