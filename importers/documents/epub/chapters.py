"""The parts of a book as one tree: addresses made unique, chapters headed as the table of contents has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from importers.decode import markup
from importers.documents.epub.package import Book, Entry, beside
from importers.documents.html.convert import parse
from importers.documents.made import Element, element
from importers.documents.trees import take_out
from importers.documents.zipped import Zipped
from kb.errors import KbError
from kb.text.strings import fold, squash

_HEADING = re.compile(r"h[1-6]")
_BLOCKS = {"p", "div", "section", "li", "header", "hgroup", "td", "blockquote"}
_NO_TEXT = {"cover": "cover", "titlepage": "title page", "toc": "table of contents", "copyright-page": "copyright page",
            "landmarks": "list of places", "page-list": "list of pages", "index": "index",
            "loi": "list of illustrations", "lot": "list of tables"}  # fmt: skip
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
_BEGINNING = 400  # characters in which a chapter says its title, where it does not head it


def read_chapters(zipped: Zipped, book: Book, left: Counter[str]) -> Element:
    """All that is text in a book, in order of reading; what is none is counted in `left`.

    Ids and addresses inside the book are `#PART-NAME`, with the number of the part.

    Raises:
        KbError: none of its parts can be read.
    """
    whole = element("div")
    numbers = {part: number for number, part in enumerate(book.parts)}
    deeper = 0
    left["chapter that is missing or no text"] += book.missing
    for part in book.parts:
        if part in book.apart:
            left[book.apart[part]] += 1
            continue
        try:
            body = _body(zipped, part, left)
        except KbError:
            left["damaged chapter"] += 1
            continue
        if body is None:
            continue
        deeper = _head(body, [one for one in book.contents if one.part == part], deeper)
        _name(body, part, numbers)
        body.tag = "div"
        body.tail = None
        body.set("id", f"{numbers[part]}-")
        whole.append(body)
    return whole


def kinds(one: Element) -> set[str]:
    """What an element says that it is: the types of EPUB 3, the roles of its successor, without their prefixes."""
    said = f"{one.get('epub:type') or ''} {one.get('role') or ''}"
    return {word.removeprefix("doc-").replace("cover-image", "cover") for word in said.lower().split()}


def _body(zipped: Zipped, part: str, left: Counter[str]) -> Element | None:
    """The body of a part without what is no text; None where nothing is left."""
    root = parse(markup(part, zipped.archive.read(part)))
    if root is None:
        raise KbError(f"{part} is nested too deep", "get the file again")
    found = root.find("body")
    body = found if found is not None else root
    for one in list(body.iter()):
        if not isinstance(one.tag, str):
            continue
        if ":" in one.tag:  # m:math
            name = one.tag.rpartition(":")[2]
            one.tag = name if name.isalnum() and name.isascii() else "span"
        what = next((_NO_TEXT[kind] for kind in kinds(one) if kind in _NO_TEXT), "")
        if one.tag in {"img", "image"} and not _is_formula(one):
            what = "picture"
        if what or "pagebreak" in kinds(one):
            if one is body:
                left[what] += 1
                return None
            left[what] += bool(what)
            take_out(one)
    if any(True for _ in body.iter("math", "svg")) or "".join(body.itertext()).strip():
        return body
    left["page without words"] += 1
    return None


def _is_formula(picture: Element) -> bool:
    """Whether a picture stands for a formula, which its words give."""
    return "math" in (picture.get("class") or "").lower() and bool((picture.get("alt") or "").strip())


def _name(body: Element, part: str, numbers: dict[str, int]) -> None:
    """Makes ids and addresses inside the book unique in the whole of it."""
    for one in body.iter():
        if not isinstance(one.tag, str):
            continue
        for key in ("id", "name"):
            if one.get(key):
                one.set("id", f"{numbers[part]}-{one.get(key)}")
        reference = one.get("href") if one.tag == "a" else None
        if reference and not _OUTSIDE.match(reference):
            to = beside(part, reference) if not reference.startswith("#") else part
            if to in numbers:
                one.set("href", f"#{numbers[to]}-{reference.partition('#')[2]}")
            else:
                del one.attrib["href"]


def _head(body: Element, entries: Sequence[Entry], deeper: int) -> int:
    """Sets the levels of headings as the contents have them; gives by how much, for the parts that follow."""
    heads = [one for one in body.iter() if isinstance(one.tag, str) and _HEADING.fullmatch(one.tag)]
    if not entries:
        _shift(heads, deeper)
        return deeper
    said = {fold(squash("".join(one.itertext()))): one for one in reversed(heads)}
    known = {entry: said[fold(entry.title)] for entry in entries if fold(entry.title) in said}
    begins = heads[0] if heads and not known and _is_first(body, heads[0]) else None
    if begins is not None:
        known = {entries[0]: begins}
    if known:
        entry, head = next(iter(known.items()))
        deeper = entry.depth - int(head.tag[1])
        _shift(heads, deeper)
    elif heads:  # of parts of the chapter, whose own title is no heading
        deeper = max(0, entries[0].depth + 1 - min(int(one.tag[1]) for one in heads))
        _shift(heads, deeper)
    for entry in entries:
        if entry not in known and (entry.fragment or not known):
            _head_with(body, entry)
    return deeper if heads else entries[-1].depth - 1


def _is_first(body: Element, head: Element) -> bool:
    """Whether no words stand before a heading."""
    for one in body.iter():
        if one is head:
            return True
        if (one.text or "").strip() or ((one.tail or "").strip() and one is not body and head not in one.iter()):
            return False
    return False


def _shift(heads: Sequence[Element], by: int) -> None:
    for one in heads:
        one.tag = f"h{min(6, max(1, int(one.tag[1]) + by))}"


def _head_with(body: Element, entry: Entry) -> None:
    """Heads a section that has no heading with what the contents say: its own line where it says that, too."""
    level = f"h{min(6, entry.depth)}"
    at = next((one for one in body.iter() if entry.fragment and one.get("id") == entry.fragment), body)
    seen = 0
    for one in at.iter() if at is body else (at, *at.itersiblings()):
        if one.tag in _BLOCKS and fold(squash("".join(one.itertext()))) == fold(entry.title):
            one.tag = level
            return
        seen += len(one.text or "") + len(one.tail or "")
        if seen > _BEGINNING:
            break
    made = element(level, entry.title)
    if at is body:
        made.tail, body.text = body.text, None
        body.insert(0, made)
        return
    while at.getparent() is not body and (above := at.getparent()) is not None and above.tag not in _BLOCKS:
        at = above
    at.addprevious(made)
