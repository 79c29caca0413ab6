"""Statements and critiques as the questions show them: with quote, id, speaker and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from commands import output

if TYPE_CHECKING:
    from kb.graph.argument_graph import Tie
    from kb.graph.questions.critiques import Critique
    from kb.graph.questions.items import Item

QUOTE = 240  # characters of a quote that are shown; --json has all


def ties(found: Iterable[Critique]) -> list[Tie]:
    return [tie for one in found for tie in (one.tie, *one.replies, *([one.step] if one.step else []))]


def ends(found: Iterable[Critique]) -> Iterator[str]:
    for one in found:
        yield one.target
        yield one.id
        yield from (reply.start for reply in one.replies)
        if one.step:
            yield one.step.start


def critique(one: Critique, known: Mapping[str, Item], links: Mapping[str, Any]) -> dict[str, Any]:
    """A critique as JSON."""
    return {
        "target": known[one.target].as_dict() if one.target in known else None,
        "critique": known[one.id].as_dict() if one.id in known else None,
        "link": links[one.tie.id],
        "step": links[one.step.id] if one.step else None,
        "answered": one.answered,
        "replies": [
            {"statement": known[r.start].as_dict(), "link": links[r.id]} for r in one.replies if r.start in known
        ],
    }


def critique_lines(one: Critique, known: Mapping[str, Item]) -> Iterator[str]:
    """A critique with the replies under it."""
    if one.step is not None and one.step.start in known:
        yield from said(known[one.step.start], f"  +{mark(one.step)} ")
        yield from said(known.get(one.id), f"    −{mark(one.tie)} the step: ")
    else:
        yield from said(known.get(one.id), f"  −{mark(one.tie)} ")
    for reply in one.replies:
        yield from said(known.get(reply.start), f"    −{mark(reply)} answered: ")
    if not one.replies:
        yield output.style("     unanswered", "dim")


def mark(tie: Tie) -> str:
    return "" if tie.status == "accepted" else "?"


def said(item: Item | None, first: str, name: str = "") -> list[str]:
    """A statement with its quote, who says it and where; a title for a source, an id for a link."""
    from kb.graph.questions.clauses import shorten

    if item is None:
        return [f"{first}link {name}"]
    indent = " " * (len(first) + (0 if first.strip() else 2))
    kind = "" if item.kind in {"claim", "source"} else item.kind.replace("_", " ") + " "
    quote = item.title if item.is_source else f"«{shorten(item.quote, QUOTE)}»"
    lines = output.wrapped(f"{kind}{quote}", indent, first)
    place = f"[{item.id}] " + ", ".join(part for part in (item.speaker, "" if item.is_source else item.title) if part)
    return [*lines, *(output.style(line, "dim") for line in output.wrapped(place, indent + "  ", indent))]
