"""The default view: an indented tree for a terminal of 80 columns, thesis on top, reasons below."""

from __future__ import annotations

from kb.graph import Graph, Node
from kb.render._outline import Line, Parts, outline, parts
from kb.render._style import RELATIONS
from kb.render._text import (
    byline,
    columns,
    hidden_note,
    kind_name,
    one_line,
    quote_beyond_text,
    shorten,
    wrap,
)

WIDTH = 80
_STEP = 3
_STATUS_MARKS = {"accepted": "", "suggested": "?", "rejected": "!"}
_STATUS_WORDS = {"?": "suggested, not yet accepted", "!": "rejected"}


def render(graph: Graph) -> str:
    """The map as plain text. Every statement is told once, every link shown once, what is hidden counted."""
    drawn = parts(graph)
    lines: list[str] = []
    for line in outline(graph):
        if lines and line.depth <= 1:
            lines.append("")
        lines.extend(_draw(line))
    if not lines:
        lines.append("(no statements)")
    notes = [*_legend(drawn), hidden_note(drawn.hidden_nodes, drawn.hidden_edges)]
    notes = [note for note in notes if note]
    return "\n".join([*lines, "", *notes] if notes else lines) + "\n"


def _mark(line: Line) -> str:
    if line.edge is None:
        return ""
    return RELATIONS[line.edge.relation].mark + _STATUS_MARKS[line.edge.status]


def _draw(line: Line) -> list[str]:
    mark = _mark(line)
    margin = " " * (_STEP * max(line.depth - 1, 0))
    hang = margin + " " * (_STEP if line.depth else 0)
    lead = margin + mark.ljust(_STEP) if line.depth else ""
    width = WIDTH - columns(hang)
    told = _in_full(line.node, width) if line.shown == "here" else _again(line, width)
    return [(lead if number == 0 else hang) + text for number, text in enumerate(told)]


def _in_full(node: Node, width: int) -> list[str]:
    kind = kind_name(node)
    told = wrap(f"{kind.upper()}: {node.text}" if kind else node.text, width)
    quote = quote_beyond_text(node)
    if quote:
        told.extend(f"  {text}" for text in wrap(f"“{quote}”", width - 2, max_lines=3))
    name = f"[{one_line(node.id)}]"
    said = byline(node, max(width - columns(name) - 3, 12))
    told.append(f"  {name} {said}".rstrip())
    return told


def _again(line: Line, width: int) -> list[str]:
    pointer = f" (see {line.shown}) [{one_line(line.node.id)}]"
    return wrap(shorten(line.node.text, max(width - columns(pointer), 20)) + pointer, width)


def _legend(drawn: Parts) -> list[str]:
    """Explains the marks in use, and no others."""
    relations = {edge.relation for edge in drawn.edges}
    statuses = {_STATUS_MARKS[edge.status] for edge in drawn.edges}
    signs = [f"{style.mark} {style.verb}" for name, style in RELATIONS.items() if name in relations]
    doubts = [f"{mark} {words}" for mark, words in _STATUS_WORDS.items() if mark in statuses]
    return ["   ".join(signs), "   ".join(doubts)]
