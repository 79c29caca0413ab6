"""What one held, and what happened since, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from commands import output
from commands.views.item import doubt, item_lines, quote_lines

if TYPE_CHECKING:
    from kb.graph.questions.items import Item
    from kb.review.revisit import Agenda, Due
    from kb.review.since import News

_SIGNS = {"critique": "−", "reason": "+", "evidence": "+", "answer": "↩", "credence": "="}
_FEW = 5  # of what happened; --json has all


def lines(one: Due, said: Mapping[str, Item], today: date, head: str = "") -> Iterator[str]:
    """A statement with what one held of it, and what happened since: who says what, where."""
    yield from item_lines(one.item, head)
    yield from output.wrapped(output.style(one.summary(today), "bold"), " " * 6)
    for news in one.news[:_FEW]:
        yield from _news(news, said, today)
    if len(one.news) > _FEW:
        yield output.style(f"        … and {len(one.news) - _FEW} more (kb critiques {one.item.id})", "dim")


def _news(news: News, said: Mapping[str, Item], today: date) -> Iterator[str]:
    from kb.text import when

    told = when.told(news.at, today)
    if news.edge is None:
        yield f"        {_SIGNS[news.what]} {news.who} holds it at {news.held} ({told})"
        return
    yield from quote_lines(said.get(news.by or ""), f"        {_SIGNS[news.what]}{doubt(news.edge)} ", news.edge.id)


def waiting(found: Agenda, today: date) -> str:
    """How many statements one holds, and when the next is due."""
    from kb.text import when

    held = output.count(len(found.due), "statement is", "statements are") + f" due, of {found.held:,} that you hold"
    if not found.held:
        return "you hold nothing yet: write a claim (kb claim), or say how likely one is (kb believe REF 0.7)"
    return held if found.due or not found.next else f"nothing is due; the next {when.told(found.next, today)}"
