"""The words in the boxes of a picture: what is said, who says it and where, what it is on; broken into whole lines.

Nothing is cut that is of a usual length: what is long makes its box higher.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.maps.drawing.lettering import broken, known, width
from kb.maps.drawing.outline import Line, Parts
from kb.maps.drawing.pieces import footline
from kb.maps.drawing.style import RELATIONS
from kb.maps.drawing.text import context_words, kind_name, letters, one_line, shorten, shown
from kb.maps.drawing.trees import Tree
from kb.model.argument_map import Node

SIZE, LINE = 13.0, 15.5
SMALL, SMALL_LINE = 12.6, 14.5
PADDING = 13.0  # left and right of the words
_ABOVE = 6.0  # above and below them
_LONGEST, _LONGEST_CONTEXT = 700, 300  # columns of a statement, and of what it is on
_REFERENCE_LINES = 3
_GRAIN = 6.0  # in which steps the room for words grows, so that the boxes of many layouts are of few widths
_LONGEST_BORNE = 90  # columns of what a statement at the margin bears on
_REFERS, _BEARS = "→ ", "↑ "


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a label: where it stands from the top of the box, and in which letters."""

    text: str
    y: float
    small: bool = False
    slanted: bool = False


class Labels:
    """The labels of all boxes of a map.

    `framed`: ids of the nodes that stand in a frame that names their source. `cut`: of those that were cut off from
    what they bear on, and name it.
    """

    def __init__(self, drawn: Parts, lines: Sequence[Line], framed: Collection[str], cut: Collection[str] = ()) -> None:
        above = _above(lines)
        self._heads = {n.id: _head(n, drawn.more.get(n.id, 0), title=n.id not in framed) for n in drawn.nodes}
        self._texts = {n.id: shorten(shown(n.text), _LONGEST) or "(no text)" for n in drawn.nodes}
        self._contexts = {node.id: _context(node, above.get(node.id)) for node in drawn.nodes}
        self._bears = {name: words for name, words in _bears(lines).items() if name in cut}
        self._made: dict[tuple[str, bool, float], tuple[tuple[Words, ...], float]] = {}

    def height(self, tree: Tree, wide: float) -> float:
        """How high the box of a tree is at that width."""
        return self._label(tree.line, wide)[1]

    def words(self, line: Line, wide: float) -> tuple[Words, ...]:
        """What stands in that box."""
        return self._label(line, wide)[0]

    def _label(self, line: Line, wide: float) -> tuple[tuple[Words, ...], float]:
        room = (wide - 2 * PADDING) // _GRAIN * _GRAIN
        key = (line.node.id, line.shown == "here", room)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._laid(line, room)
        return made

    def _laid(self, line: Line, room: float) -> tuple[tuple[Words, ...], float]:
        name = line.node.id
        if line.shown != "here":
            told = broken(_REFERS + self._texts[name], room, SMALL, _REFERENCE_LINES)
            words = tuple(Words(one, 4 + SMALL_LINE * place - 3.5, True, True) for place, one in enumerate(told, 1))
            return words, 8 + SMALL_LINE * len(told)
        found: list[Words] = []
        y = _ABOVE
        for text in broken(self._heads[name], room, SMALL) if self._heads[name] else ():
            y += SMALL_LINE
            found.append(Words(text, y - 3.5, True))
        bears = self._bears.get(name, "")
        for text in broken(bears, room, SMALL, _REFERENCE_LINES) if bears else ():
            y += SMALL_LINE
            found.append(Words(text, y - 3.5, True, True))
        for text in broken(self._texts[name], room, SIZE):
            y += LINE
            found.append(Words(text, y - 4))
        for text in broken(self._contexts[name], room, SMALL) if self._contexts[name] else ():
            y += SMALL_LINE
            found.append(Words(text, y - 3, True, True))
        return tuple(found), y + _ABOVE


def length(words: Words) -> str:
    """The attributes that keep a line to its width, whatever the font; '' where that width is a guess."""
    if not known(words.text):
        return ""
    wide = width(words.text, SMALL if words.small else SIZE)
    return f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"' if wide else ""


def _above(lines: Sequence[Line]) -> dict[str, Node]:
    """By the id of a node the one that it hangs under."""
    path: list[Line] = []
    found = {}
    for line in lines:
        del path[line.depth :]
        if path and line.shown == "here":
            found[line.node.id] = path[-1].node
        path.append(line)
    return found


def _bears(lines: Sequence[Line]) -> dict[str, str]:
    """By the id of a node what it bears on, where that stands elsewhere and leads to it: the first of these."""
    path: list[Line] = []
    found: dict[str, str] = {}
    for line in lines:
        del path[line.depth :]
        if path and line.edge is not None and line.shown != "here" and line.edge.from_id == line.node.id:
            what = shorten(shown(path[-1].node.text), _LONGEST_BORNE)
            verb = RELATIONS[line.edge.relation].verb + (" the step from" if line.at_link else "")
            found.setdefault(line.node.id, f"{_BEARS}{verb} “{what}”")
        path.append(line)
    return found


def _head(node: Node, more: int, *, title: bool) -> str:
    """The small lines above the text: kind, speaker, with `title` the source, and what else there is to say."""
    where = one_line(node.source_title or node.source_id) if title else ""
    said = [kind_name(node), one_line(node.who), "" if where == one_line(node.text) else where, footline(node, more)]
    return " · ".join(filter(None, said))


def _context(node: Node, above: Node | None) -> str:
    """What the statement is on, unless that stands right above it."""
    on, there = letters(node.context), letters(above.text) if above else ""
    if not on or (there and (on in there or there in on)):
        return ""
    return shorten(context_words(node), _LONGEST_CONTEXT)
