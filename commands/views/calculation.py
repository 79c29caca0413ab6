"""What stands with every calculated figure: what it is, its range, how many there are and what to do without links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import output

if TYPE_CHECKING:
    from kb.graph.argument_graph import ArgumentGraph
    from kb.review.calculation import Weighed


def heading(words: str) -> list[str]:
    """What the figures below are. It stands with them, so that it goes where they go."""
    return [output.style(line, "dim") for line in output.wrapped(words)]


def of_statement(found: Weighed) -> list[str]:
    """What people believe of a statement, and its strength (`kb.review.calculation.of_statement`)."""
    from kb.graph.strength import CALCULATION
    from kb.review.credences import range_text

    lines = [f"      {one.who} believes it {range_text(one.low, one.high)} ({one.at[:10]})" for one in found.credences]
    if strength := found.strength:
        lines.append(f"      strength {ranged(strength.value, strength.low, strength.high)}: {CALCULATION}")
    return lines


def ranged(value: float, low: float, high: float) -> str:
    """ "0.62", with the range where there is one."""
    return f"{value:.2f} ({low:.2f}–{high:.2f})" if high - low >= 0.005 else f"{value:.2f}"


def closing(argument: ArgumentGraph, counted: str, more: int, *, suggested: bool) -> str:
    """How many there were; and where no link counts, what to do about it."""
    if not argument.edges:
        if suggested:
            return "no link is recorded between statements: kb link writes one, kb add proposes some"
        return (
            "nothing is accepted yet: kb review goes through what is suggested, --suggested counts it in by its scores"
        )
    return counted + (f", {more:,} more with -n" if more > 0 else "")
