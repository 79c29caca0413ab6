"""Footnotes and endnotes of a book: those that say what they are; the others are known by their links, as in a page."""

from __future__ import annotations

import re

from importers.documents.epub.chapters import kinds
from importers.documents.html.footnotes import find_notes
from importers.documents.made import Element
from kb.text.strings import squash

_REFERENCES = {"noteref", "annoref"}
_NOTES = {"footnote", "endnote", "rearnote", "note"}
_BLOCKS = {"li", "aside", "p", "div", "dd", "td", "section"}
_BACK = {"backlink", "referrer"}
_NUMBER = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶]{1,4})[\])]?[.:]?")


def tie_notes(book: Element) -> None:
    """Makes blocks that are called notes, or that a link called the sign of one leads to, notes of the HTML. Other
    links inside the book become words.
    """
    places = {name: one for one in book.iter() if (name := one.get("id"))}
    for link in list(book.iter("a")):
        target = places.get((link.get("href") or "")[1:])
        note = _block(target) if target is not None else None
        if note is None or note in set(link.iterancestors()):
            continue
        said = kinds(link) & _REFERENCES or (kinds(note) & _NOTES and not kinds(link) & _BACK)
        if said and _NUMBER.fullmatch(squash("".join(link.itertext())) or "*"):
            _define(note, (link.get("href") or "")[1:])
    notes = find_notes(book)
    for link in book.iter("a"):
        name = (link.get("href") or "")[1:]
        if (link.get("href") or "").startswith("#") and name not in notes.labels and link not in notes.back:
            del link.attrib["href"]


def _block(target: Element) -> Element | None:
    """The block that a target is or begins: the note, with all its paragraphs where something holds them together."""
    found: Element | None = target
    while found is not None and found.tag not in _BLOCKS:
        found = found.getparent()
    if found is None or found.getparent() is None:
        return None
    above = found.getparent()
    holds = above is not None and above.index(found) == 0 and (kinds(above) & _NOTES or above.tag in {"li", "aside"})
    return above if holds else found


def _define(note: Element, name: str) -> None:
    """Makes a block a note of this name, without the links that lead back from it."""
    for link in list(note.iter("a")):
        if (link.get("href") or "").startswith("#"):
            words = squash("".join(link.itertext()))
            if kinds(link) & _BACK or _NUMBER.fullmatch(words) or not any(map(str.isalnum, words)):
                for one in list(link):
                    link.remove(one)
                link.text = None
                del link.attrib["href"]
                if _NUMBER.fullmatch(words) and link.tail:
                    link.tail = link.tail.lstrip(" .:)]")
    if note.tag not in {"li", "p"}:
        note.tag = "div"
    note.set("class", "footnote-item")
    note.set("id", name)
