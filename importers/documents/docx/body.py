"""The blocks of a docx: headings, paragraphs, lists, quotations, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.docx.package import outline_level
from importers.documents.docx.runs import Reading, close, formulas, runs
from importers.documents.made import Element, coded_after, element, note, put, quoted_after
from importers.documents.office import styles
from importers.documents.zipped import attribute, child, local, nearest

_DEEPEST = 40
_CONTENTS = re.compile(r"(?:toc|table of (?:contents|figures)|contents|inhalt\w*|verzeichnis)\b ?\d?.*", re.I)
_WIDEST = 64


@dataclass(slots=True)
class Blocks:
    """Blocks as they come, with the lists that are open: the item of each level that more goes into."""

    made: list[Element] = field(default_factory=list)
    title: str = ""
    _lists: list[tuple[Element, str]] = field(default_factory=list)  # by level: the list and whose it is
    _run_on: Element | None = None  # a paragraph whose end was deleted

    def add(self, one: Element) -> None:
        self._lists = []
        self.made.append(one)

    def item(self, one: Element, level: int, ordered: bool, name: str) -> None:
        """Puts an item of a list on its level, from 0."""
        del self._lists[level + 1 :]
        if level == 0 and self._lists and self._lists[0][1] != name:
            self._lists = []
        while len(self._lists) <= level:
            made = element("ol" if ordered else "ul")
            if self._lists:
                above = self._lists[-1][0]
                if not len(above):
                    above.append(element("li"))
                above[-1].append(made)
            else:
                self.made.append(made)
            self._lists.append((made, name))
        one.tag = "span"
        self._lists[-1][0].append(element("li", one))


def read_blocks(
    source: Iterable[etree._Element], reading: Reading, depth: int = 0, into: Blocks | None = None
) -> Blocks:
    """The blocks that some elements of the body make."""
    blocks = into or Blocks()
    for one in source:
        name = local(one)
        if name == "p":
            _paragraph(one, reading, blocks, depth)
        elif name == "tbl" and depth < _DEEPEST:
            blocks.add(_table(one, reading, depth + 1))
        elif name == "sdt":
            gallery = child(one, "sdtPr", "docPartObj", "docPartGallery")
            inner = child(one, "sdtContent")
            if gallery is not None and "contents" in attribute(gallery, "val").lower():
                reading.left["table of contents"] += 1
            elif inner is not None and depth < _DEEPEST:
                read_blocks(inner, reading, depth + 1, blocks)
        elif name in {"ins", "moveTo", "customXml", "smartTag", "body"} and depth < _DEEPEST:
            read_blocks(one, reading, depth + 1, blocks)
        elif name == "AlternateContent" and depth < _DEEPEST:
            choice = child(one, "Choice")
            read_blocks(choice if choice is not None else (), reading, depth + 1, blocks)
        elif name in {"oMath", "oMathPara"}:
            made = element("p")
            formulas(one, made, reading)
            blocks.add(made)
        elif name == "commentRangeStart":
            reading.open.setdefault(attribute(one, "id"), [])
        elif name == "commentRangeEnd":
            close(attribute(one, "id"), reading)
        elif name == "altChunk":
            reading.left["embedded document"] += 1
    return blocks


def _paragraph(one: etree._Element, reading: Reading, blocks: Blocks, depth: int) -> None:
    form = child(one, "pPr")
    named = child(form, "pStyle")
    style = attribute(named, "val") if named is not None else ""
    name = reading.package.named(style)
    if _CONTENTS.fullmatch(name):
        if not name.endswith("heading"):
            reading.left["line of a table of contents"] += 1
        return
    _changed(form, reading)
    made = runs(one, reading)
    boxes, reading.boxes = reading.boxes, []
    if blocks._run_on is not None:
        before, blocks._run_on = blocks._run_on, None
        put(before, made)
        made.tag = "span"
        made = before
    elif "".join(made.itertext()).strip() or any(True for _ in made.iter("script")):
        _put(made, form, style, name, reading, blocks)
    if _ends_deleted(form):
        blocks._run_on = made
    for box in boxes if depth < _DEEPEST else ():
        read_blocks(box, reading, depth + 1, blocks)


def _put(made: Element, form: etree._Element | None, style: str, name: str, reading: Reading, blocks: Blocks) -> None:
    level = outline_level(child(form, "outlineLvl")) or reading.package.level(style)
    words = " ".join("".join(made.itertext()).split())
    if level == -1 and not blocks.title and not any(block.tag[0] == "h" for block in blocks.made):
        blocks.title = words
        return
    if level:
        made.tag = f"h{min(max(level, 1), 6)}"
        blocks.add(made)
        return
    numbered = child(form, "numPr", "numId")
    listed = attribute(numbered, "val") if numbered is not None else reading.package.list_of(style)
    if listed and listed != "0":
        at = child(form, "numPr", "ilvl")
        depth = int(attribute(at, "val")) if at is not None and attribute(at, "val").isdecimal() else 0
        ordered = reading.package.ordered.get((listed, depth), False)
        blocks.item(made, min(depth, 8), ordered, listed)
    else:
        last = blocks.made[-1] if blocks.made else None
        joins = quoted_after if styles.is_quote(name) else coded_after if styles.is_code(name) else None
        if (new := joins(last, made) if joins else made) is not None:
            blocks.add(new)


def _changed(form: etree._Element | None, reading: Reading) -> None:
    change = child(form, "pPrChange")
    if change is not None:
        reading.changes.met(attribute(change, "author"), "change of form")
    for kind, what in (("ins", "insertion"), ("del", "deletion")):
        mark = child(form, "rPr", kind)
        if mark is not None:
            reading.changes.met(attribute(mark, "author"), what)


def _ends_deleted(form: etree._Element | None) -> bool:
    """Whether the end of the paragraph was deleted: it goes on in the next one."""
    return child(form, "rPr", "del") is not None


def _table(one: etree._Element, reading: Reading, depth: int) -> Element:
    table = element("table")
    for row in one.iter():
        if local(row) != "tr" or nearest(row, "tbl") is not one:
            continue
        if child(row, "trPr", "del") is not None:
            continue
        cells = element("tr")
        for cell in row.iter():
            if local(cell) != "tc" or nearest(cell, "tbl") is not one or next(cell.iterancestors(row.tag)) is not row:
                continue
            span = child(cell, "tcPr", "gridSpan")
            merged = child(cell, "tcPr", "vMerge")
            made = element("td")
            if span is not None and attribute(span, "val").isdecimal():
                made.set("colspan", str(min(int(attribute(span, "val")), _WIDEST)))
            inner = read_blocks(cell, reading, depth)
            if merged is None or attribute(merged, "val") == "restart" or inner.made:
                for block in inner.made:
                    if block.tag[0] == "h" and block.tag[1:].isdigit():
                        block.tag = "p"
                    made.append(block)
            cells.append(made)
        if len(cells):
            table.append(cells)
    return table


def notes_of(reading: Reading) -> list[Element]:
    """The footnotes and endnotes that the text has signs for, in the order of these."""
    parts = {kind: reading.package.part(f"{kind}s") for kind in ("footnote", "endnote")}
    found = {
        (kind, attribute(one, "id")): one
        for kind, root in parts.items()
        if root is not None
        for one in root
        if attribute(one, "type") not in {"separator", "continuationSeparator", "continuationNotice"}
    }
    made = []
    at = 0
    while at < len(reading.notes):  # a note may have signs itself
        key = reading.notes[at]
        at += 1
        inside = read_blocks(found[key], reading).made if key in found else []
        if not inside:
            reading.left["empty note"] += 1
            inside = [element("p", "–")]
        made.append(note("-".join(key), str(at), inside))
    return made
