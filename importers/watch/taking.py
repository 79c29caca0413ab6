"""What one run does with a batch: the one place that decides what becomes of a folder's changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from importers import intake
from importers.given import Given
from importers.report import Item, Report
from importers.watch.watching import Batch
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch, and the files under the root that taking it in has itself written or removed."""

    report: Report
    wrote: Collection[str] = ()


def take(store: Store, batch: Batch, tell: Callable[[Item], None]) -> Taken:
    """Do with the files of a batch what `kb add` of the root would do; `tell` hears of each item as it is done.

    Files that went are among the paths.
    """
    return Taken(intake.run(store, [batch.root], Given(), lambda: b"", tell, only=batch.paths))
