"""Credences: how likely people hold statements to be."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credence:
    """How likely `who` held a statement to be at a time: a probability from `low` to `high`."""

    statement_id: str = field(metadata={"json": None})  # which it hangs under
    who: str
    low: float
    high: float
    at: str
    note: str = ""

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def withdrawn(self) -> bool:
        """Anything from 0 to 1 says nothing: so a credence is taken back."""
        return self.low == 0 and self.high == 1
