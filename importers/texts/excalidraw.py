"""A drawing of Excalidraw: the words in it and the links on it, from its JSON or from the note of Obsidian's plug-in.

The note holds the words a second time, each with the id of its element, before the drawing itself, which may be
compressed; what a person wrote above them is theirs too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.exports.parsing import loads
from importers.titles import name_title, own_title
from kb.errors import KbError
from kb.model.document import Document
from notes.markdown import front_matter
from notes.markdown.meta import read_note
from notes.markdown.structure import structure

_LOOK = 4_000  # characters in which JSON says what it is
_JSON = re.compile(r'\s*\{.*?"type"\s*:\s*"excalidraw(?:lib)?"', re.S)
_PLUGIN = re.compile(r"^excalidraw-plugin[ \t]*:", re.M)
_NOTICE = re.compile(r"^==.*EXCALIDRAW VIEW.*==.*$", re.M | re.I)
_SECTION = re.compile(
    r"^(?:%%[ \t]*)?#{1,2}[ \t]+"
    r"(?P<name>Excalidraw Data|Text Elements|Element Links|Embedded [Ff]iles|Drawing)[ \t]*$",
    re.M,
)
_ELEMENT = re.compile(r"[ \t]*\^[\w-]{4,}[ \t]*(?:\n|$)")
_LINKED = re.compile(r"^[\w-]+:[ \t]*(?P<link>\S.*)$", re.M)
_MARKS = re.compile(r"^[ \t]*(?:%%|<!--|-->)[ \t]*$", re.M)


def sniff(source: Input) -> float:
    """By what the JSON says of itself, or by the plug-in's property."""
    text = source.text
    if text.startswith("---"):
        body = front_matter.split(text)[1]
        return 0.97 if _PLUGIN.search(text, 0, body) else 0.0
    return 0.97 if text.lstrip().startswith("{") and _JSON.match(text[:_LOOK]) else 0.0


def read(source: Input) -> list[Document]:
    """The drawing as one note.

    Raises:
        KbError: its JSON cannot be read.
    """
    text = _of_note(source.text) if source.text.startswith("---") else _of_json(source)
    name = (name_title(source) or "").removesuffix(".excalidraw")
    note = read_note(text, name)
    title = note.title or own_title(source, text)
    document = of_note(source, IMPORTER.name, note, title, text, structure(text))
    return [replace(document, problems=(*document.problems, "left out: 1 drawing, but for its words and links"))]


def _of_note(text: str) -> str:
    """The note without its drawing: front matter, what a person wrote, the words, the links."""
    start = front_matter.split(text)[1]
    sections = list(_SECTION.finditer(text, start))
    ends = [*(section.start() for section in sections[1:]), len(text)]
    own = _NOTICE.sub("", text[start : sections[0].start() if sections else len(text)])
    parts = [_MARKS.sub("", own).strip()]
    for section, end in zip(sections, ends, strict=True):
        inner = _MARKS.sub("", text[section.end() : end]).strip("\n")
        if section["name"] == "Text Elements":
            parts += [element.strip() for element in _ELEMENT.split(inner + "\n")]
        elif section["name"] not in {"Excalidraw Data", "Drawing"}:
            parts += [_shown(link["link"].strip(), section["name"]) for link in _LINKED.finditer(inner)]
    return text[:start] + "\n" + "\n\n".join(filter(None, parts)) + "\n"


def _shown(link: str, section: str) -> str:
    """A link as it is written; a file that is drawn in is shown."""
    return f"!{link}" if section != "Element Links" and link.startswith("[[") else link


def _of_json(source: Input) -> str:
    try:
        data = loads(source.text)
    except (ValueError, RecursionError) as error:
        hint = "open it in the program that wrote it and save it"
        raise KbError(f"{source.called} is no drawing: {error}", hint) from None
    found = data.get("elements") if isinstance(data, dict) else None
    elements = (
        [one for one in found if isinstance(one, dict) and not one.get("isDeleted")] if isinstance(found, list) else []
    )
    parts = [part for element in sorted(elements, key=_place) for part in _said(element)]
    return "\n\n".join(dict.fromkeys(parts)) + "\n" if parts else ""


def _said(element: Mapping[str, object]) -> Iterator[str]:
    """The words and the link of an element of the drawing."""
    words = element.get("originalText") or element.get("rawText") or element.get("text") or element.get("name")
    if element.get("type") in ("text", "frame") and isinstance(words, str) and words.strip():
        yield words.replace("\r\n", "\n").strip()
    link = element.get("link")
    if isinstance(link, str) and link.strip():
        yield link.strip()


def _place(element: Mapping[str, object]) -> tuple[float, float]:
    at = (element.get("y"), element.get("x"))
    y, x = (float(one) if isinstance(one, int | float) and abs(one) < 1e12 else 0.0 for one in at)
    return y, x


IMPORTER = Importer(
    name="excalidraw",
    version="1",
    what="a drawing of Excalidraw, as JSON or as a note",
    recognised_by='`"type": "excalidraw"`, or the property `excalidraw-plugin`',
    gives="one: the words in it and the links on it",
    keeps="the words in it, links",
    loses="shapes, places, pictures",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='{"type":"excalidraw","version":2,"elements":[{"type":"text","text":"We count gates.","x":0,"y":0}]}',
    precedence=20,
)
