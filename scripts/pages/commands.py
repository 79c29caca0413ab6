"""docs/cli.md: the reference of the command line, from the program itself."""

from __future__ import annotations

from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from typer.main import get_command

from cli import application
from scripts.pages.tables import table

_HEAD = """# Command line

This page is made from the program by `python -m scripts.reference`. The [guide](guide.md) shows the commands at work.

Every command takes `--help`. What a command answers goes to standard output, everything else to standard error.
`REF` is an id, a unique prefix of one, a citekey, a URL, an arXiv id or an exact title.

| exit code | meaning |
|---|---|
| 0 | done; an empty result too |
| 1 | error |
| 2 | the words of the command do not fit together |
| 3 | not found, or ambiguous |
| 4 | some targets failed, the rest went in |
| 5 | the store or the index is unhealthy |
| 130 | interrupted |
"""


def page() -> str:
    """The page as Markdown."""
    app = application()
    group: Any = get_command(app)
    callback = app.registered_callback
    parts = [
        _HEAD,
        "## Options before the command\n",
        *_table(group, get_type_hints(getattr(callback, "callback", None))),
    ]
    panel = ""
    for info in app.registered_commands:
        command = group.commands[info.name]
        if command.rich_help_panel != panel:
            panel = command.rich_help_panel
            parts.append(f"## {panel}\n")
        parts += _command(str(info.name), command, get_type_hints(info.callback))
    return "\n".join(parts).rstrip() + "\n"


def example(help_text: str) -> tuple[str, str]:
    """A help text in two: what it says, and the command after "Example:"."""
    body, _, shown = help_text.partition("Example:")
    return body.strip(), shown.strip()


def _command(name: str, command: Any, hints: dict[str, Any]) -> list[str]:
    body, shown = example(command.help or "")
    arguments = [_argument(p) for p in command.params if p.param_type_name == "argument"]
    usage = " ".join(["kb", name, *arguments, "[OPTIONS]"])
    parts = [f"### kb {name}\n", f"```\n{usage}\n```\n", body + "\n", *_table(command, hints)]
    return [*parts, f"Example:\n\n```\n{shown}\n```\n"] if shown else parts


def _table(command: Any, hints: dict[str, Any]) -> list[str]:
    own = [p for p in command.params if p.name in hints]
    rows = [(_argument(p), p) for p in own if p.param_type_name == "argument"]
    rows += [(", ".join(p.opts) + _value(p, hints[p.name]), p) for p in own if p.param_type_name == "option"]
    if not rows:
        return []
    return [table(("", ""), [(f"`{shown}`", _says(p)) for shown, p in rows])]


def _argument(param: Any) -> str:
    name = (param.metavar or param.name.upper()).strip("[]")
    return name if param.required else f"[{name}]"


def _value(param: Any, hint: Any) -> str:
    """The value an option takes, as in `--mode hybrid|lexical`; a flag's other form."""
    kinds = [
        kind
        for kind in (get_args(hint) if get_origin(hint) in (Union, UnionType) else [hint])
        if kind is not type(None)
    ]
    if bool in kinds:
        return "".join(f", {name}" for name in param.secondary_opts)
    kind = get_args(kinds[0])[0] if get_origin(kinds[0]) is list else kinds[0]
    if get_origin(kind) is Literal:
        return " " + "|".join(get_args(kind))
    names: dict[Any, str] = {int: "N", float: "X", Path: "PATH"}
    return " " + (param.metavar or names.get(kind, "TEXT"))


def _says(param: Any) -> str:
    words = (param.help or "").rstrip()
    default = param.default
    if param.param_type_name == "argument" or default in (None, (), []):
        return words
    if isinstance(default, bool):
        return (
            f"{words} Default: {(param.opts if default else param.secondary_opts)[0]}."
            if param.secondary_opts
            else words
        )
    return f"{words} Default: {default}."
