"""The blocks of a LaTeX source: sections, lists, quotes, theorems, tables, code, the list of references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pylatexenc import latexwalker as tree

from importers.documents.latex import commands
from importers.documents.latex.runs import (
    DEEPEST,
    LISTED,
    Node,
    Writing,
    formula_of,
    given,
    inline,
    parts_paragraphs,
    say,
    verbatim,
    words,
)
from importers.documents.latexml.inline import bib_label
from importers.documents.made import Element, code, element, put
from kb.text.strings import squash

_BLANK = re.compile(r"\n[ \t]*\n")
_LISTS = {"itemize": "ul", "enumerate": "ol", "compactitem": "ul", "compactenum": "ol", "inparaenum": "ol"}
_QUOTES = {"quote", "quotation", "displayquote", "verse", "epigraph"}
_TABLES = {"tabular", "tabular*", "tabularx", "tabulary", "longtable", "array"}


@dataclass(slots=True)
class _Blocks:
    """Blocks as they come; `open` is the paragraph that running text goes into."""

    made: list[Element] = field(default_factory=list)
    open: Element | None = None

    def paragraph(self) -> Element:
        if self.open is None:
            self.open = element("p")
            self.made.append(self.open)
        return self.open

    def add(self, *blocks: Element) -> None:
        self.open = None
        self.made += blocks


def write(nodes: Sequence[Node], writing: Writing, depth: int = 0) -> list[Element]:
    """The blocks that some nodes make."""
    blocks = _Blocks()
    _into(nodes, blocks, writing, depth)
    return blocks.made


def _into(nodes: Sequence[Node], blocks: _Blocks, writing: Writing, depth: int) -> None:
    at = 0
    while at < len(nodes):
        one = nodes[at]
        at += 1
        if isinstance(one, tree.LatexEnvironmentNode):
            _environment(one, blocks, writing, depth)
        elif isinstance(one, tree.LatexMacroNode) and one.macroname in commands.HEADS:
            _head(one, nodes[at : at + 2], blocks, writing)
        elif isinstance(one, tree.LatexMacroNode) and one.macroname in commands.SWITCHES:
            tag = commands.SWITCHES[one.macroname]
            inner = element(tag or "span")
            rest = nodes[at:]
            end = next((n for n, each in enumerate(rest) if parts_paragraphs(each)), len(rest))
            for each in rest[:end]:
                inline(each, inner, writing, depth)
            blocks.paragraph().append(inner)
            at += end
        elif isinstance(one, tree.LatexGroupNode) and any(map(_is_block, one.nodelist)):
            _into(one.nodelist, blocks, writing, depth + 1)
        elif isinstance(one, tree.LatexMathNode) and one.displaytype == "display":
            blocks.paragraph().append(formula_of(one, writing))
        elif isinstance(one, tree.LatexMacroNode) and one.macroname in {"caption", "subcaption"}:
            blocks.add(caption := element("p"))
            for each in given(one)[-1:]:
                inline(each, caption, writing, depth)
            blocks.open = None
        elif parts_paragraphs(one):
            blocks.open = None
        elif isinstance(one, tree.LatexCharsNode):
            _chars(one.chars, blocks, writing)
        else:
            inline(one, blocks.paragraph(), writing, depth)


def _is_block(one: Node) -> bool:
    return isinstance(one, tree.LatexEnvironmentNode) or parts_paragraphs(one)


def _chars(text: str, blocks: _Blocks, writing: Writing) -> None:
    for number, part in enumerate(_BLANK.split(text)):
        if number:
            blocks.open = None
        at = 0
        for found in LISTED.finditer(part):
            if part[at : found.start()].strip():
                say(part[at : found.start()], blocks.paragraph(), writing)
            language, listing = (
                writing.aside.listings[int(found[1])] if int(found[1]) < len(writing.aside.listings) else ("", "")
            )
            blocks.add(code(listing, language))
            at = found.end()
        if part[at:].strip() or (blocks.open is not None and part[at:]):
            say(part[at:], blocks.paragraph(), writing)


def _head(one: tree.LatexMacroNode, following: Sequence[Node], blocks: _Blocks, writing: Writing) -> None:
    level = commands.HEADS[one.macroname] + (writing.chapters and one.macroname not in {"part", "chapter"})
    made = element(f"h{min(6, level)}")
    for each in given(one)[-1:]:
        inline(each, made, writing, 0)
    blocks.add(made)
    title = squash("".join(made.itertext()))
    for each in following:
        if isinstance(each, tree.LatexMacroNode) and each.macroname == "label":
            writing.titles[squash(verbatim(given(each)[-1:])).strip("{}")] = title


def _environment(one: tree.LatexEnvironmentNode, blocks: _Blocks, writing: Writing, depth: int) -> None:
    name = one.environmentname
    inside = one.nodelist or []
    if depth > DEEPEST:
        put(blocks.paragraph(), words(inside, writing))
    elif name in commands.DISPLAYED:
        blocks.paragraph().append(formula_of(one, writing))
    elif name in _LISTS or name in {"description", "itemize*", "enumerate*"}:
        blocks.add(_list(inside, _LISTS.get(name.rstrip("*"), "ul"), writing, depth))
    elif name in _QUOTES:
        blocks.add(element("blockquote", *write(inside, writing, depth + 1)))
    elif name in _TABLES:
        blocks.add(_table(inside, writing, depth))
    elif name == "abstract":
        blocks.add(element("h2" if writing.chapters else "h1", "Abstract"), *write(inside, writing, depth + 1))
    elif name == "thebibliography":
        blocks.add(element("h1", "References"), _works(inside, writing, depth))
    elif name in {"tikzpicture", "pgfpicture", "picture", "CCSXML", "algorithmic", "forest"}:
        writing.left["drawing" if name != "algorithmic" else "algorithm"] += name != "CCSXML"
    elif (title := writing.theorems.get(name) or commands.THEOREMS.get(name.rstrip("*"))) is not None:
        parts = write(inside, writing, depth + 1)
        said = words([each for each in given(one) if each is not None], writing)
        label = element("strong", f"{title} ({said})." if said else f"{title}.")
        first = parts[0] if parts and parts[0].tag == "p" else element("p")
        label.tail, first.text = " " + (first.text or "").lstrip(), None
        first.insert(0, label)
        blocks.add(first, *(part for part in parts if part is not first))
    else:
        blocks.open = None
        _into(inside, blocks, writing, depth + 1)
        blocks.open = None


def _list(nodes: Sequence[Node], tag: str, writing: Writing, depth: int) -> Element:
    made = element(tag)
    starts = [n for n, one in enumerate(nodes) if isinstance(one, tree.LatexMacroNode) and one.macroname == "item"]
    for start, end in pairwise([*starts, len(nodes)]):
        label = words([each for each in given(nodes[start]) if each is not None], writing)
        parts = write(nodes[start + 1 : end], writing, depth + 1)
        if label and parts and parts[0].tag == "p":
            parts[0].insert(0, element("strong", label))
            parts[0][0].tail, parts[0].text = " " + (parts[0].text or "").lstrip(), None
        if parts and parts[0].tag == "p":
            parts[0].tag = "span"
        made.append(element("li", *parts))
    return made


def _table(nodes: Sequence[Node], writing: Writing, depth: int) -> Element:
    table, row, cell = element("table"), element("tr"), element("td")

    def end_row() -> None:
        row.append(cell)
        if "".join(row.itertext()).strip():
            table.append(row)

    for one in nodes:
        if isinstance(one, tree.LatexSpecialsNode) and one.specials_chars == "&":
            row.append(cell)
            cell = element("td")
        elif isinstance(one, tree.LatexMacroNode) and one.macroname in {"\\", "tabularnewline", "cr"}:
            end_row()
            row, cell = element("tr"), element("td")
        elif isinstance(one, tree.LatexMacroNode) and one.macroname == "multicolumn":
            took = given(one)
            span = verbatim(took[:1]).strip("{} ")
            if span.isdecimal() and int(span) < 65:
                cell.set("colspan", span)
            for each in took[-1:]:
                inline(each, cell, writing, depth)
        else:
            inline(one, cell, writing, depth)
    end_row()
    return table


def _works(nodes: Sequence[Node], writing: Writing, depth: int) -> Element:
    """The list of references: an item a work, which ends with the name by which citations lead to it."""
    made = element("ul")
    starts = [n for n, one in enumerate(nodes) if isinstance(one, tree.LatexMacroNode) and one.macroname == "bibitem"]
    for start, end in pairwise([*starts, len(nodes)]):
        key = squash(verbatim(given(nodes[start])[-1:])).strip("{}")
        parts: list[Element] = [element("span")]
        for one in nodes[start + 1 : end]:
            if isinstance(one, tree.LatexMacroNode) and one.macroname == "newblock":
                parts.append(element("span"))
            elif not parts_paragraphs(one):
                inline(one, parts[-1], writing, depth)
        if len(parts) >= 3 and "".join(parts[1].itertext()).strip():
            parts[1].tag = "strong"
            for inner in parts[1].iter("em", "strong", "q"):
                inner.tag = "span" if inner is not parts[1] else "strong"
        line = element("li")
        for part in parts:
            put(line, " ")
            line.append(part)
        put(line, f" ^{bib_label(f'bib-{key}')}")
        made.append(line)
    return made
