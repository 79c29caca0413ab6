"""`kb check`, `kb stats`, `kb backup`, `kb config`: looking after the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands import output
from commands.options import Json, Yes, home, reading, writing


def check(
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended by itself.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also notes: oddities of imports.")] = False,
    json: Json = False,
) -> None:
    """Check that every quote stands where it is said to, that nothing dangles, that search is up to date.

    Example: kb check --fix
    """
    from kb import check as health
    from kb.errors import EXIT_UNHEALTHY
    from kb.store import open

    if fix:
        with writing() as store, store.transaction() as session:
            health.fix(open.raw(session))
    with reading() as connection:
        found = health.findings(connection, home())
    ok = not any(finding.severity == "error" for finding in found)
    if json:
        output.as_json({"ok": ok, "findings": [finding.as_dict() for finding in found]})
    else:
        shown = [f for f in found if verbose or f.severity != "note"]
        for finding in shown:
            cure = f" ({finding.fix})" if finding.fix else ""
            output.text(f"{finding.severity:<8} {finding.check}: {finding.message}{cure}")
        notes = len(found) - len(shown)
        more = f"; {output.count(notes, 'note')} with --verbose" if notes else ""
        warnings = sum(finding.severity == "warning" for finding in found)
        whole = "all is well" if not warnings else f"nothing is broken, {output.count(warnings, 'warning')}"
        output.say((whole if ok else "something is wrong") + more)
    if not ok:
        raise typer.Exit(EXIT_UNHEALTHY)


def stats(json: Json = False) -> None:
    """Count what there is: sources, statements, links, decisions, vectors.

    Example: kb stats
    """
    from kb import check as health

    with reading() as connection:
        figures = health.stats(connection, home())
    if json:
        return output.as_json(figures)
    calibration, adaptation = figures.pop("calibration"), figures.pop("adaptation")
    output.text(output.table([[name.replace("_", " "), _figure(value)] for name, value in figures.items()]))
    return output.text([*_calibration(calibration), *_adaptation(adaptation)])


def _adaptation(known: dict[str, Any]) -> list[str]:
    """Whether the confidence of statements follows the person's decisions, and by how much that is better."""
    if known["shipped_loss"] is None:
        return []
    whose = "your decisions" if known["used"] else "the program as it came, which foresees your decisions as well"
    return [
        "",
        f"confidence of statements: by {whose} ({known['decided']} decided)",
        f"foreseeing them: AUROC {known['shipped_auroc']:.2f} as it came, {known['adapted_auroc']:.2f} adapted; "
        f"log loss {known['shipped_loss']:.2f} and {known['adapted_loss']:.2f}",
    ]


def _calibration(known: dict[str, Any]) -> list[str]:
    """How often suggestions were right, by basis and rule, by what the person decided."""
    if not known["rules"]:
        return []
    rows = []
    for basis in known["bases"]:
        own = [r for r in known["rules"] if (r["table"], r["basis"]) == (basis["table"], basis["basis"])]
        for estimate in [basis, *own]:
            name = f"  {estimate['rule']}" if estimate["rule"] else f"{basis['table']}s by {basis['basis']}"
            span = f"{estimate['low']:.2f} to {estimate['high']:.2f}"
            hidden = "hidden" if estimate.get("hidden") else ""
            rows.append(
                [name, f"{estimate['right']} of {estimate['decided']}", f"{estimate['precision']:.2f}", span, hidden]
            )
    head = ["right, by your decisions", "", "share", "95 % interval", ""]
    return ["", *output.table([head, *rows])]


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_figure(part)}" for name, part in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(_figure(part) for part in value) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value if value is not None else "none")


def backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Copy the store, whole and consistent, even while it is in use.

    Example: kb backup ~/backups/kb-2024-06-01.sqlite
    """
    from kb.errors import KbError
    from kb.store import open

    if file.exists() and not yes:
        raise KbError(f"{file} exists", "choose another name, or --yes to replace it")
    size = open.backup(home(), file)
    if json:
        output.as_json({"file": str(file), "bytes": size})
    else:
        output.text(f"{file}  {size:,} bytes")


def config(
    name: Annotated[str | None, typer.Argument(help="A setting; all of them without it.")] = None,
    value: Annotated[str | None, typer.Argument(help="Its new value.")] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Back to the default.")] = False,
    json: Json = False,
) -> None:
    """Show or change settings; they are kept in config.toml in the home.

    Example: kb config me "Ada Lovelace"
    """
    from kb import config as settings

    if name and value is not None:
        settings.set_value(home(), name, value)
    elif name and unset:
        settings.unset(home(), name)
    values = settings.load(home())
    if name:
        if name not in values:
            settings.unset(home(), name)  # says which settings there are
        values = {name: values[name]}
    if json:
        return output.as_json(values)
    rows = [[key, repr(val), settings.SETTINGS[key].what] for key, val in values.items()]
    return output.text(output.table(rows))
