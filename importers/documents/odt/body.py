"""The blocks of an odt: headings, paragraphs, lists, quotations, code, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.made import Element, coded_after, element, note, quoted_after
from importers.documents.odt.runs import Reading, runs
from importers.documents.office import styles
from importers.documents.zipped import attribute, child, local, nearest

_DEEPEST = 40
_WIDEST = 64  # columns
_LONGEST = 2000  # rows that are the same
_INDEXES = {
    "table-of-content": "table of contents", "illustration-index": "list of illustrations",
    "table-index": "list of tables", "alphabetical-index": "index", "user-index": "index",
    "object-index": "list of objects",
}  # fmt: skip
_THROUGH = frozenset(
    {
        "section",
        "bibliography",
        "index-body",
        "numbered-paragraph",
        "p-group",
        "shape",
        "text-box",
        "list-item",
        "list-header",
    }
)


@dataclass(slots=True)
class Blocks:
    """Blocks as they come, and the title that a paragraph gives."""

    made: list[Element] = field(default_factory=list)
    title: str = ""


def read_blocks(source: Iterable[etree._Element], reading: Reading, depth: int = 0) -> Blocks:
    """The blocks that some elements of the body make."""
    blocks = Blocks()
    _read(source, reading, depth, blocks)
    return blocks


def _read(source: Iterable[etree._Element], reading: Reading, depth: int, blocks: Blocks) -> None:
    if depth > _DEEPEST:
        return
    for one in source:
        name = local(one)
        if name in {"p", "h"}:
            _paragraph(one, reading, blocks, depth)
        elif name == "list" and any(local(part) == "h" for part in one.iter()):
            _read(one, reading, depth + 1, blocks)  # numbers of headings
        elif name == "list":
            made = _list(one, reading, depth, "", 1)
            if len(made):
                blocks.made.append(made)
        elif name == "table":
            blocks.made.append(_table(one, reading, depth))
        elif name in _INDEXES:
            reading.left[_INDEXES[name]] += 1
        elif name in _THROUGH:
            _read(one, reading, depth + 1, blocks)
        elif name == "tracked-changes":
            _changes(one, reading)
        elif name in {"frame", "custom-shape", "rect", "g"}:
            box = child(one, "text-box")
            if box is not None or name != "frame":
                _read(box if box is not None else one, reading, depth + 1, blocks)
            else:
                reading.left["picture"] += 1


def _paragraph(one: etree._Element, reading: Reading, blocks: Blocks, depth: int) -> None:
    style = attribute(one, "style-name")
    made = runs(one, reading)
    boxes, reading.boxes = reading.boxes, []
    if "".join(made.itertext()).strip():
        _put(one, made, style, reading, blocks)
    for box in boxes:
        _read(box, reading, depth + 1, blocks)


def _put(one: etree._Element, made: Element, style: str, reading: Reading, blocks: Blocks) -> None:
    given, level = attribute(one, "outline-level"), reading.package.level(style)
    if level == -1 and not blocks.title and not any(block.tag[0] == "h" for block in blocks.made):
        blocks.title = " ".join("".join(made.itertext()).split())
        return
    if local(one) == "h":
        level = int(given) if given.isdecimal() else max(level, 1)
    last = blocks.made[-1] if blocks.made else None
    names = reading.package.line(style)
    if level > 0:
        made.tag = f"h{min(level, 6)}"
        blocks.made.append(made)
        return
    quotes, codes = any(map(styles.is_quote, names)), any(map(styles.is_code, names))
    joins = quoted_after if quotes else coded_after if codes else None
    if (new := joins(last, made) if joins else made) is not None:
        blocks.made.append(new)


def _list(one: etree._Element, reading: Reading, depth: int, style: str, level: int) -> Element:
    style = attribute(one, "style-name") or style
    made = element("ol" if (style, level) in reading.package.ordered else "ul")
    goes_on = attribute(one, "continue-numbering") == "true" or attribute(one, "continue-list")
    if made.tag == "ol" and goes_on and level == 1:
        made.set("start", str(reading.numbers.get(style, 0) + 1))
    if depth > _DEEPEST:
        return made
    for item in one:
        if local(item) not in {"list-item", "list-header"}:
            continue
        inside = Blocks()
        for part in item:
            if local(part) == "list":
                inside.made.append(_list(part, reading, depth + 1, style, level + 1))
            else:
                _read([part], reading, depth + 1, inside)
        kept = [block for block in inside.made if len(block) or (block.text or "").strip()]
        if kept:
            if kept[0].tag == "p":
                kept[0].tag = "span"
            made.append(element("li", *kept))
    if level == 1:
        reading.numbers[style] = int(made.get("start", "1")) - 1 + len(made)
    return made


def _table(one: etree._Element, reading: Reading, depth: int) -> Element:
    table = element("table")
    for row in one.iter():
        if local(row) != "table-row" or nearest(row, "table") is not one:
            continue
        cells = element("tr")
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            inside = read_blocks(cell, reading, depth + 1).made if local(cell) == "table-cell" else []
            for block in inside:
                block.tag = "p" if block.tag[0] == "h" and block.tag[1:].isdigit() else block.tag
            cells.append(element("td", *inside))
            for _ in range(_number(cell, "number-columns-repeated", _WIDEST) - 1):
                cells.append(element("td", "".join(cells[-1].itertext())))
        while len(cells) and not "".join(cells[-1].itertext()).strip():
            cells.remove(cells[-1])  # a row of a sheet goes on to its edge
        times = _number(row, "number-rows-repeated", _LONGEST) if len(cells) else 1
        table.append(cells)
        for _ in range(times - 1):
            table.append(element("tr", *(element("td", "".join(cell.itertext())) for cell in cells)))
    return table


def _number(one: etree._Element, name: str, most: int) -> int:
    value = attribute(one, name)
    return min(int(value), most) if value.isdecimal() and len(value) < 8 else 1


def _changes(one: etree._Element, reading: Reading) -> None:
    """Tracked changes: the text is as it reads with all of them; what was deleted stands here."""
    kinds = {"insertion": "insertion", "deletion": "deletion", "format-change": "change of form"}
    for region in one:
        for change in region:
            if (kind := kinds.get(local(change))) is None:
                continue
            info = child(change, "change-info")
            who, when = child(info, "creator"), child(info, "date")
            author = (who.text or "").strip() if who is not None else ""
            reading.changes.met(author, kind)
            if kind == "deletion":
                words = "\n".join("".join(part.itertext()) for part in change if local(part) in {"p", "h", "list"})
                day = (when.text or "")[:10] if when is not None else ""
                reading.changes.struck.append((author, words, day or None))


def notes_of(reading: Reading) -> list[Element]:
    """The footnotes and endnotes that the text has signs for, in the order of these."""
    made = []
    at = 0
    while at < len(reading.notes):  # a note may have signs itself
        inside = child(reading.notes[at], "note-body")
        at += 1
        blocks = read_blocks(inside if inside is not None else (), reading).made
        if not blocks:
            reading.left["empty note"] += 1
        made.append(note(f"note-{at}", str(at), blocks or [element("p", "–")]))
    return made
