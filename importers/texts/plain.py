"""Plain text: paragraphs, lists and headings as people type them, made Markdown without touching a word.

The fallback for whatever no other importer knows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from importers.assemble import whole
from importers.base import Importer, Input
from importers.layout import hard_wrapped, layout, list_item
from importers.titles import title_of
from kb.model.document import Block, Document, Reference
from notes.markdown import structure as markdown

_UNDERLINE = re.compile(r"[ \t]*([=\-~^*+#_])\1{2,}[ \t]*")
_NUMBERED = re.compile(r"(?P<number>(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.)) (?P<words>[^\W\d_a-z].*)")
_LABELLED = re.compile(r"(?:chapter|section|part|appendix)\s+(?:\d{1,3}|[IVXLC]+|[A-Z])\b[.:]?.{0,70}", re.I)
_HEADING = re.compile(r"#{1,6} ")
_ASSERTIVE = re.compile(r"[.,;:!?…]$")
_HEADING_LENGTH, _HEADING_WORDS = 80, 12


def sniff(source: Input) -> float:
    """Always a little: any text is plain text."""
    return 0.1 if source.text.strip() else 0.05


def read(source: Input) -> list[Document]:
    """The text as one document."""
    text = to_markdown(source.text)
    blocks, references = structure(text)
    title = title_of(source, text, (text[block.start : block.end] for block in blocks if block.kind == "heading"))
    return [whole(source, IMPORTER.name, "note", title, text, (blocks, references))]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of the text: it is Markdown by now."""
    return markdown.structure(text)


def to_markdown(text: str) -> str:
    """The same words as Markdown: headings and lists marked, paragraphs parted by blank lines."""
    groups = _groups(text)
    wrapped = hard_wrapped([line for group in groups for line in [*group, ""]])
    numbered = [len(group) == 1 and _NUMBERED.fullmatch(group[0].strip()) is not None for group in groups]
    out: list[str] = []
    for number, group in enumerate(groups):
        alone = not any(numbered[max(number - 1, 0) : number] + numbered[number + 1 : number + 2])
        follows = number + 1 < len(groups)
        heading = _heading(group, numbered[number] and alone) if follows or len(group) > 1 else None
        if heading:
            out.append(heading[0])
            group = heading[1]
        if group:
            out.append(_paragraphs(group, wrapped))
    return "\n\n".join(out)


def _groups(text: str) -> list[list[str]]:
    """Lines between blank lines; what stands between fences stays together."""
    groups: list[list[str]] = [[]]
    fence = ""
    for line in text.split("\n"):
        mark = line.strip()[:3]
        if fence:
            fence = "" if mark == fence else fence
        elif mark == "```":
            fence = mark
        elif not line.strip():
            groups.append([])
            continue
        groups[-1].append(line.rstrip())
    return [group for group in groups if group]


def _heading(group: list[str], numbered: bool) -> tuple[str, list[str]] | None:
    """The heading with which a group begins, as Markdown, and the lines after it."""
    line = group[0].strip()
    if not 2 <= len(line) <= _HEADING_LENGTH or _HEADING.match(line) or (list_item(line) and not numbered):
        return None
    if len(group) > 1 and (under := _UNDERLINE.fullmatch(group[1])):
        short = abs(len(group[1].strip()) - len(line)) <= max(3, len(line) // 2)
        if not short:
            return None
        return ("# " if under[1] in "=#*" else "## ") + line, group[2:]
    if len(group) > 1 or len(line.split()) > _HEADING_WORDS or _ASSERTIVE.search(line):
        return None
    if numbered and (found := _NUMBERED.fullmatch(line)):
        depth = found["number"].rstrip(".").count(".")
        return "#" * min(2 + depth, 6) + " " + line, []
    letters = [character for character in line if character.isalpha()]
    capitals = len(letters) >= 4 and not any(character.islower() for character in letters)
    return (f"## {line}", []) if capitals or _LABELLED.fullmatch(line) else None


def _paragraphs(group: list[str], wrapped: bool) -> str:
    """A group as Markdown: a wrapped paragraph stays, long lines are a paragraph each, items are a list."""
    if group[0].lstrip().startswith("```"):
        return "\n".join(group)
    if any(list_item(line) for line in group):
        return layout(group)
    indented = [line[:1] == "\t" or line.startswith("    ") for line in group]
    if indented[0] and not all(indented):
        group = [group[0].lstrip(), *group[1:]]  # the indent of a first line, not code
    if wrapped or len(group) == 1:
        return group[0].lstrip() if len(group) == 1 and not wrapped else "\n".join(group)
    long = [len(one) > 100 for one, _ in pairwise(group)]
    return "\n\n".join(line.strip() for line in group) if any(long) else "\n".join(group)


IMPORTER = Importer(
    name="plain",
    version="2",
    what="plain text; whatever no other importer knows",
    recognised_by="any other text",
    gives="one",
    keeps="the words, paragraphs, addresses",
    loses="nothing",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="We walked the route at dawn.\n\nI think that routes should be drawn by lot, because people choose the ponds"
    " they like.\n",
    precedence=90,
    prose=True,
)
