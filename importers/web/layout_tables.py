"""Tables that only lay out a page, as pages had them before style sheets: their cells are columns, not values."""

from __future__ import annotations

from lxml import etree

from importers.web.page_words import Words

_PARTS = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th"])
_CELL = 60  # words of paragraphs in a cell that is no value
_SHARE = 0.5  # share of the page's paragraphs that a layout holds


def unfold(page: etree._Element, words: Words) -> None:
    """Make blocks of the cells of layout tables; a table with heads or a caption of its own is none."""
    for table in list(page.iter("table")):
        if _is_layout(table, words):
            for part in _own(table):
                part.tag = "div"


def _own(table: etree._Element) -> list[etree._Element]:
    """The parts of a table without those of the tables in it."""
    found, waiting = [table], list(table)
    while waiting:
        one = waiting.pop()
        if one.tag in _PARTS and one.tag != "table":
            found.append(one)
            waiting += one
    return found


def _is_layout(table: etree._Element, words: Words) -> bool:
    if table not in words.places or words.share(words.prose, table) == 0:
        return False
    if table.get("role") in {"presentation", "none"}:
        return True
    parts = _own(table)
    if any(one.tag in {"th", "thead"} for one in parts) or table.find("caption") is not None:
        return False
    cells = [one for one in parts if one.tag == "td"]
    long = any(words.number(words.prose, cell) >= _CELL for cell in cells if cell in words.places)
    return long and words.number(words.prose, table) >= _SHARE * words.prose[-1]
