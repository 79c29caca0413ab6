"""Blocks: headings, paragraphs, lists, quotes, code, tables, figures and what forums add, each as Markdown lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from importers.documents.html import footnotes as footnotes
from importers.documents.html import inline as running
from importers.documents.html import marks as marks
from importers.documents.html.inline import Page, Piece
from importers.documents.html.table import table

_BLOCK_TAGS = (
    "p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table "
    "figure figcaption hr details summary form fieldset address center html body hgroup legend menu tbody thead tr td "
    "th oembed iframe video audio"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())
_NUMBER_LEFT = re.compile(r"^(?:\\?\[\s*\\?\]|\*{0,2}\\?[\^↑]\*{0,2}|[:：]|[)\].]+(?=\s))\s*")
"""What stands around the number of a footnote, once that is gone."""
_DEEPEST = 60
"""Containers inside containers; below that only the words count."""


def blocks(element: etree._Element, page: Page, depth: int = 0) -> list[str]:
    """What stands inside an element, one Markdown block after the other, without empty lines between them."""
    found: list[str] = []
    run: list[Piece] = [Piece("text", element.text)] if element.text else []
    for child in element:
        if _is_block(child, page):
            found += paragraphs(run)
            run = []
            found += _block(child, page, depth + 1)
        else:
            run += running.inline(child, page, 0)
        if child.tail:
            run.append(Piece("text", child.tail))
    return found + paragraphs(run)


def paragraphs(run: list[Piece]) -> list[str]:
    """Running text as paragraphs."""
    if not any(piece.value.strip() for piece in run):
        return []
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n+", running.render(run)) if part.strip()]


def _is_block(element: etree._Element, page: Page) -> bool:
    if not isinstance(element.tag, str) or marks.hidden(element):
        return False
    if element in page.apart and element.tag != "a":
        return marks.formula(element) is None and footnotes.note_label(element, page.notes) is None
    return element.tag in BLOCKS or marks.llm_model(element) is not None


def _block(element: etree._Element, page: Page, depth: int) -> list[str]:
    tag = str(element.tag)
    if footnotes.is_back_link(element, page.notes):
        return []
    if depth > _DEEPEST:
        return paragraphs([Piece("text", " ".join(running.words(element)))])
    if element in page.notes.definitions:
        return _note(element, page, depth)
    if marks.formula(element) is not None:
        return paragraphs(running.inline(element, page, 0))
    if re.fullmatch("h[1-6]", tag):
        return _heading(element, page, int(tag[1]))
    if (said := marks.dialogue_speaker(element)) is not None:
        return _message(element, page, depth, *said)
    if marks.is_spoiler(element):
        return _spoiler(element, page, depth)
    if (model := marks.llm_model(element)) is not None:
        return [quoted([f"[!llm] {model}", *blocks(element, page, depth)], "\n")]
    if marks.is_details(element):
        return _details(element, page, depth)
    if tag in {"ul", "ol", "menu"}:
        return _list(element, page, depth)
    if tag == "blockquote":
        inside = blocks(element, page, depth)
        return [quoted(inside)] if inside else []
    if tag == "pre":
        return _code(element)
    if tag == "table":
        return table(element, page)
    if tag == "hr":
        return ["* * *"]
    if tag == "figure":
        return _figure(element, page, depth)
    if found := marks.embed(element):
        return paragraphs(running.embedded(element, page, *found))
    return blocks(element, page, depth)


def quoted(inside: list[str], after_first: str = "\n\n") -> str:
    """Blocks as a block quote."""
    if not inside:
        return ""
    body = inside[0] + (after_first + "\n\n".join(inside[1:]) if len(inside) > 1 else "")
    return "\n".join(f"> {line}" if line else ">" for line in body.split("\n"))


def indented(block: str, width: int) -> str:
    """A block moved right, so that it belongs to the list item or footnote above."""
    return "\n".join(" " * width + line if line else "" for line in block.split("\n"))


def _heading(element: etree._Element, page: Page, level: int) -> list[str]:
    # A heading is bold as it is.
    text = " ".join(running.render(running.children(element, page, 0, frozenset({"**", "line"}))).split())
    if not text:
        return []
    text = re.sub(r"(\s)(#+)$", r"\1\\\2", text)
    text = re.sub(r"^\\(?=[#+>-])|^(\d+)\\(?=[.)])", r"\1", text)  # no line begins after the signs
    return [f"{'#' * level} {text}"]


def _message(element: etree._Element, page: Page, depth: int, name: str, header: etree._Element | None) -> list[str]:
    """A dialogue's message: the speaker's name stands before its first words, as `__Name:__`."""
    if header is not None and (above := header.getparent()) is not None:
        place = above.index(header)
        before = above[place - 1] if place else None
        if header.tail and before is not None:
            before.tail = (before.tail or "") + header.tail
        elif header.tail:
            above.text = (above.text or "") + header.tail
        above.remove(header)
    inside = blocks(element, page, depth)
    speaker = "__" + re.sub(r"([\\`*_\[\]<>])", r"\\\1", name) + ":__"
    if inside and inside[0][:1] not in "#>-|!`$*[" and not re.match(r"\d+[.)] ", inside[0]):
        return [f"{speaker} {inside[0]}", *inside[1:]]
    return [speaker, *inside]


def _spoiler(element: etree._Element, page: Page, depth: int) -> list[str]:
    lines = [line for block in blocks(element, page, depth) for line in [*block.split("\n"), ""]]
    return ["\n".join(f">! {line}" if line else ">" for line in lines[:-1])] if lines else []


def _details(element: etree._Element, page: Page, depth: int) -> list[str]:
    title = marks.details_title(element)
    shown = ""
    if title is not None:
        shown = " ".join(running.render(running.children(title, page, 0, frozenset({"line"}))).split())
    inside = [part for child in _around(element, title, page, depth) for part in child]
    return [quoted([f"[!details]- {shown}".rstrip(), *inside], "\n")]


def _around(element: etree._Element, title: etree._Element | None, page: Page, depth: int) -> Iterator[list[str]]:
    """What a collapsible holds besides its title."""
    run: list[Piece] = [Piece("text", element.text)] if element.text else []
    for child in element:
        if child is not title:
            if _is_block(child, page):
                yield paragraphs(run)
                run = []
                yield _block(child, page, depth + 1)
            else:
                run += running.inline(child, page, 0)
        if child.tail:
            run.append(Piece("text", child.tail))
    yield paragraphs(run)


def _note(element: etree._Element, page: Page, depth: int) -> list[str]:
    inside = blocks(element, page, depth)
    first, *rest = inside or [""]
    first = _NUMBER_LEFT.sub("", first)
    lines = first.split("\n")
    head = f"[^{page.notes.definitions[element]}]: {lines[0]}"
    following = "".join(f"\n{indented(line, 4)}" for line in lines[1:])
    return [head + following + "".join(f"\n\n{indented(block, 4)}" for block in rest)]


def _list(element: etree._Element, page: Page, depth: int) -> list[str]:
    if any(child in page.notes.definitions for child in element):
        return blocks(element, page, depth)
    ordered = element.tag == "ol"
    number = _number(element.get("start"), 1)
    items: list[list[str]] = []
    heads: list[str] = []
    if element.text and element.text.strip():  # text straight in a list
        items.append(paragraphs([Piece("text", element.text)]))
        heads.append("-")
    for child in element:
        if marks.hidden(child):
            inside: list[str] = []
        elif child.tag == "li":
            inside = blocks(child, page, depth + 1)
            if ordered:
                number = _number(child.get("value"), number)
            if inside:
                items.append([marks.box(child) + inside[0], *inside[1:]])
                heads.append(f"{number}." if ordered else "-")
            number += 1
        elif child.tag in {"ul", "ol"} and items:
            items[-1] += _block(child, page, depth + 1)  # a list straight in a list belongs to the item above
        else:
            stray = _block(child, page, depth + 1) if _is_block(child, page) else None
            inside = stray if stray is not None else paragraphs(running.inline(child, page, 0))
            if inside:
                items.append(inside)
                heads.append("-")
        if child.tail and child.tail.strip():
            tail = paragraphs([Piece("text", child.tail)])
            if items:
                items[-1] += tail
            else:
                items.append(tail)
                heads.append("-")
    if not items:
        return []
    if ordered and any((head.startswith("-") and head != "-") or len(head) > 10 for head in heads):
        # Markdown has no lists that begin below nought.
        return [
            part for head, inside in zip(heads, items, strict=True) for part in (f"{head} {inside[0]}", *inside[1:])
        ]
    tight = all(len(inside) == 1 or all(_is_list(block) for block in inside[1:]) for inside in items)
    written = [_item(head, inside, tight) for head, inside in zip(heads, items, strict=True)]
    return [("\n" if tight else "\n\n").join(written)]


def _item(head: str, inside: list[str], tight: bool) -> str:
    width = len(head) + 1
    first, *rest = (indented(block, width) for block in inside)
    gap = "\n" if tight else "\n\n"
    return head + " " + first[width:] + "".join(gap + block for block in rest)


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:-|\d+\.) ", block))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,9}\s*", text) else default


def _code(element: etree._Element) -> list[str]:
    for line in element.iter("br"):
        line.tail = "\n" + (line.tail or "")
    content = "".join(element.itertext()).strip("\n").replace("\xa0", " ")
    if not content.strip():
        return []
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    fence = "`" * (longest + 1)
    named = [element.get("class") or "", *(child.get("class") or "" for child in element)]
    language = re.search(r"\blanguage-([\w+#-]+)", " ".join(named))
    name = language[1] if language and language[1] not in {"plaintext", "none"} else ""
    return [f"{fence}{name}\n{content}\n{fence}"]


def _figure(element: etree._Element, page: Page, depth: int) -> list[str]:
    caption = element.find("figcaption")
    found = list(_around(element, caption, page, depth))
    inside = [block for part in found for block in part]
    if caption is None:
        return inside
    said = paragraphs(running.children(caption, page, 0))
    if len(inside) == 1 and said and re.fullmatch(r"\[?!\[[^\n]*\)", inside[0]):
        return [f"{inside[0]}\n{said[0]}", *said[1:]]
    return inside + said
