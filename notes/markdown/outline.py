"""A plain reader of Markdown, line by line, for texts that nest deeper than the parser can follow.

It knows headings, list items, quotes, code fences and paragraphs, needs no recursion and loses no line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.model.document import Block, BlockKind
from notes.markdown.lines import MARKER, RULE, Line, column

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"`{3,}[^`]*$|~{3,}")
_CHECKBOX = re.compile(r"\[[^\d\]]\][ \t]+")
_MARKS = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class _Item:
    column: int
    index: int | None


class _Outline:
    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.titles: list[tuple[int, str]] = []
        self.items: list[_Item] = []
        self.growing: BlockKind | None = None  # the kind of the last block while lines may still join it

    def add(self, kind: BlockKind, start: int, end: int, level: int = 0, label: str | None = None) -> int | None:
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if start >= end:
            return None
        parent = next((item.index for item in reversed(self.items) if item.index is not None), None)
        path = tuple(title for _, title in self.titles)
        self.blocks.append(Block(kind, start, end, level, path, parent=parent, label=label))
        self.growing = kind
        return len(self.blocks) - 1

    def grow(self, end: int) -> None:
        self.blocks[-1] = replace(self.blocks[-1], end=end)

    def leave(self, indent: int) -> None:
        while self.items and indent <= self.items[-1].column:
            self.items.pop()

    def line(self, line: Line) -> None:
        shown = line.shown.rstrip()
        marks = _MARKS.match(shown)
        begin = marks.end() if marks else 0
        words = shown[begin:]
        quoted = ">" in shown[:begin]
        start, end = line.position(begin), line.end - (len(line.shown) - len(shown))
        heading, marker = _HEADING.match(words), MARKER.match(words)
        if not words:
            self.growing = None
        elif RULE.match(words):
            self.growing = None
            self.leave(column(shown))
        elif heading and not quoted:
            self._heading(heading, start)
        elif marker and not quoted:
            self._item(marker, column(shown), start, end)
        elif self.growing in {"paragraph", "item", "quote"} and quoted == (self.growing == "quote"):
            self.grow(end)
        else:
            self.leave(column(shown))
            self.add("quote" if quoted else "paragraph", start, end)

    def _heading(self, heading: re.Match[str], start: int) -> None:
        level, title = len(heading.group(1)), heading.group(2)
        self.items.clear()
        while self.titles and self.titles[-1][0] >= level:
            self.titles.pop()
        self.add("heading", start + heading.start(2), start + heading.end(2), level)
        self.growing = None
        if title.strip():
            self.titles.append((level, title))

    def _item(self, marker: re.Match[str], indent: int, start: int, end: int) -> None:
        self.leave(indent)
        begin = start + marker.end()
        checkbox = _CHECKBOX.match(self.text, begin, end)
        sign = marker.group(1)
        label = sign[:-1] if sign[-1] in ".)" else None
        index = self.add("item", checkbox.end() if checkbox else begin, end, len(self.items), label)
        self.items.append(_Item(indent, index))
        self.growing = self.growing if index is not None else None


def read_outline(text: str, lines: Sequence[Line]) -> list[Block]:
    """The blocks of these lines, in text order; never raises, whatever the text."""
    outline = _Outline(text)
    fence, inside = "", 0
    for line in lines:
        words = line.shown.strip(" \t>")
        if fence:
            if words.startswith(fence) and not words.strip(fence[0]):
                if inside < line.start:
                    outline.add("code", inside, line.start)
                fence, outline.growing = "", None
            continue
        opening = _FENCE.match(words)
        if opening:
            fence = words[0] * (len(words) - len(words.lstrip(words[0])))
            inside = min(line.end + 1, len(text))
            outline.growing = None
            continue
        outline.line(line)
    if fence and lines:
        outline.add("code", inside, lines[-1].end)
    return outline.blocks
