"""Sections, paragraphs, lists, equations, tables, figures, theorems and listings of a LaTeXML page as Markdown blocks.

Each function gives a list of blocks; a block is a string of one or more lines and has a blank line around it.
"""

from __future__ import annotations

import re

from importers.documents.latexml.bibliography import bibliography
from importers.documents.latexml.inline import Element, Page, classes, escaped, inline, is_dropped, paragraph, span, tex
from importers.documents.latexml.table import equations, listing, table

_BLOCK_TAGS = frozenset({"section", "article", "div", "p", "ul", "ol", "dl", "table", "figure", "figcaption", "pre"})
_BLOCK_TAGS |= {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "center", "svg", "foreignobject", "aside", "main"}
_BLOCK_CLASSES = frozenset({"ltx_p", "ltx_para", "ltx_tabular", "ltx_listing", "ltx_equation", "ltx_theorem"})
_RUN_IN = frozenset({"ltx_title_theorem", "ltx_title_proof", "ltx_title_acknowledgements", "ltx_title_keywords"})
_NUMBER = re.compile(r"\d{1,9}[.)]")
_LABELS = {"ltx_keywords": "Keywords:", "ltx_classification": "", "ltx_acknowledgements": "Acknowledgements."}


def blocks(element: Element, page: Page) -> list[str]:
    """The blocks inside an element, in page order; footnotes follow the block they hang on."""
    found: list[str] = []
    run = escaped(element.text or "")  # text that stands between blocks is a paragraph too
    for child in element:
        if not is_dropped(child, page):
            if is_block(child):
                found += _text(run, page)
                run = ""
                found += _one(child, page)
            else:
                run += span(child, page)
        run += escaped(child.tail or "")
    return found + _text(run, page)


def is_block(element: Element) -> bool:
    """Whether an element stands on its own: by its kind, or because something in it does."""
    if element.tag == "math":
        return bool(element.get("display") == "block")
    if element.tag in _BLOCK_TAGS or not _BLOCK_CLASSES.isdisjoint(classes(element)):
        return True
    if "ltx_note" in classes(element):
        return False
    return any(isinstance(child.tag, str) and is_block(child) for child in element)


def _text(run: str, page: Page) -> list[str]:
    words = paragraph(run)
    return [words, *notes(page)] if words else []


def notes(page: Page) -> list[str]:
    """The definitions of the footnotes that have come up since the last call."""
    found: list[str] = []
    waiting, page.notes = page.notes, []
    for label, content in waiting:
        inside = blocks(content, page)
        found.append(_hang(f"[^{label}]: ", inside or ["–"], 4))
    return found


def _one(element: Element, page: Page) -> list[str]:
    tag, names = element.tag, classes(element)
    if tag == "math":
        source = tex(element)
        return [f"$$\n{source}\n$$"] if source else []
    if names & {"ltx_equation", "ltx_equationgroup", "ltx_eqn_table"}:
        return equations(element)
    if tag == "table" or "ltx_tabular" in names:
        return _table(element, page)
    if names & {"ltx_listing", "ltx_lstlisting"} or tag == "pre":
        return listing(element, page)
    if tag in {"ul", "ol", "dl"}:
        return _list(element, page)
    if tag == "blockquote":
        return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks(element, page)).split("\n"))]
    if re.fullmatch(r"h[1-6]", tag):
        return _heading(element, page)
    if tag == "figcaption" or "ltx_caption" in names:
        return _caption(element, page)
    if "ltx_bibliography" in names:
        return bibliography(element, page)
    if names & {"ltx_theorem", "ltx_proof"} or names & _LABELS.keys():
        return _run_in(element, page)
    if tag == "p" or "ltx_p" in names:
        if any(isinstance(child.tag, str) and is_block(child) for child in element):
            return blocks(element, page)
        return _text(inline(element, page), page)
    return blocks(element, page)


def _heading(element: Element, page: Page) -> list[str]:
    words = re.sub(r"\s+", " ", inline(element, page)).strip().replace("**", "")
    if not words:
        return []
    if classes(element) & _RUN_IN:
        return [_bold(words), *notes(page)]
    # The title of the paper is above the text: its sections are on the second level, and so is what has no rank.
    level = min(max(2, int(element.tag[1])), 6)
    return [f"{'#' * level} {words}", *notes(page)]


def _bold(words: str) -> str:
    return f"**{words}**" if "*" not in words else words


def _run_in(element: Element, page: Page) -> list[str]:
    """A theorem, a proof, the keywords: the name of the thing begins its first paragraph."""
    found = blocks(element, page)
    label = next((_LABELS[name] for name in classes(element) if name in _LABELS), "")
    titled = any(isinstance(child.tag, str) and classes(child) & {"ltx_title"} for child in element)
    if label and found and not titled:
        found[0] = f"{_bold(label)} {found[0]}"
    elif titled and len(found) > 1 and not found[1].startswith(("$$", "```", "|", "- ", "> ", "[^", "#")):
        found[:2] = [f"{found[0]} {found[1]}"]
    return found


def _caption(element: Element, page: Page) -> list[str]:
    words = paragraph(inline(element, page).replace("**", ""))
    tag = next((one for one in element if "ltx_tag" in classes(one)), None)
    name = re.sub(r"\s+", " ", escaped("".join(tag.itertext()))).strip() if tag is not None else ""
    if name and words.startswith(name):
        words = f"{_bold(name)}{words[len(name) :]}"
    return [words, *notes(page)] if words else []


def _table(element: Element, page: Page) -> list[str]:
    if element.tag == "table" and not classes(element) & {"ltx_tabular"} and any(element.iter("figure", "section")):
        return blocks(element, page)
    found = table(element, page)
    return [found, *notes(page)] if found else []


def _list(element: Element, page: Page) -> list[str]:
    items: list[str] = []
    term = ""
    for child in element:
        if is_dropped(child, page):
            continue
        tag = next((one for one in child if "ltx_tag_item" in classes(one) or "ltx_tag" in classes(one)), None)
        label = ""
        if tag is not None:
            label = paragraph(inline(tag, page).replace("**", "")).replace("\\", "")
            tail = tag.tail or ""
            child.remove(tag)
            child.text = (child.text or "") + tail
        if child.tag == "dt":
            term = label or paragraph(inline(child, page))
            continue
        label, term = label or term, ""
        described = element.tag == "dl" or "ltx_description" in classes(element)
        items.append(_item(label, blocks(child, page), described=described))
    if term:
        items.append(f"- {_bold(term)}")
    return ["\n".join(items)] if items else []


def _item(label: str, inside: list[str], *, described: bool) -> str:
    if _NUMBER.fullmatch(label):
        marker = f"{label} "
    elif re.search(r"\w", label):
        marker = "- "
        shown = _bold(label) if described else label
        if inside and not inside[0].startswith(("$$", "```", "|", "- ", "> ")):
            inside = [f"{shown} {inside[0]}", *inside[1:]]
        else:
            inside = [shown, *inside]
    else:
        marker = "- "
    return _hang(marker, inside or [""], len(marker)).rstrip()


def _hang(marker: str, inside: list[str], indent: int) -> str:
    """Blocks below a marker: the first on its line, the others indented."""
    lines = "\n\n".join(inside).split("\n")
    return "\n".join([marker + lines[0], *(" " * indent + line if line else "" for line in lines[1:])])
