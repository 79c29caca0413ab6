"""The parts of a docx beside its text: relations, styles, numbering, properties."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.office import styles
from importers.documents.zipped import Zipped, attribute, child, local
from kb.errors import KbError

_MOST_BASES = 20  # styles stand on styles


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name as Word's English has it (or whatever another program wrote), and what it is based on."""

    name: str
    base: str
    outline: int  # 1 to 9; 0 where it makes no heading
    list_id: str


@dataclass(frozen=True, slots=True)
class Package:
    """A docx: `place` is its part with the text."""

    zipped: Zipped
    place: str
    links: dict[str, str]  # addresses outside, by the names of relations
    parts: dict[str, str]  # other parts, by their kind ("comments", "footnotes")
    styles: dict[str, Style] = field(default_factory=dict)
    ordered: dict[tuple[str, int], bool] = field(default_factory=dict)  # whether a level of a list has numbers

    def part(self, kind: str) -> etree._Element | None:
        """The tree of a part by its kind."""
        place = self.parts.get(kind)
        return self.zipped.xml(place) if place else None

    def level(self, style: str) -> int:
        """The level of the headings that a style makes, 0 where it makes none, -1 where it makes the title."""
        for _ in range(_MOST_BASES):
            found = self.styles.get(style)
            if found is None:
                return styles.heading_level(style)
            if found.outline:
                return found.outline
            if level := styles.heading_level(found.name):
                return level
            if styles.is_title(found.name):
                return -1
            style = found.base
        return 0

    def list_of(self, style: str) -> str:
        """The list whose items a style makes, "" where it makes none."""
        for _ in range(_MOST_BASES):
            found = self.styles.get(style)
            if found is None or found.list_id:
                return found.list_id if found else ""
            style = found.base
        return ""

    def named(self, style: str) -> str:
        """The name of a style, in small letters."""
        found = self.styles.get(style)
        return (found.name if found else style).lower()


def open_package(zipped: Zipped) -> Package:
    """What belongs to the text of a docx.

    Raises:
        KbError: there is no text in it, or a part is damaged.
    """
    places = _relations(zipped, "")[1]
    place = places.get("officeDocument", "word/document.xml")
    if not zipped.has(place):
        raise KbError(f"{zipped.name} is no text of Word", "a docx has its text in word/document.xml")
    links, parts = _relations(zipped, place)
    parts |= {kind: found for kind, found in places.items() if kind not in parts}
    package = Package(zipped, place, links, parts)
    _read_styles(package)
    _read_numbering(package)
    return package


def _relations(zipped: Zipped, place: str) -> tuple[dict[str, str], dict[str, str]]:
    """The addresses outside that a part names, by the names it gives them, and the other parts by their kinds."""
    folder, _, name = place.rpartition("/")
    root = zipped.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    links: dict[str, str] = {}
    parts: dict[str, str] = {}
    for one in root if root is not None else ():
        target, kind = one.get("Target") or "", (one.get("Type") or "").rpartition("/")[2]
        if one.get("TargetMode") == "External":
            links[one.get("Id") or ""] = target
        else:
            parts.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return links, parts


def _read_styles(package: Package) -> None:
    root = package.part("styles")
    for one in root if root is not None else ():
        if local(one) != "style" or attribute(one, "type") not in {"paragraph", ""}:
            continue
        name, base = child(one, "name"), child(one, "basedOn")
        outline, listed = child(one, "pPr", "outlineLvl"), child(one, "pPr", "numPr", "numId")
        package.styles[attribute(one, "styleId")] = Style(
            attribute(name, "val") if name is not None else "",
            attribute(base, "val") if base is not None else "",
            outline_level(outline),
            attribute(listed, "val") if listed is not None else "",
        )


def outline_level(element: etree._Element | None) -> int:
    """The level of a heading, from 1, that an outline level says; 0 for none (9 means the text itself)."""
    said = attribute(element, "val") if element is not None else ""
    return int(said) + 1 if said.isdecimal() and int(said) < 9 else 0


def _read_numbering(package: Package) -> None:
    root = package.part("numbering")
    if root is None:
        return
    kinds: dict[tuple[str, int], bool] = {}
    for one in root:
        if local(one) == "abstractNum":
            for level in one:
                number = attribute(level, "ilvl")
                form = child(level, "numFmt")
                if local(level) == "lvl" and number.isdecimal():
                    bullet = form is not None and attribute(form, "val") in {"bullet", "none"}
                    kinds[attribute(one, "abstractNumId"), int(number)] = not bullet
    for one in root:
        of = child(one, "abstractNumId")
        if local(one) == "num" and of is not None:
            for (name, at), ordered in kinds.items():
                if name == attribute(of, "val"):
                    package.ordered[attribute(one, "numId"), at] = ordered
