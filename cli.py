"""The command line: the Typer app, its verbs, and what an error looks like."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands import (
    add,
    ask,
    believe,
    cruxes,
    draw,
    export,
    find,
    judge,
    look,
    opening,
    propose,
    refresh,
    review,
    stands,
    strength,
    upkeep,
)
from commands.context import SETTINGS

app = typer.Typer(
    name="kb",
    help="A knowledge base for people who read research and argue with it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

READ, ARGUE, KEEP = "Read", "Argue", "Look after"
for name, verb, panel in (
    ("add", add.add, READ),
    ("refresh", refresh.refresh, READ),
    ("list", look.list_, READ),
    ("show", look.show, READ),
    ("search", find.search, READ),
    ("similar", find.similar, READ),
    ("open", opening.open_, READ),
    ("statements", look.statements, ARGUE),
    ("links", look.links, ARGUE),
    ("map", draw.map_, ARGUE),
    ("critiques", ask.critiques, ARGUE),
    ("theories", ask.theories, ARGUE),
    ("compare", ask.compare, ARGUE),
    ("rests-on", ask.rests_on, ARGUE),
    ("chain", ask.chain, ARGUE),
    ("changes", ask.changes, ARGUE),
    ("claim", judge.claim, ARGUE),
    ("link", judge.link, ARGUE),
    ("accept", judge.accept, ARGUE),
    ("reject", judge.reject, ARGUE),
    ("review", review.review, ARGUE),
    ("propose", propose.propose, ARGUE),
    ("note", judge.note, ARGUE),
    ("believe", believe.believe, ARGUE),
    ("beliefs", believe.beliefs, ARGUE),
    ("strength", strength.strength, ARGUE),
    ("stands", stands.stands, ARGUE),
    ("cruxes", cruxes.cruxes, ARGUE),
    ("export", export.export, KEEP),
    ("check", upkeep.check, KEEP),
    ("stats", upkeep.stats, KEEP),
    ("index", add.index, KEEP),
    ("backup", upkeep.backup, KEEP),
    ("config", upkeep.config, KEEP),
):
    app.command(name, rich_help_panel=panel)(verb)


@app.callback()
def options(
    home: Annotated[Path | None, typer.Option(help="Where the knowledge base is; else KB_HOME.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """A knowledge base for people who read research and argue with it.

    Example: kb add ~/reading && kb search "does scaling explain it?"
    """
    SETTINGS.home = home.expanduser() if home else None
    SETTINGS.debug = debug
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("kb"))
        raise typer.Exit


def main() -> None:
    """Run `kb`: every problem is one line and an exit code, never a traceback unless --debug asks for it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of the command line given."""
    from commands import output
    from kb.errors import EXIT_ERROR, EXIT_INTERRUPTED, EXIT_USAGE, KbError

    json_wanted = "--json" in arguments
    try:
        code = int(app(arguments, standalone_mode=False) or 0)
    except typer.Exit as stop:
        code = stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    except KbError as error:
        if "--debug" in arguments:
            raise
        output.error(error, json_wanted=json_wanted)
        return error.exit_code
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error of the command-line library
            output.error(KbError(error.format_message(), "see kb --help"), json_wanted=json_wanted)
            return int(getattr(error, "exit_code", EXIT_USAGE))
        if "--debug" in arguments:
            raise
        problem = KbError(f"{type(error).__name__}: {error}", "this is a bug; run it again with --debug, and kb check")
        output.error(problem, json_wanted=json_wanted)
        return EXIT_ERROR
    if code == EXIT_INTERRUPTED:
        output.say("interrupted; what was done is kept")
    return code


if __name__ == "__main__":
    main()
