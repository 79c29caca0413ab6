"""`kb save`: keep a command under a name, for kb run."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from commands import kept as kept_words
from commands import output
from commands.home import home
from commands.options import Json
from commands.panels import KEEP

PANEL = KEEP


def command(
    name: Annotated[str | None, typer.Argument(help="What it is to be called; all that are kept without it.")] = None,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="-- VERB…", help="The command, without `kb`, after two dashes.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Forget the command of this name.")] = False,
    json: Json = False,
) -> None:
    """Keep a command with its options under a name: kb run NAME does it again, with whatever is added to it.

    Example: kb save open-points -- critiques --unanswered -n 5
    """
    from kb import config
    from kb.errors import UsageError

    if name is None:
        kept = config.load(home()).saved
        if json:
            return output.as_json({"saved": kept})
        return output.text(output.table([[one, f"kb {said}"] for one, said in sorted(kept.items())]))
    if remove:
        kept_words.known(name)
        config.unset(home(), f"saved.{name}")
    elif not words:
        raise UsageError("save which command?", f"kb save {name} -- search QUERY")
    elif not name.replace("-", "").replace("_", "").isalnum():
        raise UsageError(f"{name!r} is no name", "letters, digits, - and _")
    else:
        kept_words.check(words)
        config.set_value(home(), f"saved.{name}", shlex.join(words))
    return (
        output.as_json({"saved": name}) if json else output.say(f"{'forgotten' if remove else 'kept'}: kb run {name}")
    )
