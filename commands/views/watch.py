"""A run of a watch (`importers.watch.session`), as a line of text or of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commands import output
from commands.views import report
from kb.model.json_form import JsonObject, json_form

if TYPE_CHECKING:
    from importers.watch.session import Run

_NAMED = 3  # files whose names are told


def lines(run: Run) -> Iterator[str]:
    """When it was, what it did, how long that took; and which files, where they are few."""
    counts = run.report.counts | {"renamed": len(run.report.renamed), "gone": len(run.report.gone)}
    told = ("updated", "added", "renamed", "gone", "failed") if run.paths else tuple(counts)
    parts = [f"{counts[name]:,} {name}" for name in told if counts[name]]
    if not run.paths and run.embedded:
        parts.append(f"{output.count(run.embedded, 'text')} embedded")
    if run.written:
        parts.append(f"{len(run.written):,} written to the vault")
    if run.waiting:
        parts.append(f"{output.count(run.waiting, 'text')} to be embedded")
    taken = [item.target for item in run.report.items if item.status in {"added", "updated"}]
    names = "  " + ", ".join(Path(target).name for target in dict.fromkeys(taken)) if 0 < len(taken) <= _NAMED else ""
    yield f"{_local(run.at)} {', '.join(parts) or 'nothing new'} ({run.seconds:.1f} s)" + output.style(names, "dim")


def remarks(run: Run) -> Iterator[str]:
    """What failed and was not told before, and what was odd."""
    yield from report.failed(run.failures)
    yield from report.conflicts(run.conflicts)
    for problem in run.report.problems[:10]:
        yield output.style("odd ", "yellow", err=True) + problem
    yield from run.report.notes[:10]


def run_json(run: Run) -> JsonObject:
    """What `kb add` gives, and `at, seconds, paths, embedded, waiting, written, conflicts`; unchanged is counted."""
    from importers.report import as_json

    return {
        "at": run.at,
        "seconds": round(run.seconds, 3),
        "paths": list(run.paths),
        **as_json(run.report, unchanged=False),
        "embedded": run.embedded,
        "waiting": run.waiting,
        "written": list(run.written),
        "conflicts": json_form(run.conflicts),
    }


def _local(at: str) -> str:
    """The time of day here."""
    return datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone().strftime("%H:%M:%S")
