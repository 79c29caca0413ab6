"""The command line: finds the verbs by their files in `commands`, and says what an error looks like."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from typer.main import get_command

import commands
from commands.completion.options import InstallCompletion, ShowCompletion
from commands.home import SETTINGS

_NO_PAGER = "--no-pager"
_NOT_TOLD = {"--debug", "--json", "--yes", "-y", "--pager", _NO_PAGER}
_LONG = 80  # characters of an argument that the history tells


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version as installed

        typer.echo(installed("kb"))
        raise typer.Exit


def options(
    home: Annotated[Path | None, typer.Option(help="Where the knowledge base is; else KB_HOME.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    pager: Annotated[
        bool, typer.Option("--pager/--no-pager", help="Show what is longer than the terminal page by page.")
    ] = True,
    version: Annotated[  # noqa: ARG001  the last three answer at once, and nothing else is done
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version.")
    ] = False,
    install_completion: InstallCompletion = False,  # noqa: ARG001
    show_completion: ShowCompletion = False,  # noqa: ARG001
) -> None:
    """A knowledge base for people who read research and argue with it.

    Example: kb add ~/reading && kb search "does scaling explain it?"
    """
    SETTINGS.home = home.expanduser() if home else None
    SETTINGS.debug = debug
    SETTINGS.pager = pager


def application(name: str | None = None) -> typer.Typer:
    """The app with this verb; with all of them without a name, or where there is no such verb.

    Only the module of the verb in use is imported: all of them together would take longer than most answers.
    """
    return _with(_verbs(name) or _verbs())


def _with(verbs: dict[str, ModuleType]) -> typer.Typer:
    app = typer.Typer(
        name="kb",
        help="A knowledge base for people who read research and argue with it.",
        no_args_is_help=True,
        add_completion=False,  # there is our own: Typer's takes titles with signs in them for the shell's words
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(options)
    for verb, module in verbs.items():
        context = getattr(module, "CONTEXT", None)
        app.command(verb, rich_help_panel=module.PANEL, context_settings=context)(_as_run(module))
    return app


def _as_run(module: ModuleType) -> Callable[..., None]:
    """The command of a verb: with its groups of options as options, and paged where it says so."""
    from commands.groups import expanded
    from commands.output import paging

    command = expanded(module.command)
    if rows := getattr(module, "ROWS", None):
        from commands.rows import formatted

        command = formatted(command, rows)
    return paging()(command) if getattr(module, "PAGED", False) else command


def _verbs(wanted: str | None = None) -> dict[str, ModuleType]:
    """The verbs, or the one of this name, with their modules: by panel, then by name. `rests_on.py` is `rests-on`."""
    from commands.panels import PANELS

    files = [file for folder in commands.__path__ for file in Path(folder).glob("[a-z]*.py")]
    names = {file.stem.replace("_", "-"): file.stem for file in files}
    chosen = sorted(names) if wanted is None else [wanted] if wanted in names else []
    found = {name: import_module(f"commands.{names[name]}") for name in chosen}
    verbs = [(name, module) for name, module in found.items() if hasattr(module, "PANEL")]
    return dict(sorted(verbs, key=lambda verb: PANELS.index(verb[1].PANEL)))


def _what_verbs_do() -> dict[str, str]:
    """Each verb with what it does, read off the text of its module: to import them all would take too long."""
    found = {}
    for folder in commands.__path__:
        for file in sorted(Path(folder).glob("[a-z]*.py")):
            text = file.read_text(encoding="utf-8")
            if "\nPANEL = " in text:
                found[file.stem.replace("_", "-")] = text.partition("\n")[0].partition("`: ")[2].rstrip('."')
    return found


def _first_word(arguments: list[str]) -> str | None:
    """The verb among the arguments, where it is plain to see; whether there is such a one is another matter."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--home":
            next(rest, None)
        elif not argument.startswith("--home=") and argument not in {"--debug", "--pager", _NO_PAGER}:
            return argument
    return None


def _in_front(arguments: list[str], option: str) -> list[str]:
    """The arguments with an option of `kb` itself before the verb, where it was written behind it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    rest = [argument for argument in arguments[:end] if argument != option]
    return [*([option] if len(rest) < end else []), *rest, *arguments[end:]]


def _words(arguments: list[str]) -> str:
    """The command as the history tells it: without the home, and without how the answer is to look."""
    rest = iter(arguments)
    told = []
    for argument in rest:
        if argument == "--home":
            next(rest, None)
        elif not argument.startswith("--home=") and argument not in _NOT_TOLD:
            told.append(argument if len(argument) <= _LONG else argument[:_LONG] + "…")
    return shlex.join(["kb", *told])


def main() -> None:
    """Run `kb`: every problem is one line and an exit code, never a traceback unless --debug asks for it."""
    code = run(sys.argv[1:]) if "_KB_COMPLETE" not in os.environ else complete(sys.argv[1:])
    with suppress(OSError, ValueError):  # whoever read the output has gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # everything is closed; taking libraries apart one by one would take a fifth of a search's time


def complete(arguments: list[str]) -> int:
    """Answer a shell that asks what may stand where a person presses TAB; it never hears of a problem."""
    from commands.completion import line, shells

    def verb(name: str) -> object:
        found = _verbs(name)
        return get_command(_with(found)).commands[name] if found else None  # type: ignore[attr-defined]

    with suppress(Exception):
        asked = shells.asked(arguments, os.environ)
        found = line.answer(asked.before, asked.typed, get_command(_with({})), _what_verbs_do, verb)
        sys.stdout.write(shells.told(found, asked.typed, os.environ))
    return 0


def run(arguments: list[str]) -> int:
    """The exit code of the command line given."""
    from commands import output
    from kb.errors import EXIT_ERROR, EXIT_INTERRUPTED, EXIT_USAGE, InterruptedRunError, KbError, listening

    json_wanted = "--json" in arguments
    arguments = _in_front(arguments, _NO_PAGER)
    SETTINGS.words, SETTINGS.unit, SETTINGS.run = _words(arguments), None, run
    try:
        app = application(_first_word(arguments))
        with listening(output.say):
            code = int(app(arguments, standalone_mode=False) or 0)
    except typer.Exit as stop:
        code = stop.exit_code
    except InterruptedRunError as stopped:
        output.say(stopped.message)
        return stopped.exit_code
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
