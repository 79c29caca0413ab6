"""An outline as trees: what hangs under each statement, and what aims at the link that it hangs by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.maps.drawing.outline import Line


@dataclass(eq=False, slots=True)
class Tree:
    """A line of an outline with what hangs under it: `children` under its node, `aiming` at the link it hangs by.

    A line whose node is told elsewhere is one, too: a leaf that refers to it.
    """

    line: Line
    children: list[Tree] = field(default_factory=list)
    aiming: list[Tree] = field(default_factory=list)

    @property
    def here(self) -> bool:
        return self.line.shown == "here"

    @property
    def below(self) -> list[Tree]:
        return self.children + self.aiming


def trees(lines: Sequence[Line]) -> list[Tree]:
    """A tree for each line at the margin."""
    found: list[Tree] = []
    path: list[Tree] = []
    for line in lines:
        del path[line.depth :]
        tree = Tree(line)
        if not path:
            found.append(tree)
        elif line.at_link:
            path[-1].aiming.append(tree)
        else:
            path[-1].children.append(tree)
        path.append(tree)
    return found
