"""HTML tables as Markdown tables."""

from __future__ import annotations

import re

from lxml import etree

from importers.documents.html import inline as running
from importers.documents.html import marks as marks
from importers.documents.html.inline import Page, Piece

_WIDEST = 64  # columns that a colspan may fill
_LONGEST = 2000  # rows that a rowspan may fill


def table(element: etree._Element, page: Page) -> list[str]:
    """A table with its first row as the head; a table of one cell is only its words."""
    below: dict[int, int] = {}
    rows = [_row(row, page, below) for row in element.iter("tr") if _owner(row) is element and not marks.hidden(row)]
    rows = [row for row in rows if any(row)]
    captions = [running.render(running.children(c, page)) for c in element.findall("caption")]
    found = [caption for caption in captions if caption]
    if not rows:
        said = " ".join(running.words(element)) if not found else ""
        return found + ([running.render([Piece("text", said)])] if said else [])
    width = max(len(row) for row in rows)
    if width == 1 and len(rows) == 1:
        return [*found, *(part.replace("\\|", "|") for part in rows[0][0].split("<br>") if part.strip())]
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return [*found, "\n".join(lines)]


def _owner(row: etree._Element) -> etree._Element | None:
    above = row.getparent()
    while above is not None and above.tag != "table":
        above = above.getparent()
    return above


def _row(row: etree._Element, page: Page, below: dict[int, int]) -> list[str]:
    """The cells of a row, each in its column; `below` says of columns into how many more rows a cell above reaches."""
    cells: list[str] = []

    def under() -> None:
        while below.get(len(cells), 0):
            below[len(cells)] -= 1
            cells.append("")

    for cell in row:
        if cell.tag not in {"td", "th"} or marks.hidden(cell):
            continue
        under()
        columns, rows = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _LONGEST)
        for column in range(len(cells), len(cells) + columns):
            below[column] = rows - 1
        cells += [_cell(cell, page), *[""] * (columns - 1)]
    under()
    return cells


def _span(cell: etree._Element, name: str, most: int) -> int:
    value = cell.get(name) or "1"
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 7 else 1


def _cell(cell: etree._Element, page: Page) -> str:
    """The cell on one line; where lines or paragraphs part, a `<br>`."""
    pieces: list[Piece] = [Piece("text", cell.text)] if cell.text else []
    for child in cell:
        apart = child.tag in {"p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "figure"}
        if apart:
            pieces.append(running.BREAK)
        if child.tag in {"ul", "ol"}:
            for item in child.iter("li"):
                pieces += [Piece("text", "• "), *running.children(item, page, 1, frozenset({"cell"})), running.BREAK]
        else:
            pieces += running.inline(child, page, 1, frozenset({"cell"}))
        if apart:
            pieces.append(running.BREAK)
        if child.tail:
            pieces.append(Piece("text", child.tail))
    text = running.render(pieces, cell=True)
    return re.sub(r"\s*\n\s*", "<br>", text)
