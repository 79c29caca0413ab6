"""Where the statements of a text stand, so that those at a place are found without looking at all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]

_STRETCH = 512  # characters; what stands in a stretch of a text is kept together


@dataclass(slots=True)
class Places:
    """Indexes of statements by their exact span, by their block, and by the stretches that a span reaches into."""

    known: int = 0  # how many statements have been put in
    exact: dict[Span, int] = field(default_factory=dict)
    of_block: dict[int, list[int]] = field(default_factory=dict)
    _stretches: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)

    def add(self, block: int, span: Span, also: Sequence[Span] = ()) -> None:
        """Note the next statement."""
        self.exact.setdefault(span, self.known)
        self.of_block.setdefault(block, []).append(self.known)
        for start, end in (span, *also):
            self.put(self.known, start, end)
        self.known += 1

    def put(self, index: int, start: int, end: int) -> None:
        """Note that a statement has a span."""
        for stretch in range(start // _STRETCH, end // _STRETCH + 1):
            self._stretches.setdefault(stretch, []).append((start, end, index))

    def overlapping(self, start: int, end: int) -> list[int]:
        """Indexes of the statements with a span that overlaps this one, in order."""
        found = {
            index
            for stretch in range(start // _STRETCH, end // _STRETCH + 1)
            for a, b, index in self._stretches.get(stretch, ())
            if a < end and start < b
        }
        return sorted(found)
