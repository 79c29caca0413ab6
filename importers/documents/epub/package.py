"""The package of an EPUB (OCF 3, OPF 2 and 3): what a book is, its chapters in the order of reading, their titles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from importers.documents.zipped import Zipped, attribute, child, local
from kb.errors import KbError
from kb.model import isbn
from kb.text.strings import squash, unique

_CONTAINER = "META-INF/container.xml"
_OBFUSCATED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts that are scrambled: no text is."""
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_WRITERS = {"", "aut", "author", "dub", "cre"}
_EDITORS = {"edt", "editor", "com"}
_SUFFIX = re.compile(r"(?:jr|sr|esq|inc|ltd|llc|co|corp|gmbh|ph\.?d|m\.?d)\.?|i{2,3}|iv|v", re.I)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/\S+)", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: what it says, how deep it stands (from 1), and where it leads."""

    title: str
    depth: int
    part: str
    fragment: str


@dataclass(slots=True)
class Book:
    """What a package says: people as they are named there, `parts` the files of the text in order of reading."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    isbn: str = ""
    doi: str = ""
    subjects: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    contents: list[Entry] = field(default_factory=list)
    missing: int = 0  # parts that are not there, or no text
    apart: dict[str, str] = field(default_factory=dict)
    """Parts that are no text of the book, with what they are: cover, title page, table of contents."""


def open_book(zipped: Zipped) -> Book:
    """The package of a book.

    Raises:
        KbError: there is none, it is damaged, or its text is encrypted.
    """
    _refuse_locked(zipped)
    container = zipped.xml(_CONTAINER)
    files = (
        [attribute(one, "full-path") for one in container.iter() if local(one) == "rootfile"]
        if container is not None
        else []
    )
    place = next((name for name in files if zipped.has(name)), "") or next(
        (name for name in zipped.archive.names if name.endswith(".opf")), ""
    )
    root = zipped.xml(place) if place else None
    if root is None:
        raise KbError(f"{zipped.name} is no EPUB: it has no package", "get the file again")
    book = Book()
    _metadata(child(root, "metadata"), book)
    items = {attribute(one, "id"): one for one in root.iter() if local(one) == "item"}
    places = {name: beside(place, attribute(one, "href")) for name, one in items.items()}
    for one in root.iter():
        name = attribute(one, "idref") if local(one) == "itemref" else ""
        if not name:
            continue
        if name in items and attribute(items[name], "media-type") in _PAGES and zipped.has(places[name]):
            book.parts.append(places[name])
        else:
            book.missing += 1
    book.parts = list(unique(book.parts))
    for one in root.iter():
        if local(one) == "reference":  # the guide of EPUB 2
            _apart(attribute(one, "type"), beside(place, attribute(one, "href")), book)
    for name, one in items.items():
        if "nav" in attribute(one, "properties").split():
            book.apart[places[name]] = "table of contents"
            _nav(zipped, places[name], book)
    ncx = next(
        (places[n] for n, one in items.items() if attribute(one, "media-type") == "application/x-dtbncx+xml"), ""
    )
    if not book.contents and ncx and zipped.has(ncx):
        _ncx(zipped, ncx, book)
    return book


def _refuse_locked(zipped: Zipped) -> None:
    found = zipped.xml("META-INF/encryption.xml")
    methods = (
        [attribute(one, "Algorithm") for one in found.iter() if local(one) == "EncryptionMethod"]
        if found is not None
        else []
    )
    if any(method not in _OBFUSCATED for method in methods) or zipped.has("META-INF/sinf.xml"):
        what = f"{zipped.name} is locked: its text is encrypted for one reader (DRM)"
        raise KbError(
            what, "read it in the program it was bought for; highlights of a Kindle, Kobo or Apple Books can be added"
        )


def _metadata(found: etree._Element | None, book: Book) -> None:
    if found is None:
        return
    roles = {
        attribute(one, "refines").lstrip("#"): (one.text or "").strip()
        for one in found
        if local(one) == "meta" and attribute(one, "property") == "role"
    }
    main = {
        attribute(one, "refines").lstrip("#")
        for one in found
        if local(one) == "meta" and attribute(one, "property") == "title-type" and squash(one.text or "") == "main"
    }
    titles: list[str] = []
    people: list[tuple[str, str]] = []
    dates: list[tuple[str, str]] = []
    for one in found.iter():
        name, words = local(one), squash(one.text or "")
        if not words:
            continue
        if name == "title":
            titles.insert(0 if attribute(one, "id") in main else len(titles), words)
        elif name == "creator":
            role = attribute(one, "role") or roles.get(attribute(one, "id"), "")
            people.append((role.lower(), words))
        elif name == "date":
            dates.append((attribute(one, "event"), words))
        elif name == "identifier":
            book.isbn = book.isbn or (isbn.read(words) or "")
            book.doi = book.doi or (doi["doi"] if (doi := _DOI.fullmatch(words)) else "")
        elif name == "subject":
            book.subjects.append(words)
    book.title = titles[0] if titles else ""
    wrote = [words for role, words in people if role in _WRITERS] or [
        words for role, words in people if role in _EDITORS
    ]
    book.authors = [_in_order(part) for words in wrote for part in _people(words)]
    told = dict(reversed(dates))
    plain = [words for event, words in dates if event not in {"modification", "conversion"}]
    book.published = told.get("original-publication") or told.get("publication") or (plain[0] if plain else "")
    if book.published.startswith("0101-"):  # what Calibre writes where it knows none
        book.published = ""


def _people(words: str) -> list[str]:
    """The names in one entry: "Moss, Ada and Lind, Bo" are two."""
    parts = [part for part in re.split(r"\s*[;&]\s*|, and ", words) if part]
    turned = [re.split(r"\s+and\s+", part) for part in parts]
    return [name for part, names in zip(parts, turned, strict=True)
            for name in (names if len(names) > 1 and all("," in one for one in names) else [part])]  # fmt: skip


def _in_order(name: str) -> str:
    """A name as it is spoken: "Moss, Ada" is Ada Moss."""
    found = re.fullmatch(r"([^,]{2,40}), ([^,]{2,40})(?:, ([^,]{1,10}))?", name)
    if found is None or _SUFFIX.fullmatch(found[2]):
        return name
    return f"{found[2]} {found[1]}" + (f", {found[3]}" if found[3] else "")


def beside(place: str, reference: str) -> str:
    """The path of a file that another one names."""
    path = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), path)) if path else place


def _apart(kind: str, part: str, book: Book) -> None:
    known = {"cover": "cover", "title-page": "title page", "titlepage": "title page", "toc": "table of contents",
             "copyright-page": "copyright page", "loi": "list of illustrations", "lot": "list of tables"}  # fmt: skip
    if what := known.get(kind.lower().removeprefix("other.")):
        book.apart.setdefault(part, what)


def _nav(zipped: Zipped, place: str, book: Book) -> None:
    root = zipped.xml(place)
    for nav in root.iter() if root is not None else ():
        if local(nav) != "nav":
            continue
        kinds = attribute(nav, "type").split()
        if "toc" in kinds:
            book.contents = list(_listed(nav, place, 0))
        elif "landmarks" in kinds:
            for one in nav.iter():
                if local(one) == "a":
                    _apart(attribute(one, "type"), beside(place, attribute(one, "href")), book)


def _listed(element: etree._Element, place: str, depth: int) -> Iterator[Entry]:
    for one in element:
        name = local(one)
        if name == "a" and attribute(one, "href"):
            yield _entry("".join(one.itertext()), depth, place, attribute(one, "href"))
        elif name:
            yield from _listed(one, place, depth + (name == "ol"))


def _ncx(zipped: Zipped, place: str, book: Book) -> None:
    root = zipped.xml(place)
    below = [one for one in root.iter() if local(one) == "navMap"] if root is not None else []
    for point in below[0].iter() if below else ():
        if local(point) == "navPoint":
            words, content = child(point, "navLabel", "text"), child(point, "content")
            depth = 1 + sum(local(above) == "navPoint" for above in point.iterancestors())
            if content is not None and words is not None:
                book.contents.append(_entry(words.text or "", depth, place, attribute(content, "src")))


def _entry(words: str, depth: int, place: str, reference: str) -> Entry:
    return Entry(squash(words), max(1, depth), beside(place, reference), unquote(reference.partition("#")[2]))
