"""The command line: the Typer app, its verbs, and what an error looks like."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from commands.options import SETTINGS

READ, ARGUE, KEEP = "Read", "Argue", "Look after"
VERBS = {
    "add": ("add", "add", READ),
    "refresh": ("refresh", "refresh", READ),
    "list": ("look", "list_", READ),
    "show": ("look", "show", READ),
    "search": ("find", "search", READ),
    "similar": ("find", "similar", READ),
    "open": ("open", "open_", READ),
    "statements": ("look", "statements", ARGUE),
    "links": ("look", "links", ARGUE),
    "map": ("map", "map_", ARGUE),
    "critiques": ("ask", "critiques", ARGUE),
    "theories": ("ask", "theories", ARGUE),
    "compare": ("ask", "compare", ARGUE),
    "rests-on": ("ask", "rests_on", ARGUE),
    "chain": ("ask", "chain", ARGUE),
    "changes": ("ask", "changes", ARGUE),
    "claim": ("judge", "claim", ARGUE),
    "link": ("judge", "link", ARGUE),
    "accept": ("judge", "accept", ARGUE),
    "reject": ("judge", "reject", ARGUE),
    "review": ("review", "review", ARGUE),
    "propose": ("propose", "propose", ARGUE),
    "note": ("judge", "note", ARGUE),
    "believe": ("believe", "believe", ARGUE),
    "beliefs": ("believe", "beliefs", ARGUE),
    "strength": ("strength", "strength", ARGUE),
    "stands": ("stands", "stands", ARGUE),
    "cruxes": ("cruxes", "cruxes", ARGUE),
    "export": ("export", "export", KEEP),
    "check": ("upkeep", "check", KEEP),
    "stats": ("upkeep", "stats", KEEP),
    "index": ("add", "index", KEEP),
    "backup": ("upkeep", "backup", KEEP),
    "config": ("upkeep", "config", KEEP),
}
"""Each verb's module in `commands`, its function, and where help lists it."""


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


def application(*names: str) -> typer.Typer:
    """The app with these verbs; with all of them where none is named.

    Only the module of the verb in use is imported: all of them together would take longer than most answers.
    """
    app = typer.Typer(
        name="kb",
        help="A knowledge base for people who read research and argue with it.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(options)
    for name in names or VERBS:
        module, function, panel = VERBS[name]
        verb = getattr(import_module(f"commands.{module}"), function)
        app.command(name, rich_help_panel=panel)(verb)
    return app


def _verb(arguments: list[str]) -> tuple[str, ...]:
    """The verb among the arguments, if it is plain to see."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--home":
            next(rest, None)
        elif argument in VERBS:
            return (argument,)
        elif not argument.startswith("--home=") and argument != "--debug":
            break
    return ()


def main() -> None:
    """Run `kb`: every problem is one line and an exit code, never a traceback unless --debug asks for it."""
    code = run(sys.argv[1:])
    with suppress(OSError, ValueError):  # whoever read the output has gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # everything is closed; taking libraries apart one by one would take a fifth of a search's time


def run(arguments: list[str]) -> int:
    """The exit code of the command line given."""
    from commands import output
    from kb.errors import EXIT_ERROR, EXIT_INTERRUPTED, EXIT_USAGE, KbError, listening

    json_wanted = "--json" in arguments
    try:
        app = application(*_verb(arguments))
        with listening(output.say):
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
