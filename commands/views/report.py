"""What an import did (`importers.report`), as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands import output
from commands.views.source import source_line

if TYPE_CHECKING:
    from importers.report import Report


_WOULD = {"added": "would add", "updated": "would update"}


def lines(report: Report, *, dry_run: bool = False) -> Iterator[str]:
    """A line for each source that is new or has changed."""
    from importers.report import Preview

    taken = [item for item in report.items if item.status not in {"unchanged", "failed"}]
    for item in taken[:40]:
        source = item.source
        mark = output.style(f"{_WOULD[item.status]:<12}" if dry_run else f"{item.status:<9}", "green")
        if isinstance(source, Preview):
            yield f"{mark} {source.kind:<10}  {source.title}"
        else:
            yield f"{mark} {source_line(report.sources[source or ''])}"
    if len(taken) > 40:
        yield f"… and {len(taken) - 40:,} more (kb list)"


def remarks(report: Report, *, dry_run: bool = False) -> Iterator[str]:
    """What failed, what was odd, and the counts."""
    for item in report.items:
        if item.error:
            hint = f" ({item.error.hint})" if item.error.hint else ""
            message = item.error.message
            problem = message if item.target in message else f"{item.target}: {message}"
            yield output.style("failed ", "red", err=True) + problem + hint
    for problem in report.problems[:10]:
        yield output.style("odd ", "yellow", err=True) + problem
    if len(report.problems) > 10:
        yield f"… and {len(report.problems) - 10:,} more oddities (kb check)"
    counts = report.counts
    called = {name: f"would be {name}" if dry_run and name in _WOULD else name for name in counts}
    yield ", ".join(f"{counts[name]:,} {called[name]}" for name in counts if counts[name]) or "nothing to add"
