"""What speaks against something, and what is recorded in answer to that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kb.graph.argument_graph import Argument, Tie


@dataclass(frozen=True, slots=True)
class Critique:
    """A link that attacks `target`, or undercuts a `step` to it, with the replies: links that attack or undercut it."""

    target: str
    tie: Tie
    replies: tuple[Tie, ...]
    step: Tie | None = None

    @property
    def id(self) -> str:
        """The statement or source that makes it."""
        return self.tie.start

    @property
    def answered(self) -> bool:
        return bool(self.replies)


def against(argument: Argument, target: str) -> Iterator[Critique]:
    """The critiques of a statement or source itself, the surest first, then those of what is given as its support."""
    for tie in sorted(argument.about(target, "attacks", "undercuts"), key=sureness):
        yield Critique(target, tie, tuple(replies(argument, tie)))
    for step in argument.about(target, "supports"):
        for tie in sorted(argument.about(step.id, "attacks", "undercuts"), key=sureness):
            yield Critique(target, tie, tuple(replies(argument, tie)), step)


def of(argument: Argument, targets: Iterable[str] | None = None) -> list[Critique]:
    """The critiques of these targets in their order; of all there are, the most attacked first, for None."""
    if targets is None:
        attacked = [name for name in argument.points if name in argument.into or _supported(argument, name)]
        found = {name: list(against(argument, name)) for name in attacked}
        return [one for name in sorted(found, key=lambda n: -len(found[n])) for one in found[name]]
    return [one for target in dict.fromkeys(targets) for one in against(argument, target)]


def replies(argument: Argument, tie: Tie) -> list[Tie]:
    """What attacks or undercuts the critique that a link makes, or the link itself; not by the same words."""
    found = [*argument.about(tie.start, "attacks", "undercuts"), *argument.about(tie.id, "attacks", "undercuts")]
    return sorted((reply for reply in found if reply.start != tie.start), key=sureness)


def unanswered(argument: Argument) -> set[str]:
    """Ids of critiques that attack something while nothing recorded answers at least one of these attacks."""
    return {
        tie.start
        for tie in argument.ties
        if tie.relation == "attacks" and argument.points[tie.start].kind == "critique" and not replies(argument, tie)
    }


def unplaced(argument: Argument, among: Iterable[str]) -> list[str]:
    """Those of the statements that are critiques of nothing recorded."""
    return [
        name
        for name in among
        if name in argument.points
        and argument.points[name].kind == "critique"
        and not any(tie.relation in {"attacks", "undercuts"} for tie in argument.out_of.get(name, ()))
    ]


def only(found: Iterable[Critique], *, by: Collection[str] | None, which: Literal["all", "open"]) -> list[Critique]:
    """Those made by one of these statements or sources, if any are named, and those without an answer, if asked."""
    return [one for one in found if (by is None or one.id in by) and (which == "all" or not one.answered)]


def sureness(tie: Tie) -> tuple[bool, float, str]:
    """Accepted before suggested, then by score: a key to sort by."""
    return tie.status != "accepted", -(1.0 if tie.score is None else tie.score), tie.id


def _supported(argument: Argument, name: str) -> bool:
    return any(tie.id in argument.into for tie in argument.about(name, "supports"))
