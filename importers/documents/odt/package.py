"""The parts of an OpenDocument text (ODF 1.2 and later): its body, its styles, its properties; flat files too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from importers.documents.office import styles as named
from importers.documents.zipped import Zipped, attribute, child, local, open_zip, xml
from kb.errors import KbError

_CODE_FONT = re.compile(r".*(?:mono|courier|consolas|menlo|source code).*", re.I)
_OFTEN = 20  # styles above styles


@dataclass(frozen=True, slots=True)
class Style:
    """A style: what people call it, what stands above it, what it does to letters."""

    called: str = ""
    above: str = ""
    marks: tuple[str, ...] = ()  # elements of HTML
    level: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """An open document. `ordered` are the styles of lists that number their items, with the levels that do."""

    body: etree._Element
    styles: Mapping[str, Style]
    ordered: frozenset[tuple[str, int]]
    facts: Mapping[str, tuple[str, ...]]
    zipped: Zipped | None

    def line(self, style: str) -> list[str]:
        """The names of a style and of those above it, as people see them."""
        found: list[str] = []
        while style and len(found) < _OFTEN:
            one = self.styles.get(style, Style())
            found.append(one.called or style.replace("_20_", " "))
            style = one.above
        return found

    def marks(self, style: str) -> tuple[str, ...]:
        """The elements of HTML for what a style of letters does."""
        if any(named.is_code(one) for one in self.line(style)):
            return ("code",)
        found = dict.fromkeys(self.styles.get(style, Style()).marks)
        called = {one.lower() for one in self.line(style)}
        found |= dict.fromkeys(["b"] if "strong emphasis" in called else ["i"] if "emphasis" in called else [])
        return tuple(found)

    def level(self, style: str) -> int:
        """The level of the headings that a style makes, 0 for none, -1 for the title of the text."""
        for one in self.line(style):
            if named.is_title(one):
                return -1
            if level := named.heading_level(one):
                return level
        return self.styles.get(style, Style()).level

    def formula(self, reference: str) -> etree._Element | None:
        """The formula in an object inside the archive; None where it is something else."""
        place = f"{reference.removeprefix('./').rstrip('/')}/content.xml"
        root = self.zipped.xml(place) if self.zipped is not None else None
        return root if root is not None and local(root) == "math" else None


def open_package(data: bytes, name: str) -> Package:
    """The parts of a document.

    Raises:
        KbError: it is none, is damaged, or is protected by a password.
    """
    if not data.startswith(b"PK"):
        root = xml(data, name)
        return _package(name, [root], root, None)
    zipped = open_zip(data, name)
    manifest = zipped.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(one) == "encryption-data" for one in manifest.iter()):
        raise KbError(f"{name} is protected by a password", "save it without one")
    content = zipped.xml("content.xml")
    if content is None:
        raise KbError(f"{name} is no OpenDocument text: it has no content.xml", "get the file again")
    parts = [part for part in (zipped.xml("styles.xml"), content, zipped.xml("meta.xml")) if part is not None]
    return _package(name, parts, content, zipped)


def _package(name: str, parts: list[etree._Element], content: etree._Element, zipped: Zipped | None) -> Package:
    body = child(content, "body", "text")
    if body is None:
        raise KbError(f"{name} is no text of OpenDocument", "sheets and slides are not read: save them as text or PDF")
    styles: dict[str, Style] = {}
    ordered: set[tuple[str, int]] = set()
    facts: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for one in part.iter():
            kind = local(one)
            if kind == "style":
                styles[attribute(one, "name")] = _style(one)
            elif kind == "list-level-style-number":
                ordered.add((_list_name(one), _level(one)))
            elif kind == "meta":
                for fact in one:
                    words = (fact.text or "").strip()
                    facts[local(fact)] = (*facts.get(local(fact), ()), words)
    return Package(body, styles, frozenset(ordered), facts, zipped)


def _style(one: etree._Element) -> Style:
    marks: list[str] = []
    letters = child(one, "text-properties")
    if letters is not None:
        weight = attribute(letters, "font-weight")
        if weight == "bold" or (weight.isdecimal() and int(weight) >= 600):
            marks.append("b")
        if attribute(letters, "font-style") in {"italic", "oblique"}:
            marks.append("i")
        if attribute(letters, "text-line-through-style") not in {"", "none"}:
            marks.append("s")
        place = attribute(letters, "text-position")
        if place and not place.startswith("0%"):
            marks.append("sub" if place.startswith(("sub", "-")) else "sup")
        if _CODE_FONT.fullmatch(attribute(letters, "font-name")) and attribute(one, "family") == "text":
            marks = ["code"]
    level = attribute(one, "default-outline-level")
    called = attribute(one, "display-name")
    return Style(called, attribute(one, "parent-style-name"), tuple(marks), int(level) if level.isdecimal() else 0)


def _list_name(one: etree._Element) -> str:
    above = one.getparent()
    return attribute(above, "name") if above is not None else ""


def _level(one: etree._Element) -> int:
    level = attribute(one, "level")
    return int(level) if level.isdecimal() and len(level) < 3 else 1
