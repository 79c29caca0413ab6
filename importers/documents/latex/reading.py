"""A prepared LaTeX source as blocks: its body with notes at the end, and its title."""

from __future__ import annotations

import re

from pylatexenc import latexwalker as tree

from importers.documents.latex.blocks import write
from importers.documents.latex.literal import groups
from importers.documents.latex.runs import Writing, words
from importers.documents.latex.source import Source
from importers.documents.made import Element
from kb.text.strings import squash

_TITLE = re.compile(r"\\(?:title|icmltitle|Title)\*?\s*(?:\[[^\]]*\]\s*)?(?=\{)")
_ITEM = re.compile(r"\\bibitem\s*(?:\[(?P<label>(?:[^\[\]{}]|\{[^{}]*\})*)\])?\s*\{(?P<key>[^{}]+)\}")
_ABSTRACT = re.compile(r"\\abstract\s*(?=\{)")


def body_of(source: Source) -> list[Element]:
    """The blocks of the body.

    Raises:
        RecursionError: it is nested deeper than can be followed.
    """
    writing = Writing(source.aside, source.theorems, source.left, write=write)
    body = _abstract(source.preamble) + _abstract(source.body, take=True) or source.body
    for number, found in enumerate(_ITEM.finditer(body), start=1):
        writing.entries[squash(found["key"])] = _label(found["label"], number)
    nodes = writing.parsed(body)
    writing.chapters = any(isinstance(one, tree.LatexMacroNode) and one.macroname == "chapter" for one in nodes)
    blocks = write(nodes, writing, 0)
    return [*blocks, *writing.notes]


def title_of_source(text: str, source: Source) -> str:
    """The title that a source gives itself; "" where it gives none."""
    found = _TITLE.search(text)
    end = groups(text).get(found.end(), -1) if found else -1
    if found is None or end < 0:
        return ""
    writing = Writing(source.aside, source.theorems, source.left.copy(), write=write)
    inside = re.sub(r"\\thanks\s*\{[^{}]*\}|\\footnote\s*\{[^{}]*\}", "", text[found.end() + 1 : end - 1])
    return words(writing.parsed(inside), writing)


def _abstract(text: str, *, take: bool = False) -> str:
    """The abstract that a command gives (`\\abstract{…}`) as the environment, before the rest where that is taken."""
    found = _ABSTRACT.search(text)
    end = groups(text).get(found.end(), -1) if found else -1
    if found is None or end < 0:
        return text if take else ""
    inside = rf"\begin{{abstract}}{text[found.end() + 1 : end - 1]}\end{{abstract}}"
    return inside + (text[: found.start()] + text[end:] if take else "")


def _label(given: str | None, number: int) -> str:
    """How a work is cited: what natbib says of it, else the label of its entry, else its number."""
    said = squash(re.sub(r"[{}]|\\[a-zA-Z]+\s*", "", (given or "").split("(")[0].replace("~", " ")))
    year = re.search(r"\((\d{4}[a-z]?)", given or "")
    return squash(f"{said} {year[1] if year else ''}") or str(number)
