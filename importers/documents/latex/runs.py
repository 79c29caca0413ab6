"""The running text of a LaTeX source: letters with their form, formulas, citations, notes, links, signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pylatexenc import latexwalker as tree
from pylatexenc.latex2text import LatexNodes2Text

from importers.documents.latex import commands
from importers.documents.latex.literal import CODE, VERB, Aside, pieces
from importers.documents.latexml.inline import bib_label
from importers.documents.made import Element, cited, element, formula, note, note_sign, put
from kb.text.strings import squash

Node: TypeAlias = Any  # the parser comes without types
LISTED = re.compile(f"{CODE}(\\d+){CODE}")
"""Stands where a listing was."""
_VERB = re.compile(f"{VERB}(\\d+){VERB}")
DEEPEST = 60
_LABEL = re.compile(r"\\(?:label|nonumber|notag)(?:\s*\{[^{}]*\})?\s*")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_PREFIX = re.compile(r"^(?:sec|subsec|ch|chap|app|fig|tab|tbl|eq|eqn|thm|lem|def|prop|alg)[:._-]", re.I)
_TEXT = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True, keep_comments=False)


@dataclass(slots=True)
class Writing:
    """What is met on the way: what is left out, notes, the entries of the list of references, titles by label.

    `write` makes blocks of nodes.
    """

    aside: Aside
    theorems: dict[str, str]
    left: Counter[str]
    entries: dict[str, str] = field(default_factory=dict)
    """How works are cited, by their keys: those that stand in the list of references."""
    titles: dict[str, str] = field(default_factory=dict)
    notes: list[Element] = field(default_factory=list)
    chapters: bool = False
    write: Callable[[Sequence[Node], Writing, int], list[Element]] = field(kw_only=True)

    def parsed(self, text: str) -> list[Node]:
        """The nodes of a text; what is broken is read as far as it goes.

        Raises:
            RecursionError: it is nested deeper than can be followed.
        """
        known = commands.context(tuple(self.theorems))
        found: list[Node] = []
        for piece in pieces(text):
            nodes, _, _ = tree.LatexWalker(piece, latex_context=known, tolerant_parsing=True).get_latex_nodes()
            found += (one for one in nodes if one is not None)
        return found


def words(nodes: Sequence[Node], writing: Writing) -> str:
    """What some nodes say, without form."""
    made = element("span")
    for one in nodes:
        inline(one, made, writing, 0)
    return squash("".join(made.itertext()))


def parts_paragraphs(one: Node) -> bool:
    """Whether a node parts paragraphs."""
    if isinstance(one, tree.LatexSpecialsNode):
        return bool(_BLANK.fullmatch(one.specials_chars))
    return isinstance(one, tree.LatexMacroNode) and one.macroname == "par"


def inline(one: Node | None, made: Element, writing: Writing, depth: int) -> None:
    if one is None or depth > DEEPEST:
        return
    if isinstance(one, tree.LatexCharsNode):
        say(one.chars, made, writing)
    elif isinstance(one, tree.LatexMathNode):
        made.append(formula_of(one, writing))
    elif isinstance(one, tree.LatexGroupNode):
        _group(one, made, writing, depth)
    elif isinstance(one, tree.LatexMacroNode):
        _macro(one, made, writing, depth)
    elif isinstance(one, tree.LatexEnvironmentNode):
        if one.environmentname in commands.DISPLAYED:
            made.append(formula_of(one, writing))
        else:
            for block in writing.write([one], writing, depth + 1):
                block.tag = "span" if block.tag == "p" else block.tag
                made.append(block)
    elif isinstance(one, tree.LatexSpecialsNode):
        put(made, " " if parts_paragraphs(one) else "" if one.specials_chars == "&" else _plain(one))


def say(text: str, made: Element, writing: Writing) -> None:
    """Puts plain text, with the pieces of code that stand in it."""
    for number, part in enumerate(_VERB.split(LISTED.sub("", text))):
        if number % 2 == 0:
            put(made, part)
        elif int(part) < len(writing.aside.verbs):
            made.append(element("code", writing.aside.verbs[int(part)]))


def _group(one: tree.LatexGroupNode, made: Element, writing: Writing, depth: int) -> None:
    for number, each in enumerate(one.nodelist):
        if isinstance(each, tree.LatexMacroNode) and each.macroname in commands.SWITCHES:
            inner = element(commands.SWITCHES[each.macroname] or "span")
            made.append(inner)
            for rest in one.nodelist[number + 1 :]:
                inline(rest, inner, writing, depth + 1)
            return
        inline(each, made, writing, depth + 1)


def _macro(one: tree.LatexMacroNode, made: Element, writing: Writing, depth: int) -> None:
    name, took = one.macroname, given(one)
    last = took[-1:]
    if name in commands.FORMS:
        tag = commands.FORMS[name]
        inner = element(tag) if tag else made
        if tag:
            made.append(inner)
        for each in last:
            inline(each, inner, writing, depth + 1)
    elif name in commands.CITES:
        _cite(took, made, writing)
    elif name in commands.REFERENCES:
        label = squash(verbatim(last)).strip("{}")
        put(made, f"“{writing.titles[label]}”" if label in writing.titles else _PREFIX.sub("", label))
    elif name in {"footnote", "footnotetext"}:
        _note(last, made, writing, depth)
    elif name in {"url", "nolinkurl"}:
        address = verbatim(last).strip("{}").replace("\\", "")
        made.append(element("a", address, href=address))
    elif name == "href":
        inner = element("a", href=verbatim(took[:1]).strip("{}").replace("\\", ""))
        made.append(inner)
        for each in last:
            inline(each, inner, writing, depth + 1)
    elif name == "includegraphics":
        writing.left["picture"] += 1
    elif name in {"\\", "linebreak", "newline"}:
        put(made, " ")
    elif name in {"textcolor", "colorbox", "resizebox", "scalebox", "rotatebox", "parbox", "texorpdfstring", "multirow",
                  "multicolumn", "foreignlanguage", "caption"}:  # fmt: skip
        for each in took[:1] if name == "texorpdfstring" else last:
            inline(each, made, writing, depth + 1)
    elif name in commands.NAMES:
        put(made, commands.NAMES[name])
    elif name not in commands.SILENT and name not in commands.SWITCHES:
        _other(one, made, writing)


def _other(one: tree.LatexMacroNode, made: Element, writing: Writing) -> None:
    """A sign or an accent; of a command that nobody knows, the words that it is given."""
    said = _plain(one)
    if VERB in said:
        say(said, made, writing)
    elif said.strip() or one.macroname in {" ", ",", ";", ":", "!", "/", "-", "quad", "qquad", "@"}:
        put(made, said)
    elif one.macroname.isalpha():
        writing.left[f"use of the command \\{one.macroname}"] += 1


def _plain(one: Node) -> str:
    try:
        return str(_TEXT.nodelist_to_text([one]))
    except (KeyError, IndexError, AttributeError, TypeError):  # an accent upon a command that is not closed
        return ""


def _cite(took: Sequence[Node | None], made: Element, writing: Writing) -> None:
    keys = [key.strip() for key in verbatim(took[-1:]).strip("{}").split(",") if key.strip()]
    said = [words([each], writing).strip("[] ") for each in took[:-1] if each is not None]
    listed = [key for key in keys if key in writing.entries]
    if listed:
        for number, key in enumerate(keys):
            put(made, "; " if number else "")
            made.append(element("a", writing.entries.get(key, key), href=f"#^{bib_label(f'bib-{key}')}"))
    elif keys:
        made.append(cited(keys))
    if any(said):
        put(made, f" ({', '.join(filter(None, said))})")


def _note(took: Sequence[Node | None], made: Element, writing: Writing, depth: int) -> None:
    number = str(len(writing.notes) + 1)
    body = element("div")
    writing.notes.append(note(f"note-{number}", number, [body]))
    made.append(note_sign(f"note-{number}"))
    for block in writing.write([each for each in took if each is not None], writing, depth + 1):
        body.append(block)


def formula_of(one: Node, writing: Writing) -> Element:
    tex = _LABEL.sub("", one.latex_verbatim()).strip()
    tex = _VERB.sub(lambda found: "".join(writing.aside.verbs[int(found[1]) : int(found[1]) + 1]), tex)
    if isinstance(one, tree.LatexEnvironmentNode):
        name = one.environmentname
        begin, end = rf"\begin{{{name}}}", rf"\end{{{name}}}"
        if name in commands.INNER:
            tex = tex.removeprefix(begin).removesuffix(end)
        return formula(tex.strip(), display=True)
    for before, after in (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")):
        if tex.startswith(before) and tex.endswith(after) and len(tex) >= len(before) + len(after):
            tex = tex[len(before) : len(tex) - len(after)]
            break
    return formula(tex.strip(), display=getattr(one, "displaytype", "") == "display")


def given(one: Node) -> list[Node | None]:
    arguments = getattr(one, "nodeargd", None)
    return [each for each in arguments.argnlist or () if not _is_star(each)] if arguments else []


def _is_star(one: Node | None) -> bool:
    return isinstance(one, tree.LatexCharsNode) and one.chars == "*"


def verbatim(nodes: Sequence[Node | None]) -> str:
    return "".join(one.latex_verbatim() for one in nodes if one is not None)
