"""A statement or source as the questions and calculations show it (`kb.graph.questions.items`), and marks of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import output
from commands.views.context import context_lines
from commands.views.statement import MARKS
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.graph.questions.items import Item
    from kb.model.link import Edge

QUOTE = 240  # characters of a quote that are shown; --json has all


def quote_lines(item: Item | None, first: str, name: str = "") -> list[str]:
    """A statement by its quote, who says it and where; a title for a source, an id for a link."""
    from kb.graph.questions.clauses import shorten

    if item is None:
        return [f"{first}link {name}"]
    indent = " " * (len(first) + (0 if first.strip() else 2))
    kind = "" if item.kind in {"claim", "source"} else item.kind.replace("_", " ") + " "
    kind = "turn " if item.kind == "passage" else kind
    quote = item.title if item.is_source else f"«{shorten(item.quote, QUOTE)}»"
    lines = output.wrapped(f"{kind}{quote}", indent, first)
    lines += context_lines(item.context, indent)
    place = f"[{item.id}] " + ", ".join(part for part in (item.who, "" if item.is_source else item.title) if part)
    return [*lines, *(output.style(line, "dim") for line in output.wrapped(place, indent + "  ", indent))]


def item_lines(item: Item, head: str) -> list[str]:
    """A statement by its words after `head`, where it stands, and its quote where that says it in other words."""
    mark = MARKS.get(item.status, "?")
    kind = item.kind.replace("_", " ")
    lines = output.wrapped(item.text, " " * 6, f"{head}{item.id}  {mark} {kind}: ")
    lines += context_lines(item.context, " " * 6)
    place = item.title if item.who in ("", item.title) else f"{item.who}, {item.title}"
    if place != item.text:
        lines.append(output.style(f"      — {clip(place, 70)}", "dim"))
    if not item.is_source and _letters(item.quote) != _letters(item.text):
        lines += output.wrapped(f"“{item.quote}”", " " * 6)
    return lines


def doubt(edge: Edge) -> str:
    """A question mark for a link that is only suggested."""
    return "" if edge.status == "accepted" else "?"


def link_name(edge: Edge) -> str:
    """A link's id, and whether it is only suggested."""
    return edge.id if edge.status == "accepted" else f"{edge.id}, suggested"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
