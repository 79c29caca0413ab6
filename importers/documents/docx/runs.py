"""The running text of a docx: runs with their form, links, fields, notes, changes, the words that comments are on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.docx.omml import tex_of
from importers.documents.docx.package import Package
from importers.documents.made import Element, element, formula, note_sign, put
from importers.documents.office.reviews import Changes
from importers.documents.zipped import attribute, child, local

_DEEPEST = 80
_FORMS = (("b", "b"), ("i", "i"), ("strike", "s"), ("dstrike", "s"))
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\"([^\"]+)\"|(?!\\)(\S+))", re.I)
_INSIDE = frozenset({"smartTag", "customXml", "sdtContent", "dir", "bdo", "ruby", "rubyBase", "fldSimple"})
_PICTURES = frozenset({"drawing", "pict", "object"})


@dataclass(slots=True)
class Reading:
    """What is met on the way through the text."""

    package: Package
    left: Counter[str] = field(default_factory=Counter)
    changes: Changes = field(default_factory=Changes)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and number, in the order of their signs
    open: dict[str, list[str]] = field(default_factory=dict)  # words so far, by comments that are open
    quotes: dict[str, str] = field(default_factory=dict)  # by the names of comments
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes that hang at the paragraph
    _fields: list[list[str]] = field(default_factory=list)  # of each that is open: its words, "" or "shown"


def runs(paragraph: etree._Element, reading: Reading) -> Element:
    """The text of a paragraph in a `p`."""
    made = element("p")
    _into(paragraph, made, reading, 0)
    reading._fields.clear()
    for words in reading.open.values():
        words.append("\n\n")
    return made


def _into(source: etree._Element, made: Element, reading: Reading, depth: int) -> None:
    if depth > _DEEPEST:
        say("".join(source.itertext()), made, reading)
        return
    for one in source:
        name = local(one)
        if name == "r":
            _run(one, made, reading, depth)
        elif name == "hyperlink":
            _linked(one, made, reading, depth)
        elif name in {"ins", "moveTo"}:
            reading.changes.met(attribute(one, "author"), "insertion" if name == "ins" else "move")
            _into(one, made, reading, depth + 1)
        elif name in {"del", "moveFrom"}:
            if name == "del":
                author, words = attribute(one, "author"), "".join(_deleted(one))
                reading.changes.met(author, "deletion")
                reading.changes.struck.append((author, words, attribute(one, "date")[:10] or None))
        elif name == "commentRangeStart":
            reading.open.setdefault(attribute(one, "id"), [])
        elif name == "commentRangeEnd":
            close(attribute(one, "id"), reading)
        elif name in {"oMath", "oMathPara"}:
            formulas(one, made, reading)
        elif name == "sdt":
            inner = child(one, "sdtContent")
            if inner is not None:
                _into(inner, made, reading, depth + 1)
        elif name == "p":
            _into(one, made, reading, depth + 1)
        elif name == "AlternateContent":
            choice = child(one, "Choice")
            _into(choice if choice is not None else one, made, reading, depth + 1)
        elif name in _INSIDE:
            _into(one, made, reading, depth + 1)


def close(name: str, reading: Reading) -> None:
    """Ends the words that a comment is on."""
    words = reading.open.pop(name, None)
    if words is not None:
        reading.quotes[name] = "".join(words).strip()


def say(text: str, made: Element, reading: Reading) -> None:
    """Puts words into the text, and into what the open comments are on."""
    put(made, text)
    for words in reading.open.values():
        words.append(text)


def formulas(one: etree._Element, made: Element, reading: Reading) -> None:
    """A formula; of several in one paragraph each."""
    inner = [part for part in one if local(part) == "oMath"] if local(one) == "oMathPara" else [one]
    for part in inner:
        tex = tex_of(part).strip()
        if tex:
            put(made, formula(tex, display=local(one) == "oMathPara"))
        else:
            reading.left["empty formula"] += 1


def _deleted(source: etree._Element) -> list[str]:
    return [one.text or "" for one in source.iter() if local(one) in {"delText", "t"}]


def _linked(one: etree._Element, made: Element, reading: Reading, depth: int) -> None:
    address = reading.package.links.get(attribute(one, "id"), "")
    if not address:  # a place in the same text
        _into(one, made, reading, depth + 1)
        return
    anchor = attribute(one, "anchor")
    link = element("a", href=f"{address}#{anchor}" if anchor and "#" not in address else address)
    put(made, link)
    _into(one, link, reading, depth + 1)


def _run(run: etree._Element, made: Element, reading: Reading, depth: int) -> None:
    form = child(run, "rPr")
    if form is not None and (_on(form, "vanish") or _on(form, "specVanish")):
        reading.left["hidden word"] += 1
        return
    if form is not None:
        for one in form:
            if local(one) == "rPrChange":
                reading.changes.met(attribute(one, "author"), "change of form")
    inner = element("span")
    for one in run:
        _piece(one, inner, reading, depth)
    if not len(inner) and not inner.text:
        return
    if form is not None:
        inner = _formed(inner, form)
    if reading._fields and (address := _LINK.match(reading._fields[-1][0])) and reading._fields[-1][1]:
        inner = element("a", inner, href=address[1] or address[2])
    put(made, inner)


def _formed(inner: Element, form: etree._Element) -> Element:
    if not "".join(inner.itertext()).strip():
        return inner
    for name, tag in _FORMS:
        if _on(form, name):
            inner = element(tag, inner)
    raised = child(form, "vertAlign")
    if raised is not None and attribute(raised, "val") in {"superscript", "subscript"}:
        inner = element("sup" if attribute(raised, "val") == "superscript" else "sub", inner)
    return inner


def _on(form: etree._Element, name: str) -> bool:
    found = child(form, name)
    return found is not None and attribute(found, "val") not in {"0", "false", "off", "none"}


def _piece(one: etree._Element, made: Element, reading: Reading, depth: int) -> None:
    name = local(one)
    if name == "fldChar":
        kind = attribute(one, "fldCharType")
        if kind == "begin":
            reading._fields.append(["", ""])
        elif kind == "separate" and reading._fields:
            reading._fields[-1][1] = "shown"
        elif kind == "end" and reading._fields:
            reading._fields.pop()
    elif name == "instrText" and reading._fields:
        reading._fields[-1][0] += one.text or ""
    elif reading._fields and not reading._fields[-1][1]:
        return  # the words of a field that only the program reads
    elif name == "t":
        say(one.text or "", made, reading)
    elif name in {"tab", "ptab"}:
        say(" ", made, reading)
    elif name in {"br", "cr"}:
        if attribute(one, "type") not in {"page", "column"}:
            put(made, element("br"))
        for words in reading.open.values():
            words.append(" ")
    elif name == "noBreakHyphen":
        say("-", made, reading)
    elif name == "sym":
        reading.left["sign of a symbol font"] += 1
    elif name in {"footnoteReference", "endnoteReference"}:
        kind, number = name.removesuffix("Reference"), attribute(one, "id")
        if (kind, number) not in reading.notes:
            reading.notes.append((kind, number))
        put(made, note_sign(f"{kind}-{number}"))
    elif name in _PICTURES or name == "AlternateContent":
        _picture(one, reading)
    elif name in {"rubyBase", "ruby"}:
        _into(one, made, reading, depth + 1)


def _picture(one: etree._Element, reading: Reading) -> None:
    """What is drawn: its words, where it is a text box, else it is counted."""
    if local(one) == "AlternateContent":
        choice = child(one, "Choice")
        one = choice if choice is not None else one
    boxes = [inner for inner in one.iter() if local(inner) == "txbxContent"]
    if boxes:
        reading.boxes += boxes
        return
    inside = {local(inner) for inner in one.iter()}
    if "chart" in inside:
        reading.left["chart"] += 1
    elif "relIds" in inside:
        reading.left["diagram"] += 1
    elif "OLEObject" in inside:
        reading.left["embedded object"] += 1
    else:
        reading.left["picture" if inside & {"pic", "imagedata", "blip"} else "drawing"] += 1
