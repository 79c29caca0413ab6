"""The shortest chain of links from one statement or source to another."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from kb.graph.argument_graph import Argument, Tie
from kb.graph.questions.critiques import sureness

FORWARD = {"supports": "supports", "attacks": "attacks", "undercuts": "undercuts", "restates": "restates",
           "related": "is related to"}  # fmt: skip
BACKWARD = {"supports": "is supported by", "attacks": "is attacked by", "undercuts": "is undercut by",
            "restates": "is restated by", "related": "is related to"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One link on the way, followed from `start` to `end`, which may be against its direction.

    An end may be a link: where something undercuts it.
    """

    start: str
    end: str
    tie: Tie

    @property
    def words(self) -> str:
        """How the step reads: "attacks", "is supported by"."""
        if self.start == self.tie.id:
            return FORWARD[self.tie.relation] if self.end == self.tie.end else "starts from"
        return (FORWARD if self.start == self.tie.start else BACKWARD)[self.tie.relation]


def shortest(argument: Argument, starts: Collection[str], ends: Collection[str]) -> list[Step]:
    """The fewest links from one of the starts to one of the ends, followed either way; the surest of equals.

    Empty where there is none, or where start and end are the same.
    """
    by_id = {tie.id: tie for tie in argument.ties}
    came: dict[str, Step | None] = dict.fromkeys(starts)
    queue = deque(came)
    while queue:
        name = queue.popleft()
        if name in ends:
            return _back(came, name)
        ties = [*argument.out_of.get(name, ()), *argument.into.get(name, ())]
        neighbours = [(tie.end if tie.start == name else tie.start, tie) for tie in sorted(ties, key=sureness)]
        neighbours += [(tie.id, tie) for tie in ties if tie.id in argument.into]
        if name in by_id:  # a link that something undercuts: on to what it joins
            neighbours += [(end, by_id[name]) for end in (by_id[name].end, by_id[name].start)]
        for other, tie in neighbours:
            if other not in came:
                came[other] = Step(name, other, tie)
                queue.append(other)
    return []


def _back(came: dict[str, Step | None], name: str) -> list[Step]:
    steps: list[Step] = []
    while step := came[name]:
        steps.append(step)
        name = step.start
    return steps[::-1]
