"""Critiques with their replies, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from commands import output
from commands.views.item import doubt, quote_lines

if TYPE_CHECKING:
    from kb.graph.questions.critiques import Critique
    from kb.graph.questions.items import Item


def lines(one: Critique, known: Mapping[str, Item], maybe: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A critique with the replies under it, else with how many statements may be one (`maybe`)."""
    if one.step is not None and one.step.from_id in known:
        yield from quote_lines(known[one.step.from_id], f"  +{doubt(one.step)} ")
        yield from quote_lines(known.get(one.id), f"    −{doubt(one.edge)} the step: ")
    else:
        yield from quote_lines(known.get(one.id), f"  −{doubt(one.edge)} ")
    for reply in one.replies:
        does, told = ("~", ", for or against not told") if reply.relation == "related" else ("−", "")
        yield from quote_lines(known.get(reply.from_id), f"    {does}{doubt(reply)} answered{told}: ")
    if not one.replies:
        others = len(maybe.get(one.id, ()))
        more = f"; {output.count(others, 'statement')} may be one (kb links {one.id})" if others else ""
        yield output.style(f"     no reply recorded{more}", "dim")
