"""The forms of feeds as one: XML that is well-formed or only nearly, and JSON Feed, as a tree of elements."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring

from importers.base import Input
from importers.exports.parsing import read_json, read_xml, root_tag
from kb.errors import KbError

ROOTS = {"rss", "feed", "rdf:rdf", "opml"}
_JSON = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_LOOK = 20_000  # characters that tell
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
_LOOSE = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)")


def looks_so(text: str) -> bool:
    """Whether a text is a feed or a list of feeds, by its outermost element or the name of its form."""
    bare = text.lstrip("\ufeff \t\r\n")
    if bare.startswith("{"):
        return _JSON.search(bare[:_LOOK]) is not None
    return bare.startswith("<") and root_tag(bare) in ROOTS


def tree(source: Input) -> tuple[Element, list[str]]:
    """The outermost element of a feed, and what was odd. JSON Feed comes in the names of Atom.

    Raises:
        KbError: there is no feed in it, or it declares entities.
    """
    if source.text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _of_json(source), []
    try:
        return read_xml(source), []
    except KbError as error:
        if "entities" in error.message:
            raise
        mended = _mended(source.text)
        if mended is None:
            raise
        return mended, [f"{error.message}: read as far as it goes"]


def _mended(text: str) -> Element | None:
    """What can be read of broken XML: named signs of HTML, loose ampersands, missing and crossed ends."""
    from lxml import etree

    text = _ENTITY.sub(lambda found: html.escape(html5.get(found[1], f"&{found[1]}")), text.lstrip("\ufeff \t\r\n"))
    text = re.sub(r"\A<\?xml[^>]*\?>", "", _LOOSE.sub("&amp;", text))
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode(), parser)
        return fromstring(etree.tostring(root)) if root is not None and len(root) else None
    except (etree.XMLSyntaxError, ParseError, ValueError, RecursionError):
        return None


def _of_json(source: Input) -> Element:
    value = read_json(source)
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise KbError(f"{source.called} holds no items", "a feed may be empty for a while; try again later")
    root = Element("feed")
    _say(root, "title", value.get("title"))
    _say(root, "subtitle", value.get("description"))
    for item in value["items"]:
        if isinstance(item, dict):
            _entry(SubElement(root, "entry"), item)
    return root


def _entry(entry: Element, item: Mapping[str, Any]) -> None:
    _say(entry, "id", str(item.get("id") or ""))
    _say(entry, "title", item.get("title"))
    address = item.get("url") or item.get("external_url")
    if isinstance(address, str):
        SubElement(entry, "link", {"href": _clean(address)})
    words = item.get("content_text")
    parts = re.split(r"\n\s*\n", words) if isinstance(words, str) else []
    plain = "".join(f"<p>{html.escape(part)}</p>" for part in parts if part.strip())
    _say(entry, "content", item.get("content_html") or plain)
    _say(entry, "summary", item.get("summary"))
    _say(entry, "published", item.get("date_published") or item.get("date_modified"))
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    for person in people or []:
        if isinstance(person, dict) and _is(person.get("name")):
            _say(SubElement(entry, "author"), "name", person["name"])
    for tag in item["tags"] if isinstance(item.get("tags"), list) else []:
        _say(entry, "category", tag)


def _is(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _say(element: Element, name: str, words: object) -> None:
    if isinstance(words, str) and words.strip():
        SubElement(element, name).text = _clean(words)


def _clean(words: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", words)
