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

_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOTES_HEAD = re.compile(r"(?:foot|end)?notes?|anmerkungen|fu(?:ß|ss)noten|notas|note", re.I)
_TURNED = re.compile(r"\[?[←↩⏎^]?\s*\d{1,4}\]?[←↩⏎^]?\.?")


def tie_notes(book: Element) -> None:
    """Makes blocks that are called notes, or that a link called the sign of one leads to, notes of the HTML. Other
    links inside the book become words.
    """
    _unlisted(book)
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
    for head in [one for one in book.iter(*_HEADS) if _NOTES_HEAD.fullmatch(squash("".join(one.itertext())))]:
        after = list(head.itersiblings())
        if after and (above := head.getparent()) is not None and all(map(_holds_notes_alone, after)):
            above.remove(head)
    for link in book.iter("a"):
        name = (link.get("href") or "")[1:]
        if (link.get("href") or "").startswith("#") and name not in notes.labels and link not in notes.back:
            del link.attrib["href"]


def _holds_notes_alone(one: Element) -> bool:
    """Whether a block is a note or a list of them, which are written down elsewhere."""
    notes = "".join("".join(note.itertext()) for note in one.iter() if note.get("class") == "footnote-item")
    return bool(notes) and "".join(notes.split()) == "".join("".join(one.itertext()).split())


def _unlisted(book: Element) -> None:
    """Has a note that is the definition of its own number, as Calibre writes those of a docx, stand for itself."""
    for term in list(book.iter("dt")):
        said = squash("".join(term.itertext()))
        note = term.getnext()
        if note is not None and note.tag == "dd" and term.get("id") and _TURNED.fullmatch(said):
            _define(note, term.get("id") or "")
            if (above := term.getparent()) is not None:
                above.remove(term)
                above.tag = "div"


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
