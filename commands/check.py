"""`kb check`: whether the store is in order."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import home, reading, writing
from commands.options import Json
from commands.panels import KEEP

PANEL = KEEP
PAGED = True


def command(
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended by itself; join stubs that surely are a source.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also notes: oddities of imports.")] = False,
    json: Json = False,
) -> None:
    """Check that every quote stands where it is said to, that nothing dangles, that search is up to date.

    Example: kb check --fix
    """
    from kb import check as health
    from kb import config
    from kb.errors import EXIT_UNHEALTHY
    from kb.sources import answered
    from notes.vault import joining

    if fix:
        with writing() as store:
            health.fix(store)
            for one in answered.found(store):
                if one.certain:
                    joining.merge(store, one.source.id, one.stub.id, config.load(home()).me)
    with reading() as store:
        found = health.findings(store)
    ok = not any(finding.severity == "error" for finding in found)
    if json:
        output.as_json({"ok": ok, "findings": found})
    else:
        told = [f for f in found if verbose or f.severity != "note"]
        for finding in told:
            cure = f" ({finding.fix})" if finding.fix else ""
            output.text(f"{finding.severity:<8} {finding.check}: {finding.message}{cure}")
        notes = len(found) - len(told)
        more = f"; {output.count(notes, 'note')} with --verbose" if notes else ""
        warnings = sum(finding.severity == "warning" for finding in found)
        whole = "all is well" if not warnings else f"nothing is broken, {output.count(warnings, 'warning')}"
        output.say((whole if ok else "something is wrong") + more)
    if not ok:
        raise typer.Exit(EXIT_UNHEALTHY)
