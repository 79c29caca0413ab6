"""What one run does with a batch: the one place that decides what becomes of a folder's changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from importers import intake, sync
from importers.given import Given
from importers.report import Item, Report
from importers.sync import Synced
from importers.watch.watching import Batch
from kb.store import exported
from kb.store.open import Store

QUIET_S = 2.0
"""So long nothing has to happen before what a vault's notes say of one another is written anew."""


def take(store: Store, batch: Batch, tell: Callable[[Item], None]) -> Report:
    """Do with the files of a batch what `kb add` of the root would do; `tell` hears of each item as it is done.

    Files that went are among the paths.
    """
    return intake.run(store, [batch.root], Given(), lambda: b"", tell, only=batch.paths)


@dataclass
class Behind:
    """Vaults into which the store was written before and has news for, with the time to write them."""

    due: dict[str, float] = field(default_factory=dict)

    def changed(self, store: Store, root: str, report: Report) -> None:
        """Note that a root was read; it is behind if it is a vault and the store has changed."""
        if root not in exported.vaults(store):
            return
        news = report.counts["added"] + report.counts["updated"] + len(report.gone) + len(report.vaults.taken)
        agreed = exported.of_vault(store, root)
        if news or any(one.file_hash and not os.path.lexists(os.path.join(root, one.path)) for one in agreed):
            self.due[root] = time.monotonic() + QUIET_S

    def left(self, seconds: float) -> float:
        """How long to wait at most, if `seconds` were meant."""
        return max(0.0, min([seconds, *(due - time.monotonic() for due in self.due.values())]))

    @property
    def is_due(self) -> bool:
        """Whether one is to be written now."""
        return any(due <= time.monotonic() for due in self.due.values())

    def write(self, store: Store) -> Iterator[tuple[str, Synced]]:
        """Write those that are due."""
        for root in [root for root, due in self.due.items() if due <= time.monotonic()]:
            del self.due[root]
            yield root, sync.write_back(store, Path(root))
