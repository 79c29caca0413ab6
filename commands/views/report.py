"""What an import did (`importers.report`), as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from commands import output
from commands.views.source import source_line
from kb.text.strings import clip

if TYPE_CHECKING:
    from importers.report import Item, Report
    from notes.vault.outcome import Conflict

_FEW = 20


_WOULD = {"added": "would add", "updated": "would update"}


def lines(report: Report, *, dry_run: bool = False) -> Iterator[str]:
    """A line for each source that is new or has changed."""
    from importers import folder_news
    from importers.report import Preview

    taken = [item for item in report.items if item.status not in {"unchanged", "failed"}]
    for item in taken[:40]:
        source = item.source
        mark = output.style(f"{_WOULD[item.status]:<12}" if dry_run else f"{item.status:<9}", "green")
        if isinstance(source, Preview):
            yield f"{mark} {source.kind:<10}  {clip(source.title, 70)}"
        else:
            yield f"{mark} {source_line(report.sources[source or ''])}"
    if len(taken) > 40:
        yield f"… and {len(taken) - 40:,} more (kb list)"
    for one in report.renamed[:_FEW]:
        before, now = folder_news.names(one.before, one.now)
        yield f"{output.style('renamed', 'green'):<9} {output.style(one.source, 'yellow')}  {before} → {now}"
    if len(report.renamed) > _FEW:
        yield f"… and {len(report.renamed) - _FEW:,} more renamed"
    for name in report.gone[:_FEW]:
        yield f"{output.style('gone', 'red'):<9} {source_line(report.sources[name], state=False)}"
    if len(report.gone) > _FEW:
        yield f"… and {len(report.gone) - _FEW:,} more gone (kb list --state gone)"


def failed(items: Iterable[Item]) -> Iterator[str]:
    """Why targets failed, of those that did."""
    for item in items:
        if item.error:
            hint = f" ({item.error.hint})" if item.error.hint else ""
            message = item.error.message
            problem = message if item.target in message else f"{item.target}: {message}"
            yield output.style("failed ", "red", err=True) + problem + hint


def conflicts(found: Iterable[Conflict]) -> Iterator[str]:
    """Notes of which not everything could be done, and why."""
    for conflict in found:
        yield output.style("conflict ", "yellow", err=True) + f"{conflict.path}: {conflict.reason}"


def problems(report: Report) -> Iterator[str]:
    """What failed and what was odd."""
    yield from failed(report.items)
    for problem in report.problems[:10]:
        yield output.style("odd ", "yellow", err=True) + problem
    if len(report.problems) > 10:
        yield f"… and {len(report.problems) - 10:,} more oddities (kb check)"
    yield from report.notes[:_FEW]
    if len(report.notes) > _FEW:
        yield f"… and {len(report.notes) - _FEW:,} more of the kind"


def remarks(report: Report, *, dry_run: bool = False) -> Iterator[str]:
    """What failed, what was odd, conflicts, and the counts."""
    yield from problems(report)
    yield from conflicts(report.vaults.conflicts[:_FEW])
    if len(report.vaults.conflicts) > _FEW:
        yield f"… and {len(report.vaults.conflicts) - _FEW:,} more conflicts"
    counts = report.counts | {"renamed": len(report.renamed), "gone": len(report.gone)}
    called = {name: f"would be {name}" if dry_run and name in _WOULD else name for name in counts}
    yield ", ".join(f"{counts[name]:,} {called[name]}" for name in counts if counts[name]) or "nothing to add"
