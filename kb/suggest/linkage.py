"""Small groups of things by how near they are: average linkage along the pairs that are near at all.

The two groups come together whose members are nearest to each other on average, as long as that is near enough and the
group stays small. What belongs together for certain begins as one group; what must stay apart never comes together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[int, int]
Scores = Callable[[Sequence[int], Sequence[int]], "NDArray[np.float32]"]
"""How near the members of one group are to those of another, shape (a, b)."""


def grouped(
    near: Collection[Pair],
    scores: Scores,
    least: float,
    most: int,
    *,
    together: Collection[Pair] = (),
    apart: Collection[frozenset[int]] = (),
) -> list[list[int]]:
    """Groups of two to `most` things, each in ascending order, by the first of each.

    `near` are the pairs along which groups may come together, from a mean score of `least` on.
    """
    groups = _Groups([*near, *together], most, apart)
    for one, other in together:
        groups.join(groups.of[one], groups.of[other])
    groups.touch(near)
    heap = [(-float(scores(groups.members[a], groups.members[b]).mean()), a, b) for a, b in groups.touching()]
    heapify(heap)
    while heap and -heap[0][0] >= least:
        _, one, other = heappop(heap)
        name = groups.join(one, other)
        if name is None:
            continue
        for neighbour in sorted(groups.beside[name]):
            far = -float(scores(groups.members[neighbour], groups.members[name]).mean())
            heappush(heap, (far, neighbour, name))
    return sorted(members for members in groups.members.values() if len(members) > 1)


class _Groups:
    """Which things are in one group, and which groups touch; a group that two became has a new number."""

    def __init__(self, pairs: Iterable[Pair], most: int, apart: Collection[frozenset[int]]) -> None:
        things = sorted({thing for pair in pairs for thing in pair})
        self.members = {number: [thing] for number, thing in enumerate(things)}
        self.of = {thing: number for number, thing in enumerate(things)}
        self.beside: dict[int, set[int]] = {number: set() for number in self.members}
        self._next = len(things)
        self._most = most
        self._apart = apart

    def touch(self, pairs: Iterable[Pair]) -> None:
        """The groups of these things touch."""
        for one, other in pairs:
            a, b = self.of[one], self.of[other]
            if a != b:
                self.beside[a].add(b)
                self.beside[b].add(a)

    def touching(self) -> Iterator[Pair]:
        """Each pair of groups that touch, once."""
        return ((a, b) for a, others in self.beside.items() for b in sorted(others) if a < b)

    def join(self, one: int, other: int) -> int | None:
        """The group that two become; None where one is gone, or they may not be one."""
        if one == other or one not in self.members or other not in self.members or not self._fit(one, other):
            return None
        name, self._next = self._next, self._next + 1
        self.members[name] = sorted(self.members.pop(one) + self.members.pop(other))
        self.of.update(dict.fromkeys(self.members[name], name))
        self.beside[name] = (self.beside.pop(one) | self.beside.pop(other)) - {one, other}
        for neighbour in self.beside[name]:
            self.beside[neighbour] -= {one, other}
            self.beside[neighbour].add(name)
        return name

    def _fit(self, one: int, other: int) -> bool:
        a, b = self.members[one], self.members[other]
        if len(a) + len(b) > self._most:
            return False
        return not any(frozenset((x, y)) in self._apart for x in a for y in b) if self._apart else True
