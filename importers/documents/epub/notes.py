"""Footnotes and endnotes of a book, wherever they stand: told by what they are called, or by links both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.documents.epub.chapters import kinds
from importers.documents.made import Element
from kb.text.strings import squash

_REFERENCES = {"noteref", "annoref"}
_NOTES = {"footnote", "endnote", "rearnote", "note"}
_BLOCKS = {"li", "aside", "p", "div", "dd", "td", "section"}
_SIGN = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxlc]{1,7})[\])]?[.:]?", re.I)
_ARROW = re.compile(r"[\s↩↵↑←⏎⤴^\ufe0e]+|\[?(?:back|return|zurück|retour|volver)\b.{0,20}", re.I)
_AFTER_SIGN = re.compile(r"^[\s.:)\]]+")


def tie_notes(book: Element) -> int:
    """Makes the signs of notes lead to their notes, as `importers.documents.html` knows them, and other links inside
    the book words. Gives how many notes there are.
    """
    places = {name: one for one in book.iter() if (name := one.get("id"))}
    links = [(one, places.get((one.get("href") or "")[1:])) for one in book.iter("a") if _leads_inside(one)]
    notes: dict[Element, str] = {}
    signs: list[tuple[Element, Element]] = []
    for link, target in links:
        note = _note(link, target) if target is not None else None
        if note is not None:
            notes.setdefault(note, f"note-{len(notes) + 1}")
            signs.append((link, note))
    tied = {link for link, _ in signs}
    for number, (note, name) in enumerate(notes.items(), start=1):
        _define(note, name, str(number))
    for link, note in signs:
        _refer(link, notes[note])
    for link, _ in links:
        if link not in tied and link.get("href"):
            del link.attrib["href"]
    return len(notes)


def _leads_inside(link: Element) -> bool:
    return (link.get("href") or "").startswith("#")


def _note(link: Element, target: Element) -> Element | None:
    """The note that a link leads to; None where it leads to something else."""
    note = _block(target)
    if note is None or note in set(_above(link)):
        return None
    sign = squash("".join(link.itertext()))
    if kinds(link) & _REFERENCES:
        return note
    if any(kinds(one) & _NOTES for one in (target, note)) and not _is_back(link, sign):
        return note if _SIGN.fullmatch(sign) else None
    if not _SIGN.fullmatch(sign) or _is_back(link, sign):
        return None
    here = {one.get("id") for one in (link, *_above(link)) if one.get("id")} | _beside(link)
    back = [one for one in note.iter("a") if (one.get("href") or "#")[1:] in here]
    return note if back and not _begins(link) else None


def _above(one: Element) -> Iterator[Element]:
    """What a link stands in, as far as its block."""
    for above in one.iterancestors():
        yield above
        if above.tag in _BLOCKS:
            return


def _beside(link: Element) -> set[str | None]:
    """Ids of empty anchors just before a link or what it stands in."""
    found = set()
    for one in (link, link.getparent()):
        before = one.getprevious() if one is not None else None
        if before is not None and before.tag == "a" and not (before.tail or "").strip():
            found.add(before.get("id"))
    return found - {None}


def _block(target: Element) -> Element | None:
    """The block that a target begins: the note, with all its paragraphs where something holds them together."""
    found: Element | None = target
    while found is not None and found.tag not in _BLOCKS:
        found = found.getparent()
    if found is None or (found.tag == "div" and (found.get("id") or "").endswith("-")):
        return None
    above = found.getparent()
    holds = above is not None and above.tag in {"li", "aside", "div", "dd"} and above.index(found) == 0
    if above is not None and holds and (kinds(above) & _NOTES or above.tag in {"li", "aside"}):
        return above
    return found


def _begins(link: Element) -> bool:
    """Whether a link is the first in its block, as the one is that leads back from a note."""
    block = next((one for one in link.iterancestors() if one.tag in _BLOCKS), None)
    if block is None:
        return False
    for one in block.iter():
        if one is link:
            return True
        if (one.text or "").strip():
            return False
        if (one.tail or "").strip() and one is not block and one not in set(link.iterancestors()):
            return False
    return False


def _is_back(link: Element, sign: str) -> bool:
    return bool(kinds(link) & {"backlink"}) or (bool(sign) and _ARROW.fullmatch(sign) is not None)


def _define(note: Element, name: str, label: str) -> None:
    """Makes a block a note, without the links that lead back from it."""
    for link in list(note.iter("a")):
        sign = squash("".join(link.itertext()))
        if _leads_inside(link) and (_is_back(link, sign) or (_SIGN.fullmatch(sign) and _begins(link))):
            rest = link.tail or ""
            if not _is_back(link, sign):
                rest = _AFTER_SIGN.sub("", rest)
            for one in list(link):
                link.remove(one)
            link.text, link.tail = None, rest
            link.attrib.pop("href", None)
            above = link.getparent()
            if not rest and above is not None and above.tag == "sup" and above.tail:
                above.tail = _AFTER_SIGN.sub("", above.tail)
    if note.tag not in {"li", "p"}:
        note.tag = "div"
    note.set("class", "footnote-item")
    note.set("id", name)
    note.set("data-footnote-id", name)
    note.set("data-footnote-index", label)


def _refer(link: Element, name: str) -> None:
    """Makes a link the sign of a note; the brackets or the raised place that it stands in are part of the sign."""
    for one in list(link):
        link.remove(one)
    link.text = "*"
    link.set("href", f"#{name}")
    link.set("class", "footnote-reference")
    link.set("data-footnote-id", name)
    above = link.getparent()
    if above is None or above.tag not in {"sup", "span"} or len(above) > 1:
        return
    if not (above.text or "").strip(" [(") and not (link.tail or "").strip(" ])"):
        above.text = link.tail = None
        above.tag = "span"
