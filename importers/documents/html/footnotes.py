"""Footnotes of a page: by the names that editors give them, by links that lead to and fro, or where they stand.

Whatever makes a page, a footnote is a block that links back to a small mark in the text, which links to it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.html.marks import classes, hidden

_LABEL = re.compile(r"[^\w-]+")
_MARK = re.compile(
    r"[\[(（〔［]*(?:\*+|[†‡§¶#]+|(?:\*|#|注|註|note|fn|n\.)?\s*\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})[\])）〕］.:]*", re.I
)
_HOLDERS = frozenset(["li", "p", "dd", "div", "aside", "tr", "section", "footer"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ARROWS = frozenset(["^", "↩", "↑", "↵", "⏎", "↲"])
_INLINE_TAGS = ("d-footnote", "dt-fn", "span", "small")
_INLINE_NAMES = frozenset(["sidenote", "marginnote", "margin-note", "side-note"])
_NEAR = 3  # elements around a link on which its name may stand


@dataclass(frozen=True)
class Notes:
    """Footnotes of a document: the label of each by the id of its definition, and by its element."""

    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[etree._Element, str] = field(default_factory=dict)
    back: frozenset[etree._Element] = frozenset()
    """Links that lead from a footnote back to its place."""


def find_notes(root: etree._Element) -> Notes:
    """Labels of all footnotes: their numbers, or their ids where numbers repeat."""
    linked = _linked(root)
    items = [one for one in root.iter(*_HOLDERS) if one in linked or _is_note(one)]
    given = [one.get("data-footnote-index") or str(number) for number, one in enumerate(items, start=1)]
    count = Counter(given)
    labels: dict[str, str] = {}
    definitions: dict[etree._Element, str] = {}
    for element, number in zip(items, given, strict=True):
        named = linked.get(element, _Linked())
        name = element.get("data-footnote-id") or element.get("id") or number
        label = _LABEL.sub("-", number if count[number] == 1 else name).strip("-") or "note"
        definitions[element] = label
        for key in (element.get("id"), name, *named.names):
            if key:
                labels[key] = label
    return Notes(labels, definitions, frozenset(link for one in linked.values() for link in one.back))


@dataclass(frozen=True)
class _Linked:
    """A block that is a footnote by its links: the names by which the text leads to it, and its links back."""

    names: list[str] = field(default_factory=list)
    back: list[etree._Element] = field(default_factory=list)


def _linked(root: etree._Element) -> dict[etree._Element, _Linked]:
    """Blocks that a mark in the text leads to and that lead back to it."""
    links = [(one, (one.get("href") or "")[1:]) for one in root.iter("a") if (one.get("href") or "").startswith("#")]
    if len(links) < 2:
        return {}
    marks = {one: " ".join("".join(one.itertext()).split()) for one, _ in links}
    named: dict[str, etree._Element] = {}
    for one in root.iter():
        for name in (one.get("id"), one.get("name")) if isinstance(one.tag, str) else ():
            if name:
                named.setdefault(name, one)
    leading: dict[str, list[etree._Element]] = {}  # the names of marks, and those near them, by what they lead to
    for link, target in links:
        if _MARK.fullmatch(marks[link]) and target in named:
            leading.setdefault(target, []).append(link)
    order = {one: number for number, one in enumerate(root.iter())}
    found: dict[etree._Element, _Linked] = {}
    known: dict[etree._Element, dict[etree._Element, list[etree._Element]]] = {}
    for target, all_marks in leading.items():
        holder = _holder(named[target])
        if holder is None:
            continue
        if holder not in known:
            known[holder] = _leading_out(holder, named)
        for mark in all_marks:
            back = [link for place in _near(mark) for link in known[holder].get(place, ())]
            if back and order[mark] < order[holder]:
                whole = next((one for one in holder.iterancestors(*_HOLDERS) if _is_note(one)), holder)
                entry = found.setdefault(whole, _Linked())
                entry.names.append(target)
                entry.back.extend(back)
    around = {above for one in found for above in one.iterancestors()}
    return {holder: entry for holder, entry in found.items() if holder not in around}


def _leading_out(
    holder: etree._Element, named: dict[str, etree._Element]
) -> dict[etree._Element, list[etree._Element]]:
    """The links of a block that stay on the page, by what they lead to; none where it has a heading."""
    if any(next(holder.iter(tag), None) is not None for tag in _HEADINGS):
        return {}
    found: dict[etree._Element, list[etree._Element]] = {}
    for link in holder.iter("a"):
        href = link.get("href") or ""
        if href.startswith("#") and (place := named.get(href[1:])) is not None:
            found.setdefault(place, []).append(link)
    return found


def _near(mark: etree._Element) -> set[etree._Element]:
    """A mark with what is inside it and the few elements around it, one of which has the name that a note leads to."""
    found = {mark, *mark.iter()}
    above = mark.getparent()
    for _ in range(_NEAR):
        if above is None or above.tag in _HOLDERS or above.tag in {"body", "article"}:
            break
        found.add(above)
        above = above.getparent()
    before = mark.getprevious()
    return found | ({before} if before is not None and before.tag in {"a", "span"} else set())


def _holder(place: etree._Element) -> etree._Element | None:
    """The block that a name in it, or on it, means; none where that is a heading."""
    at: etree._Element | None = place
    while at is not None and at.tag not in _HOLDERS:
        if at.tag in _HEADINGS or at.tag in {"body", "html"}:
            return None
        at = at.getparent()
    # The name may stand on the paragraph of a longer note.
    above = at.getparent() if at is not None else None
    if at is not None and at.tag == "p" and above is not None and above.tag == "li" and next(iter(above)) is at:
        at = above
    return at


def _is_note(element: etree._Element) -> bool:
    names = classes(element)
    if "footnote-item" in names or element.get("data-footnote-item") is not None:
        return True
    if element.tag != "li" or not element.get("id"):
        return False
    around = element.getparent()
    for _ in range(2):  # the list, and the section around it
        if around is None:
            return False
        if classes(around) & {"footnotes", "footnote-section", "footnotes-list", "footnote-list"}:
            return True
        around = around.getparent()
    return False


def note_label(element: etree._Element, notes: Notes) -> str | None:
    """The label of the footnote that the element refers to, if it does."""
    refers = "footnote-reference" in classes(element) or element.get("data-footnote-reference") is not None
    if refers and (name := element.get("data-footnote-id")):
        known = notes.labels.get(name) or notes.labels.get(f"fn{name}")
        return known or _LABEL.sub("-", element.get("data-footnote-index") or name)
    if element.tag == "a":
        href = element.get("href") or ""
        page, _, name = href.partition("#")
        if name in notes.labels and (not page or "/" not in page.rstrip("/")):
            return notes.labels[name]
    if element.tag == "sup" and not (element.text or "").strip():
        only = [e for e in element if not hidden(e)]
        if len(only) == 1 and not (only[0].tail or "").strip() and only[0].tag == "a":
            return note_label(only[0], notes)
    return None


def is_back_link(element: etree._Element, notes: Notes) -> bool:
    """Whether the element leads from a footnote back to its place in the text."""
    if element in notes.back:
        return True
    names = classes(element)
    if names & {"footnote-back-link", "footnote-backref", "footnote-back"}:
        return True
    shown = "".join(element.itertext()).strip(" \xa0\ufe0e") if element.tag == "a" else ""
    return shown in _ARROWS and (element.get("href") or "").startswith("#")


def inline_notes_apart(root: etree._Element) -> None:
    """Move footnotes that stand where their mark should be, or in the margin, to the end, and leave marks."""
    found = [
        one
        for one in root.iter(*_INLINE_TAGS)
        if ("-" in one.tag or classes(one) & _INLINE_NAMES) and "".join(one.itertext()).strip()
    ]
    for number, element in enumerate(found, start=1):
        above = element.getparent()
        if above is None:
            continue
        name = f"kb-note-{number}"
        mark = etree.Element("a", {"href": f"#{name}"})
        mark.text, mark.tail, element.tail = str(number), element.tail, None
        above.replace(element, mark)
        etree.SubElement(root, "div", {"id": name, "class": "footnote-item"}).append(element)
