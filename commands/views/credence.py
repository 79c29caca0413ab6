"""Credences as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commands import output

if TYPE_CHECKING:
    from kb.model.credence import Credence
    from kb.review.beliefs import Belief


def value(credence: Credence) -> str:
    """ "0.70", or "0.40–0.80"."""
    from kb.review.credences import range_text

    return range_text(credence.low, credence.high)


def remark(credence: Credence) -> str:
    """Why it is held, if anything is recorded."""
    return f"  {credence.note}" if credence.note else ""


def belief_lines(belief: Belief, me: str) -> list[str]:
    """Who holds what of a statement, with the moves there, and whether people differ."""
    lines = []
    for one in belief.held:
        path = one.moves if len(one.moves) > 1 else [one.now]
        lines.append(f"      {one.now.at[:10]}  {one.now.who}: {' → '.join(map(value, path))}{remark(one.now)}")
    if belief.differ:
        sides = "you differ" if any(one.now.who == me for one in belief.held) else "they differ"
        lines.append(output.style(f"      {sides} by {belief.gap:.2f}", "bold"))
    return lines


def others(people: Mapping[str, Sequence[Credence]], who: str) -> list[str]:
    """What other people hold."""
    from kb.review.credences import standing

    return [f"      {c.who}: {value(c)} ({c.at[:10]})" for c in standing(people) if c.who != who]
