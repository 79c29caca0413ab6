"""The running text of an odt: letters with their form, links, notes, formulas, comments with the words they are on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.html import mathml
from importers.documents.made import Element, element, formula, note_sign, put
from importers.documents.odt.package import Package
from importers.documents.office.reviews import Changes
from importers.documents.zipped import attribute, child, local

_DEEPEST = 80
_MOST_BLANKS = 200
_SILENT = frozenset({
    "soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "reference-mark", "reference-mark-start",
    "reference-mark-end", "toc-mark", "toc-mark-start", "toc-mark-end", "alphabetical-index-mark",
    "alphabetical-index-mark-start", "alphabetical-index-mark-end", "change-start", "change-end", "change",
    "page-number", "page-count", "ruby-text", "sequence-decls", "script",
})  # fmt: skip
_HIDDEN = frozenset({"hidden-text", "hidden-paragraph"})


@dataclass(slots=True)
class Reading:
    """What is met on the way through the text."""

    package: Package
    left: Counter[str] = field(default_factory=Counter)
    changes: Changes = field(default_factory=Changes)
    notes: list[etree._Element] = field(default_factory=list)  # in the order of their signs
    remarks: dict[str, etree._Element] = field(default_factory=dict)  # comments by name, as they come
    open: dict[str, list[str]] = field(default_factory=dict)  # words so far, by comments that are open
    quotes: dict[str, str] = field(default_factory=dict)  # by the names of comments
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes that hang at the paragraph
    numbers: dict[str, int] = field(default_factory=dict)  # of the last item of a numbered list, by its style


def runs(paragraph: etree._Element, reading: Reading) -> Element:
    """The text of a paragraph or heading in a `p`."""
    made = element("p")
    _into(paragraph, made, reading, 0)
    for words in reading.open.values():
        words.append("\n\n")
    return made


def _into(source: etree._Element, made: Element, reading: Reading, depth: int) -> None:
    if depth > _DEEPEST:
        _say("".join(source.itertext()), made, reading)
        return
    _say(source.text or "", made, reading)
    for one in source:
        _one(one, made, reading, depth)
        _say(one.tail or "", made, reading)


def _one(one: etree._Element, made: Element, reading: Reading, depth: int) -> None:
    name = local(one)
    if name == "span":
        _into(one, _formed(made, reading.package.marks(attribute(one, "style-name"))), reading, depth + 1)
    elif name == "a":
        where = attribute(one, "href")
        link = element("a", href=where) if where and not where.startswith("#") else element("span")
        made.append(link)
        _into(one, link, reading, depth + 1)
    elif name == "s":
        count = attribute(one, "c")
        _say(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS), made, reading)
    elif name == "tab":
        _say("\t", made, reading)
    elif name == "line-break":
        made.append(element("br"))
        for words in reading.open.values():
            words.append("\n")
    elif name == "note":
        reading.notes.append(one)
        made.append(note_sign(f"note-{len(reading.notes)}"))
    elif name == "annotation":
        known = attribute(one, "name") or f"remark-{len(reading.remarks)}"
        reading.remarks[known] = one
        if attribute(one, "name"):
            reading.open[known] = []
    elif name == "annotation-end":
        close(attribute(one, "name"), reading)
    elif name == "frame":
        _framed(one, made, reading)
    elif name in _HIDDEN:
        reading.left["hidden word"] += 1
    elif name == "ruby":
        base = child(one, "ruby-base")
        _into(base if base is not None else one, made, reading, depth + 1)
    elif name and name not in _SILENT:
        _into(one, made, reading, depth + 1)  # a field shows its words


def close(name: str, reading: Reading) -> None:
    """Ends the words that a comment is on."""
    words = reading.open.pop(name, None)
    if words is not None:
        reading.quotes[name] = "".join(words).strip()


def _formed(made: Element, marks: tuple[str, ...]) -> Element:
    for mark in marks:
        inner = element(mark)
        made.append(inner)
        made = inner
    return made


def _framed(one: etree._Element, made: Element, reading: Reading) -> None:
    """What hangs in the text: a formula, the words of a text box, or a picture, which is left out."""
    embedded = child(one, "object")
    if embedded is not None:
        root = child(embedded, "math")
        if root is None:
            root = reading.package.formula(attribute(embedded, "href"))
        if root is not None and (tex := mathml.tex_of(root)):
            made.append(formula(tex, display=attribute(root, "display") == "block"))
            for words in reading.open.values():
                words.append(f"${tex}$")
        else:
            reading.left["embedded object" if root is None else "empty formula"] += 1
        return
    box = child(one, "text-box")
    if box is not None:
        reading.boxes.append(box)
    else:
        reading.left["picture"] += 1


def _say(text: str, made: Element, reading: Reading) -> None:
    if text:
        put(made, text)
        for words in reading.open.values():
            words.append(text)
