"""Running text of a LaTeXML page as Markdown: emphasis, formulas as TeX, citations, footnotes, links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit

Element: TypeAlias = Any  # lxml's element: its stubs would be a dependency for types alone

DROPPED_TAGS = frozenset({"script", "style", "noscript", "nav", "header", "footer", "dialog", "button", "form"})
DROPPED_TAGS |= {"iframe", "template", "img", "object", "video", "audio", "picture"}
DROPPED = frozenset({"ltx_page_navbar", "ltx_TOC", "ltx_page_logo", "ltx_pagination", "ltx_listing_data", "ltx_rdf"})
DROPPED |= {"ltx_bib_cited", "ltx_role_versionnotice", "ds-announcement", "package-alerts", "ar5iv-footer"}
DROPPED |= {"extra-services", "ltx_authors", "ltx_title_document"}
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "use", "image"})
_PICTURE_WORDS = 120  # characters: a picture with so much text and few shapes is a framed text
_PICTURE_SHAPES = 8

_SPACE = re.compile(r"\s+")
_SIGN = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|\*(?=\S)|(?<=\S)\*|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])|[`$]|~(?=~)|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)|(?<=%)%|\[(?=\[|\^)|\](?=\()"
)
_LINE_START = re.compile(
    r"(?P<sign>#{1,6}(?=\s|$)|[-+>](?=\s)|\|)|\d{1,9}(?P<dot>[.)])(?=\s)|(?P<open>\[)(?=[^\]]+\]:)"
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n\s*")
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_FONTS = {"ltx_font_italic": "*", "ltx_font_slanted": "*", "ltx_font_bold": "**"}


@dataclass(slots=True)
class Page:
    """What is gathered on the way through one page."""

    base: str = ""
    errors: int = 0  # commands that LaTeXML did not know
    notes: list[tuple[str, Element]] = field(default_factory=list)  # footnotes not yet written: label, content
    numbered: int = 0


def classes(element: Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split())


def is_dropped(element: Element, page: Page | None = None) -> bool:
    """Whether an element is no part of the text; counts what LaTeXML could not convert."""
    if not isinstance(element.tag, str) or element.tag in DROPPED_TAGS or element.get("id") == "modal-form":
        return True
    names = classes(element)
    if "ltx_ERROR" in names:
        if page is not None:
            page.errors += 1
        return True
    return bool(names & DROPPED) or (element.tag == "svg" and not framed_text(element))


def framed_text(svg: Element) -> bool:
    """Whether a picture is a text in a frame: much text, few shapes."""
    words = sum(len(_SPACE.sub(" ", "".join(one.itertext()))) for one in svg.iter("foreignobject", "foreignObject"))
    return words >= _PICTURE_WORDS and sum(one.tag in _SHAPES for one in svg.iter()) <= _PICTURE_SHAPES


def escaped(text: str) -> str:
    """Text that means itself: signs that Markdown would read as markup get a backslash."""
    return _SIGN.sub(lambda sign: "\\" + sign[0], _SPACE.sub(" ", text))


def paragraph(text: str) -> str:
    """Inline Markdown as a paragraph of one line."""
    text = _SPACE.sub(" ", text).strip()
    start = _LINE_START.match(text)
    if start is not None:
        at = start.start(start.lastgroup or 0)
        text = f"{text[:at]}\\{text[at:]}"
    return text


def tex(formula: Element) -> str:
    """The TeX of a formula on one line, fit to stand between dollar signs."""
    source = formula.get("alttext")
    if not source:
        annotation = next(formula.iter("annotation"), None)
        source = annotation.text if annotation is not None and annotation.text else " ".join(formula.itertext())
    source = _SPACE.sub(" ", _COMMENT.sub("", source)).strip()
    source = re.sub(r"\\displaystyle(?![A-Za-z]) ?", "", source)
    turn = iter([r"\(", r"\)"] * (source.count("$") + 1))
    return re.sub(r"(?<!\\)\$", lambda _: next(turn), source).removesuffix("\\")


def inline(element: Element, page: Page) -> str:
    """The content of an element, without its tail, as inline Markdown."""
    pieces = [escaped(element.text or "")]
    for child in element:
        if is_dropped(child, page):
            pieces.append(" " if child.tag == "br" else "")
        else:
            pieces.append(span(child, page))
        tail = escaped(child.tail or "")
        if pieces[-1].endswith("$") and tail[:1].isdigit():
            tail = " " + tail  # a digit right after it would undo the formula
        pieces.append(tail)
    return "".join(pieces)


def span(element: Element, page: Page) -> str:
    """One element with its own markup, without its tail, as inline Markdown."""
    tag, names = element.tag, classes(element)
    if tag == "math":
        source = tex(element)
        return f"${source}$" if source else ""
    if tag == "br":
        return " "
    if "ltx_note" in names:
        return _note(element, page)
    if tag == "a":
        return _link(element, page)
    if tag in {"sup", "sub"}:
        words = inline(element, page).strip()
        sign = "^" if tag == "sup" else "_"
        return f"${sign}{{{words}}}$" if re.fullmatch(r"[\w+\-,* ]{1,12}", words) else words
    if tag in {"code", "kbd"} or ("ltx_font_typewriter" in names and not len(element)):
        return _code("".join(element.itertext()))
    words = inline(element, page)
    if tag in {"td", "th", "tr", "li", "p", "div", "dd", "dt", "figcaption"} or names & {"ltx_p", "ltx_td", "ltx_tr"}:
        return f" {words} "
    mark = _EMPHASIS.get(tag) or next((_FONTS[name] for name in names if name in _FONTS), "")
    return _marked(words, mark) if mark else words


def _marked(words: str, mark: str) -> str:
    inner = words.strip()
    if not re.search(r"\w", re.sub(r"\$[^$]*\$", "", inner)) or "*" in inner or inner.endswith("\\"):
        return words
    before = words[: len(words) - len(words.lstrip())]
    return f"{before}{mark}{inner}{mark}{words[len(words.rstrip()) :]}"


def _code(words: str) -> str:
    words = _SPACE.sub(" ", words)
    if not words.strip() or "`" in words:
        return escaped(words)
    inner = words.strip()
    return f"{' ' * words[0].isspace()}`{inner}`{' ' * words[-1].isspace()}"


def _link(element: Element, page: Page) -> str:
    words, href = inline(element, page), (element.get("href") or "").strip()
    shown = words.strip()
    _, _, fragment = href.partition("#")
    if fragment.startswith("bib"):
        return words.replace(shown, f"[{_balanced(shown)}](#^{bib_label(fragment)})") if shown else ""
    if href.startswith("#") or not href:
        return words
    url = urljoin(page.base, href)
    if not url.startswith(("http://", "https://")) or _same_page(url, page.base):
        return words
    url = url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    if not shown or "".join(element.itertext()).strip() == href:
        return words.replace(shown, f"<{url}>") if shown else ""
    return words.replace(shown, f"[{_balanced(shown)}]({url})")


def _same_page(url: str, base: str) -> bool:
    here, there = urlsplit(base), urlsplit(url)
    return bool(there.fragment) and here.path.rstrip("/") == there.path.rstrip("/")


def _balanced(shown: str) -> str:
    """The text of a link: brackets in it must not end it."""
    return shown if "[" not in shown and "]" not in shown else re.sub(r"(?<!\\)([\[\]])", r"\\\1", shown)


def bib_label(identifier: str) -> str:
    """The block name of a bibliography entry: "bib.bib15" → "bib15"."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", identifier.removeprefix("bib.")).strip("-")
    return name if name.startswith("bib") else f"bib-{name}"


def _note(element: Element, page: Page) -> str:
    content = next((one for one in element.iter("span", "div") if "ltx_note_content" in classes(one)), None)
    if content is None or "ltx_role_footnotemark" in classes(element):
        mark = next((one for one in element.iter("sup") if "ltx_note_mark" in classes(one)), None)
        words = "".join(mark.itertext()).strip() if mark is not None else ""
        return f"$^{{{words}}}$" if words.isalnum() else ""
    # The mark stands in the content once more, and again as a tag.
    for one in list(content.iter("sup", "span")):
        if classes(one) & {"ltx_note_mark", "ltx_tag_note", "ltx_note_type"}:
            tail, parent = one.tail or "", one.getparent()
            if parent is not None:
                one.clear()
                one.tail = tail
    page.numbered += 1
    label = str(page.numbered)
    page.notes.append((label, content))
    return f"[^{label}]"
