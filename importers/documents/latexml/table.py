"""What is laid out in rows: numbered equations, tables, listings and algorithms."""

from __future__ import annotations

import re

from importers.documents.latexml.inline import Element, Page, classes, inline, is_dropped, tex

_WIDEST = 60  # columns that one cell may claim


def equations(element: Element) -> list[str]:
    """Each row of an equation or of a group of them as a formula of its own, with its number as a tag."""
    rows = [
        one for one in element.iter() if _is_row(one) and not any(_is_row(inner) for inner in one.iterdescendants())
    ]
    found = [_equation(row) for row in rows or [element]]
    return [f"$$\n{source}\n$$" for source in found if source]


def _is_row(element: Element) -> bool:
    return element.tag == "tr" or "ltx_eqn_row" in classes(element)


def _equation(row: Element) -> str:
    pieces: list[str] = []
    tag = ""

    def walk(element: Element) -> None:
        nonlocal tag
        if is_dropped(element):
            return
        if element.tag == "math":
            pieces.append(tex(element))
        elif "ltx_tag" in classes(element):
            tag = " ".join("".join(element.itertext()).split()).strip("()")
        else:
            words(element.text)
            for child in element:
                walk(child)
                words(child.tail)

    def words(text: str | None) -> None:
        if text and text.strip():
            pieces.append("\\text{" + " ".join(text.split()).replace("$", r"\$") + "}")

    walk(row)
    source = " ".join(piece for piece in pieces if piece)
    return f"{source} \\tag{{{tag}}}" if source and tag else source


def table(element: Element, page: Page) -> str:
    """A pipe table; cells that span columns are followed by empty ones. The first row is the head."""
    rows = [_cells(row, page) for row in _rows(element)]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    if width == 1:
        return "\n\n".join(row[0] for row in rows)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "| " + " | ".join(["---"] * width) + " |", *lines[1:]])


def _rows(element: Element) -> list[Element]:
    """The rows of this table, not those of tables in its cells."""
    found: list[Element] = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == "tr" or "ltx_tr" in classes(child):
            found.append(child)
        elif child.tag not in {"td", "th"}:
            found += _rows(child)
    return found


def _cells(row: Element, page: Page) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if is_dropped(cell, page):
            continue
        words = " ".join(inline(cell, page).split())
        cells.append(re.sub(r"(?<!\\)\|", r"\\|", words))
        span = cell.get("colspan") or "1"
        cells += [""] * (min(int(span), _WIDEST) - 1 if span.isdecimal() else 0)
    return cells


def listing(element: Element, page: Page) -> list[str]:
    """Code or an algorithm, line by line, in a fence; formulas stay TeX."""
    lines = [one for one in element.iter() if "ltx_listingline" in classes(one)]
    text = "\n".join(_line(line, page).rstrip() for line in lines) if lines else _line(element, page)
    text = text.strip("\n")
    if not text.strip():
        return []
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return [f"{fence}\n{text}\n{fence}"]


def _line(element: Element, page: Page) -> str:
    """The text of a line as it stands: blanks count."""
    pieces = [element.text or ""]
    for child in element:
        if not is_dropped(child, page):
            if child.tag == "math":
                pieces.append(f"${tex(child)}$")
            elif "ltx_tag_listingline" in classes(child):
                pieces.append(_line(child, page).strip() + " ")
            else:
                pieces.append(_line(child, page))
        pieces.append(child.tail or "")
    text = "".join(pieces)
    return text if element.tag == "pre" else text.replace("\n", "") if "ltx_listingline" in classes(element) else text
