"""Running text: inline elements of HTML to the Markdown of one or more paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml import etree

from importers.documents.html import footnotes as footnotes
from importers.documents.html import marks as marks
from importers.documents.html.escape import destination, escape

MAX_DEPTH = 150
"""Deeper elements give their bare words: Python's stack is not endless."""

_SPACE = re.compile(r"[ \t\n\r\f\v\xa0\u2007\u202f]+")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~", "cite": "*"}
_SCRIPT = {"sub": "~", "sup": "^"}
_CODE = {"code", "kbd", "samp", "tt"}
_APART_TAGS = "p div li ul ol table tr td th h1 h2 h3 h4 h5 h6 blockquote pre figure figcaption section dt dd"
_SET_APART = frozenset(_APART_TAGS.split())


@dataclass(frozen=True)
class Page:
    """What is the same for a whole document."""

    base_url: str
    notes: footnotes.Notes
    apart: frozenset[etree._Element] | set[etree._Element]  # elements with a block somewhere inside


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of running text: `text` that means itself, `raw` Markdown, a mark that opens or closes."""

    kind: Literal["text", "raw", "open", "close"]
    value: str


_IS_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|tiff?|bmp)(?:[?#]|$)", re.I)

BREAK = Piece("raw", "\n")


def render(pieces: Iterable[Piece], *, cell: bool = False) -> str:
    """The pieces as Markdown; paragraphs are parted by an empty line."""
    joined = _joined(list(pieces))
    text, literal = "", bytearray()
    for number, piece in enumerate(joined):
        value = piece.value
        if piece.kind == "text":
            value = _SPACE.sub(" ", value)
            if not text or text[-1] in " \n":
                value = value.lstrip(" ")
        elif value.startswith("\n"):
            stripped = text.rstrip(" ")
            text, literal = stripped, literal[: len(stripped)]
        elif piece.kind == "close":
            # A mark between a full stop and a letter does not close: the stop goes behind the mark.
            following = joined[number + 1] if number + 1 < len(joined) else None
            if following and following.kind == "text" and following.value[:1].isalnum():
                bare = text.rstrip(".,:;!?)\"'”’")
                if bare != text and bare and not bare.endswith("*") and literal[len(bare) - 1]:
                    value, text, literal = value + text[len(bare) :], bare, literal[: len(bare)]
        text += value
        literal += (b"\1" if piece.kind == "text" else b"\0") * len(value)
    start = len(text) - len(text.lstrip())
    text = text.rstrip()
    return escape(text[start:], literal[start : len(text)], cell=cell, first=not cell)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without marks that close only to open again."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.kind == "open" and joined and joined[-1] == Piece("close", piece.value):
            joined.pop()
        elif piece.value:
            joined.append(piece)
    return joined


def children(element: etree._Element, page: Page, depth: int = 0, active: frozenset[str] = frozenset()) -> list[Piece]:
    """What stands inside an element, as running text."""
    pieces = [Piece("text", element.text)] if element.text else []
    for child in element:
        pieces += inline(child, page, depth + 1, active)
        if child.tail:
            pieces.append(Piece("text", child.tail))
    return pieces


def inline(element: etree._Element, page: Page, depth: int, active: frozenset[str] = frozenset()) -> list[Piece]:
    """One inline element without its tail."""
    if marks.hidden(element) or footnotes.is_back_link(element, page.notes):
        return []
    if (formula := marks.formula(element)) is not None:
        return [_formula(formula, inside=bool(active))]
    if (label := footnotes.note_label(element, page.notes)) is not None:
        return [Piece("raw", f"[^{label}]")]
    if (keys := element.get("data-citekeys")) is not None:
        return [Piece("raw", f"[{'; '.join(f'@{key}' for key in keys.split())}]")]
    if depth > MAX_DEPTH:
        return [Piece("text", " ".join(words(element)))]
    tag = str(element.tag)
    if tag == "br":
        return [Piece("raw", " ")] if "line" in active else [BREAK]
    if tag == "img":
        return image(element, page)
    if tag == "picture" and (shown := next(element.iter("img"), None)) is not None:
        return image(shown, page)  # the parser takes it for a part of the `source` before it
    if tag in _CODE:
        return _code("".join(element.itertext()))
    if found := marks.embed(element):
        return embedded(element, page, *found)
    if tag == "a" and element.get("href"):
        return _link(element, page, depth, active)
    if tag == "q":
        return [Piece("text", "“"), *children(element, page, depth, active), Piece("text", "”")]
    if (mark := _MARKS.get(tag) or _SCRIPT.get(tag)) and mark not in active:
        return _wrapped(children(element, page, depth, active | {mark}), mark)
    inner = children(element, page, depth, active)
    if tag in _SET_APART:
        return [Piece("text", " "), *inner, Piece("text", " ")]
    return inner


def words(element: etree._Element) -> list[str]:
    """The visible words of an element, however deep, without markup."""
    found: list[str] = []
    skipped: etree._Element | None = None
    for event, at in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if skipped is None and marks.hidden(at):
                skipped = at
            elif skipped is None and at.text:
                found += at.text.split()
            continue
        if at is skipped:
            skipped = None
        if skipped is None and at is not element and at.tail:
            found += at.tail.split()
    return found


def _wrapped(pieces: list[Piece], mark: str) -> list[Piece]:
    """The pieces between marks: on each line of its own, blanks outside."""
    found: list[Piece] = []
    line: list[Piece] = []
    for piece in [*pieces, BREAK]:
        if piece.kind == "raw" and piece.value.startswith("\n"):
            found += [*_marked(line, mark), piece]
            line = []
        else:
            line.append(piece)
    return found[:-1]


def _marked(line: list[Piece], mark: str) -> list[Piece]:
    before: list[Piece] = []
    after: list[Piece] = []
    while line and not line[0].value.strip(" \t\n\r\f\xa0"):
        before.append(line.pop(0))
    while line and not line[-1].value.strip(" \t\n\r\f\xa0"):
        after.insert(0, line.pop())
    if not line:
        return [*before, *after]
    first, last = line[0], line[-1]
    if first.kind == "text" and first.value[0] in " \t\n\r\f\xa0":
        before.append(Piece("text", " "))
        line[0] = Piece("text", first.value.lstrip())
    if line[-1].kind == "text" and last.value[-1] in " \t\n\r\f\xa0":
        after.insert(0, Piece("text", " "))
        line[-1] = Piece("text", line[-1].value.rstrip())
    return [*before, Piece("open", mark), *line, Piece("close", mark), *after]


def _formula(formula: marks.Formula, *, inside: bool) -> Piece:
    if formula.display and not inside:
        return Piece("raw", f"\n\n$$\n{formula.tex}\n$$\n\n")
    tex = " ".join(formula.tex.split())
    return Piece("raw", f"$${tex}$$" if formula.display else f"${tex}$")


def _code(content: str) -> list[Piece]:
    content = _SPACE.sub(" ", content)
    if not content.strip():
        return [Piece("text", content)]
    fence = "`"
    while fence in content:
        fence += "`"
    pad = " " if content[0] == "`" or content[-1] == "`" else ""
    return [Piece("raw", f"{fence}{pad}{content.strip()}{pad}{fence}")]


def _link(element: etree._Element, page: Page, depth: int, active: frozenset[str]) -> list[Piece]:
    pieces = children(element, page, depth, active | {"link", "line"})
    url = absolute(element.get("href") or "", page)
    if "link" in active or not url or not any(p.value.strip() for p in pieces):
        return pieces
    shown = render(pieces, cell=False)
    if _IS_PICTURE.search(url) and re.fullmatch(r"!\[[^\n]*\)", shown):
        return pieces  # the same picture in large
    if shown == url and not re.search(r"[\s<>]", url):
        return [Piece("raw", f"<{url}>")]
    if shown.count("[") != shown.count("]"):
        shown = re.sub(r"(?<!\\)([\[\]])", r"\\\1", shown)
    shown = re.sub(r"^\\(?=[#+>.-])|^(\d+)\\(?=[.)])", r"\1", shown)  # no line begins here
    link = [Piece("raw", f"[{' '.join(shown.split())}]({destination(url)})")]
    if pieces[0].value[:1].isspace():
        link.insert(0, Piece("text", " "))
    if pieces[-1].value[-1:].isspace():
        link.append(Piece("text", " "))
    return link


def absolute(url: str, page: Page) -> str:
    """The address resolved against the page; one inside the page stays as it is; "" where it leads nowhere."""
    url = url.strip()
    if url.startswith("#"):
        return url if len(url) > 1 else ""
    try:
        url = urljoin(page.base_url, url) if page.base_url else url
        scheme = urlsplit(url).scheme.lower()
    except ValueError:  # "http://[broken"
        return ""
    return "" if scheme in {"javascript", "data", "about", "blob"} else url


def image(element: etree._Element, page: Page) -> list[Piece]:
    """A picture: its address and what is said in its place."""
    alt = " ".join((element.get("alt") or "").split())
    source = element.get("src") or ""
    if not source or source.startswith("data:"):
        source = element.get("data-src") or (element.get("srcset") or "").split(" ")[0] or source
    url = absolute(source, page)
    if not url or url.startswith("#"):
        return [Piece("text", alt)] if alt else []
    shown = re.sub(r"([\[\]\\])", r"\\\1", alt)
    return [Piece("raw", f"![{shown}]({destination(url)})")]


def embedded(element: etree._Element, page: Page, source: str, title: str) -> list[Piece]:
    """A link to what an embed shows, and the words it holds itself."""
    url = absolute(source, page) or page.base_url
    inner = children(element, page, MAX_DEPTH - 2) if element.tag not in {"iframe", "embed"} else []
    if not url:
        return inner
    said = "".join(piece.value for piece in inner).strip()
    shown = title or urlsplit(url).netloc or url
    link = Piece("raw", f"[{re.sub(r'[][]', '', shown)}]({destination(url)})")
    return [*inner, Piece("text", " "), link] if said else [link]
