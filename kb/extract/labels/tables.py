"""Tables whose columns or rows are labelled: Pro | Con, Objection | Reply, Option | Pros | Cons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kb.extract.labels import reading
from kb.extract.labels.model import Point
from kb.extract.labels.pieces import trimmed
from kb.extract.labels.reading import Label
from kb.extract.labels.vocabulary import Role, partnered
from kb.extract.model import Block, Span, View

_ROW = re.compile(r"^[ \t>]*\|?(?P<cells>.*?)\|?[ \t]*$", re.M)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_EDGE = re.compile(r"[\s•*_-]*(?P<words>.*?)[\s]*$", re.S)


def labels(view: View, block: Block) -> Iterator[Label]:
    """All labels that cells of the table consist of."""
    for row in _rows(view, block):
        yield from (label for cell in row if (label := _label(view, cell)))


def points(view: View, block: Block, words: Mapping[str, Role], new: Callable[[], int]) -> Iterator[Point]:
    """What stands in the columns that have a label as their head, else in the second of rows that begin with one.

    `words` are all labels of the text; `new` numbers groups and rows.
    """
    rows = _rows(view, block)
    if len(rows) < 2:
        return

    def label(cell: Span) -> Label | None:
        found = _label(view, cell)
        return found if found and partnered(found.word, found.role, words) else None

    heads = [label(cell) for cell in rows[0]]
    groups = [new() for _ in heads]
    for row in rows[1:]:
        number, columns = new(), heads
        subject = row[0] if row and any(heads) and heads[0] is None and _names(view, row[0]) else None
        if not any(heads):
            columns = [None, label(row[0])] if row else []
        for column, (cell, head) in enumerate(zip(row, columns, strict=False)):
            if head is None:
                continue
            group = groups[column] if any(heads) else number
            for span in _said(view.text, cell):
                yield Point(
                    head.role, head.word, block.number, span, span, block.heading, head.number,
                    group=group, row=number, subject=subject,
                )  # fmt: skip


def _label(view: View, cell: Span) -> Label | None:
    return reading.whole(view.text[slice(*cell)].strip("*_: "))


def _names(view: View, cell: Span) -> bool:
    return any(c.isalpha() for c in view.text[slice(*cell)])


def _rows(view: View, block: Block) -> list[list[Span]]:
    """The cells of a table by row, its head first, the row of dashes left out."""
    lines = _lines(view.text, block.start, block.end)
    return [list(_cells(view.text, *line)) for line in lines if not _RULE.match(view.text, *line)]


def _said(text: str, cell: Span) -> list[Span]:
    """What a cell says, line by line."""
    start, found = cell[0], []
    for end, after in [*((m.start(), m.end()) for m in _BREAK.finditer(text, *cell)), (cell[1], cell[1])]:
        part = _EDGE.match(text, start, end)
        if part and any(c.isalnum() for c in part["words"]):
            found.append(part.span("words"))
        start = after
    return found


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    row = _ROW.match(text, start, end)
    if row is None:
        return
    at, stop = row.span("cells")
    for until in [*(bar.start() for bar in _BAR.finditer(text, at, stop)), stop]:
        yield trimmed(text, at, until)
        at = until + 1
