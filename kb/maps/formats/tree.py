"""The default view: an indented tree for a terminal of 80 columns, thesis on top, reasons below."""

from __future__ import annotations

from collections.abc import Iterator

from kb.maps.drawing.outline import Line, Parts, outline, parts
from kb.maps.drawing.style import RELATIONS
from kb.maps.drawing.text import (
    asides,
    byline,
    columns,
    context_words,
    hidden_note,
    kind_name,
    one_line,
    quote_beyond_text,
    shorten,
    wrap,
)
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node

WIDTH = 80
_STEP = 3
_MAX_LINES = 8  # of one statement; `kb show` has the whole of it
_QUOTE_LINES = 6
_CONTEXT_LINES = 2
_STATUS_MARKS = {"accepted": "", "suggested": "?", "rejected": "!"}
_STATUS_WORDS = {"?": "suggested, not yet accepted", "!": "rejected"}
_ASKED = "▸"
_ACCEPTED = "✓"
_AT_LINK = "the step"
_NAMELESS = "the author"  # whom nothing names, of a text that tells what a named person says


def render(map_: ArgumentMap, *, quotes: bool = False) -> str:
    """The map as plain text. Every statement is told once, every link shown once, what is hidden counted.

    `quotes`: below each statement the words of its source, where these say more.
    """
    drawn = parts(map_)
    lines = list(_Tree(map_, drawn, quotes).lines())
    if not lines:
        lines.append("(no statements)")
    notes = [*_legend(map_, drawn, lines), hidden_note(drawn.hidden_nodes, drawn.hidden_edges)]
    notes = [note for note in notes if note]
    return "\n".join([*lines, "", *notes] if notes else lines) + "\n"


class _Tree:
    def __init__(self, map_: ArgumentMap, drawn: Parts, quotes: bool) -> None:
        self.told = outline(map_)
        self.more = drawn.more
        self.quotes = quotes
        margin = {line.node.id for line in self.told if not line.depth}
        self.asked = set(map_.roots) - margin

    def lines(self) -> Iterator[str]:
        """The lines of the tree, with the sources as headings where they save words."""
        margin = [line.node.source_id for line in self.told if not line.depth]
        headed = len(set(margin)) < len(margin)
        heading = ""
        above: list[Node] = []
        for number, line in enumerate(self.told):
            if not line.depth:
                if number:
                    yield ""
                source = line.node.source_title or line.node.source_id
                if headed and source != heading and line.node.kind != "source":
                    yield from (_rule(source), "") if source else ()
                heading = source if headed else ""
            del above[line.depth :]
            yield from self._draw(line, above, heading)
            above.append(line.node)

    def _draw(self, line: Line, above: list[Node], heading: str) -> Iterator[str]:
        margin = " " * (_STEP * max(line.depth - 1, 0))
        hang = margin + " " * (_STEP if line.depth else 0)
        lead = margin + _mark(line).ljust(_STEP) if line.depth else ""
        width = WIDTH - columns(hang)
        if line.shown == "here":
            told = self._in_full(line, width, above[-1] if above else None, heading)
        else:
            told = _again(line, width)
        for number, text in enumerate(told):
            yield (hang if number else lead) + text

    def _in_full(self, line: Line, width: int, above: Node | None, heading: str) -> list[str]:
        node = line.node
        # That it is a critique is what the mark says already.
        against = line.edge is not None and line.edge.relation in ("attacks", "undercuts")
        kind = "" if node.kind == "critique" and against else kind_name(node).upper()
        before = [_ASKED if node.id in self.asked else "", f"{_AT_LINK}:" if line.at_link else ""]
        lead = " ".join(filter(None, [*before, f"{kind}:" if kind else ""]))
        told = wrap(f"{lead} {node.text}", width, _MAX_LINES)
        if node.context:
            told.extend(f"  {text}" for text in wrap(context_words(node), width - 2, _CONTEXT_LINES))
        quote = quote_beyond_text(node) if self.quotes else ""
        if quote:
            told.extend(f"  {text}" for text in wrap(f"“{quote}”", width - 2, _QUOTE_LINES))
        credit = self._credit(node, width, above, heading)
        if not quote and not node.context and columns(told[-1]) + 2 + columns(credit) <= width and above is not None:
            told[-1] += f"  {credit}"
        else:
            told.append(f"  {credit}")
        return told

    def _credit(self, node: Node, width: int, above: Node | None, heading: str) -> str:
        """Id, who and where; not again what the line above, or the heading, says."""
        name = f"[{one_line(node.id)}{f' {_ACCEPTED}' if node.status == 'accepted' else ''}]"
        rest = asides(node, self.more.get(node.id, 0))
        room = width - 2 - columns(" · ".join([name, *rest])) - 1
        if above is None:
            said = byline(node, max(room, 12), title=node.source_title != heading)
        elif (node.speaker, node.source_id) == (above.speaker, above.source_id):
            said = ""
        else:
            said = byline(node, max(room, 12), title=node.source_id != above.source_id) or _NAMELESS
        return " · ".join([f"{name} {said}".rstrip(), *rest])


def _mark(line: Line) -> str:
    return RELATIONS[line.edge.relation].mark + _STATUS_MARKS[line.edge.status] if line.edge else ""


def _rule(title: str) -> str:
    shown = shorten(title, WIDTH - 10)
    return f"── {shown} ".ljust(WIDTH - columns(shown) + len(shown), "─")


def _again(line: Line, width: int) -> list[str]:
    pointer = f" (see {line.shown}) [{one_line(line.node.id)}]"
    text = f"{_AT_LINK}: {line.node.text}" if line.at_link else line.node.text
    return wrap(shorten(text, max(width - columns(pointer), 20)) + pointer, width)


def _legend(map_: ArgumentMap, drawn: Parts, lines: list[str]) -> list[str]:
    """Explains the marks in use, and no others."""
    relations = {edge.relation for edge in drawn.edges}
    statuses = {_STATUS_MARKS[edge.status] for edge in drawn.edges}
    signs = [f"{style.mark} {style.verb}" for name, style in RELATIONS.items() if name in relations]
    doubts = [f"{mark} {words}" for mark, words in _STATUS_WORDS.items() if mark in statuses]
    if any(node.status == "accepted" for node in drawn.nodes):
        doubts.append(f"{_ACCEPTED} accepted statement")
    if any(line.lstrip(" +−>=~?!").startswith(f"{_ASKED} ") for line in lines) and map_.roots:
        doubts.append(f"{_ASKED} the map starts here")
    return ["   ".join(signs), "   ".join(doubts)]


FORMAT = Format(
    name="tree",
    what="text for a terminal of 80 columns, the default",
    endings=(".txt",),
    media_type="text/plain",
    render=render,
    quotes="with `--quotes`, if not the statement itself",
)
