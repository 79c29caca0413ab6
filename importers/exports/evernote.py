"""Evernote's export (ENEX): a note each, its words in ENML, which is HTML with a few elements of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree.ElementTree import Element, tostring

from importers.assemble import whole
from importers.base import Importer, Input
from importers.documents.html.convert import element_to_markdown, parse
from importers.documents.made import left_out
from importers.exports.parsing import local, read_xml
from kb.errors import KbError
from kb.model.document import Author, Document
from kb.text import dates
from kb.text.strings import fold, squash, unique
from notes.markdown.structure import structure

_ROOT = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<en-export\b", re.I)
_PROLOGUE = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>]*>\s*)?", re.I)
_EMPTY = re.compile(r"<(en-media|en-todo)\b([^>]*?)\s*/>", re.I)


def sniff(source: Input) -> float:
    """By the name of its root."""
    return 0.95 if _ROOT.match(source.text[:4000]) else 0.0


def read(source: Input) -> list[Document]:
    """A note each; an empty one is an empty note.

    Raises:
        KbError: not well-formed, or without a note.
    """
    found = [_note(source, one) for one in read_xml(source).iter() if local(one) == "note"]
    if not found:
        raise KbError(f"{source.called} has no note in it", "export the notes again, as ENEX")
    return found


def _note(source: Input, note: Element) -> Document:
    left: Counter[str] = Counter()
    text = _text(_said(note, "content"), left)
    left["attached file"] += sum(local(one) == "resource" for one in note)
    facts = next((one for one in note if local(one) == "note-attributes"), None)
    url = _said(facts, "source-url") if facts is not None else ""
    author = squash(_said(facts, "author")) if facts is not None else ""
    title = squash(_said(note, "title")) or "Untitled"
    created = _said(note, "created").strip()
    address = url if url.startswith(("http://", "https://")) else None
    return replace(
        whole(source, IMPORTER.name, "note", title, text, structure(text)),
        # Of a page that was clipped, the one who clipped it is not the author.
        authors=(Author(author),) if author and not address else (),
        url=address,
        url_is_own=address is None,
        published=(dates.read(created) or "")[:10] or None,
        tags=unique([squash(one.text or "") for one in note if local(one) == "tag" and squash(one.text or "")]),
        external_ids={"evernote": f"{created}:{fold(title)}"} if created else {},
        original=tostring(note, "utf-8"),
        problems=(*source.problems, *left_out(left)),
    )


def _said(above: Element, name: str) -> str:
    return next((one.text or "" for one in above if local(one) == name), "")


def _text(enml: str, left: Counter[str]) -> str:
    """The words of a note as Markdown."""
    html = _EMPTY.sub(r"<\1\2></\1>", _PROLOGUE.sub("", enml))
    root = parse(html) if html.strip() else None
    if root is None:
        return ""
    for one in list(root.iter("en-media")):
        kind = (one.get("type") or "").partition("/")[0]
        one.tag = "span"
        left["picture" if kind == "image" else "attached file in the text"] += 1
    for one in list(root.iter("en-todo")):
        one.text = "☒ " if (one.get("checked") or "").lower() == "true" else "☐ "
        one.tag = "span"
    for one in list(root.iter("en-crypt")):
        left["encrypted passage"] += 1
        one.text = ""
    for block in list(root.iter("div")):
        if "-en-codeblock" in (block.get("style") or ""):
            lines = ["".join(line.itertext()) for line in block] or ["".join(block.itertext())]
            tail = block.tail
            block.clear()
            block.tag, block.text, block.tail = "pre", "\n".join(lines), tail
    return element_to_markdown(root).strip()


IMPORTER = Importer(
    name="evernote",
    version="1",
    what="notes exported from Evernote (ENEX)",
    recognised_by="`<en-export>`",
    gives="one a note",
    keeps="text with headings, lists, tables, tasks, code; tags, day, author, address of what was clipped",
    loses="pictures and attached files, encrypted passages (all counted)",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("counting.enex",),
    precedence=20,
)
