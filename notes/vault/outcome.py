"""What came of notes that store and vault exchanged."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file, by its path in the vault, of which not everything could be done, and why."""

    path: str
    reason: str


@dataclass
class Outcome:
    """What vaults gave: notes in which something changed, conflicts, and how many decisions hand edits meant.

    `taken` has the paths of those notes, `subjects` the ids of the sources and statements that they show.
    """

    taken: list[str] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    decisions: int = 0
