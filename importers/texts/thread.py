"""A saved thread: comments of several people, each below a line with a name and a date, replies under what they answer.

The replies hang as forums print them: in block quotes within block quotes, in lists within lists, or in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.texts.comment_heads import Head, head
from importers.titles import title_of
from kb.model.document import Author, Block, Document, Reference
from notes.markdown import structure as markdown
from notes.markdown.meta import read_note

_MAY_BE = re.compile(r"^[ \t>*+#-]*(?:[*_\[@]|\w).{0,120}(?:\d|ago\b|yesterday)", re.M)
_THREAD = re.compile(r"\b(?:threads?|comments?|replies|discussion|forum|conversation)\b", re.I)
_HEADINGS = ("heading", "paragraph", "item", "quote")
_DEEP = 1_000
_LATEST = 0.35  # of the text: what begins later is a text with comments below it


@dataclass(slots=True)
class _Turn:
    """A comment: its number, its depth in block quotes, and its first block, once it has one."""

    number: int
    name: str
    depth: int
    head: Head
    above: _Turn | None
    first: int | None = None


def sniff(source: Input) -> float:
    """How sure it is: several people, each below such a line, one of them again or at a time of the day."""
    text = source.text
    if text.count("\n") < 5 or len(_MAY_BE.findall(text)) < 3:
        return 0.0
    blocks, _ = markdown.structure(text)
    heads = _heads(text, blocks)
    first = next((block.start for block, found in zip(blocks, heads, strict=True) if found), len(text))
    found = [one for one in heads if one]
    names = Counter(one.name for one in found)
    if len(found) < 3 or len(names) < 2 or first > max(600, _LATEST * len(text)):
        return 0.0
    telling = sum(one.says or one.opens for one in found) >= 0.5 * len(found)
    named = _THREAD.search(text[:600]) is not None or _is_nested(text, blocks, heads)
    again = len(names) < len(found) and named
    own = sum(block.kind not in ("heading", "code", "table") for block in blocks)
    return 0.9 if (telling or again) and len(found) >= 0.08 * own else 0.0


def read(source: Input) -> list[Document]:
    """The thread as one document, each comment a turn of its writer."""
    note = read_note(source.text, "")
    blocks, references = structure(source.text)
    title = note.title or title_of(source, source.text, _titles(source.text))
    found = of_note(source, IMPORTER.name, note, title, source.text, (blocks, references), "transcript")
    names = dict.fromkeys(block.speaker for block in blocks if block.speaker)
    return [replace(found, authors=tuple(Author(name) for name in names if name))]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a thread: a comment is a turn; its first block hangs under the first of what it answers."""
    base, references = markdown.structure(text)
    heads = _heads(text, base)
    lines = {text[block.start : block.end] for block, found in zip(base, heads, strict=True) if found}
    nested = _is_nested(text, base, heads)
    in_row = any(found and block.kind == "heading" for block, found in zip(base, heads, strict=True))
    blocks: list[Block] = []
    index: list[int | None] = []  # of a base block: the block made of it
    turns: list[_Turn | None] = []  # of a base block: its comment
    open_: list[_Turn] = []
    last: dict[str, _Turn] = {}  # the latest comment of each writer
    count = 0
    for block, found in zip(base, heads, strict=True):
        depth = _depth(text, block)
        if in_row and found:
            depth = block.level if nested else 1
        holder = turns[block.parent] if block.parent is not None else None
        if found:
            if holder is None:
                while open_ and open_[-1].depth >= depth:
                    open_.pop()
            above = holder or (open_[-1] if open_ else None)
            meant = last.get(found.to) if found.to else above if nested else None
            begun = _Turn(count, found.name, depth, found, meant)
            turn: _Turn | None = begun
            last[found.name] = begun
            count += 1
            if holder is None:
                open_.append(begun)
            start = block.start + found.size
            start += len(text[start : block.end]) - len(text[start : block.end].lstrip(" \t\n>"))
        else:
            turn = holder or _of_depth(open_, _DEEP if in_row else depth)
            start = block.start
        turns.append(turn)
        if start >= block.end or (block.kind == "heading" and found):
            index.append(None)
            continue
        index.append(len(blocks))
        parent = index[block.parent] if block.parent is not None else None
        path = tuple(title for title in block.heading if title not in lines)
        made = replace(block, start=start, parent=parent, heading=path)
        if turn is not None and block.kind != "heading":
            made = _said(made, turn, depth <= turn.depth and not in_row, len(blocks))
        blocks.append(made)
    return tuple(blocks), references


def _said(block: Block, turn: _Turn, own: bool, number: int) -> Block:
    """A block of a comment; where it is as deep as the comment, the block quote is the reply and quotes nobody."""
    kind = "paragraph" if block.kind == "quote" and own else block.kind
    parent = block.parent
    if turn.first is None and kind != "quote":
        turn.first = number
        above = turn.above
        while above is not None and above.first is None:
            above = above.above
        if above is not None:
            parent = above.first
    return replace(block, kind=kind, speaker=turn.name, turn=turn.number, parent=parent)


def _heads(text: str, blocks: Sequence[Block]) -> list[Head | None]:
    """The head with which each block begins; of headings and other lines only the kind that most of them are."""
    found = [
        head(text[block.start : block.end], block.kind == "heading") if block.kind in _HEADINGS else None
        for block in blocks
    ]
    of_headings = sum(one is not None for block, one in zip(blocks, found, strict=True) if block.kind == "heading")
    headings = 2 * of_headings >= sum(one is not None for one in found)
    return [one if (block.kind == "heading") == headings else None for block, one in zip(blocks, found, strict=True)]


def _titles(text: str) -> list[str]:
    blocks, _ = markdown.structure(text)
    heads = _heads(text, blocks)
    pairs = zip(blocks, heads, strict=True)
    return [text[block.start : block.end] for block, found in pairs if block.kind == "heading" and not found]


def _is_nested(text: str, blocks: Sequence[Block], heads: Sequence[Head | None]) -> bool:
    """Whether the place of a comment tells what it answers: one hangs in another's block quote or list, or headings
    go down three levels. "## Ada" with "### Reply by …" below, one after the other, tells no more than the order."""
    found = [block for block, one in zip(blocks, heads, strict=True) if one]
    levels = {block.level for block in found if block.kind == "heading"}
    return len(levels) > 2 or len({(_depth(text, block), block.kind == "item" and block.level) for block in found}) > 1


def _of_depth(open_: Sequence[_Turn], depth: int) -> _Turn | None:
    """The comment that a block at this depth goes on with: the innermost of those that are open and no deeper."""
    return next((turn for turn in reversed(open_) if turn.depth <= depth), None)


def _depth(text: str, block: Block) -> int:
    line = text[text.rfind("\n", 0, block.start) + 1 : block.start]
    return line.count(">")


IMPORTER = Importer(
    name="thread",
    version="1",
    what="a saved thread: comments of several people, each below a line with a name and a date",
    recognised_by="three or more lines such as `**Ada Nwosu** · 2021-05-04 09:12` or `### Reply by Bo, 3 hours ago`, "
    "or `Posted by: Bo Lind` above `Date: 4 May`",
    gives="one, a turn for each comment",
    keeps="each comment under its writer with day, who answers whom",
    loses="buttons and counters of the page",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="# Should we mend the mill?\n\n**Ada** · 2021-05-04 09:12\n\nThe mill should be mended, for it grinds.\n\n"
    "> **Bo** · 2021-05-04 09:40\n>\n> Its stone is cracked.\n>\n> > **Ada** · 2021-05-04 10:05\n> >\n"
    "> > A cracked stone can be turned.\n",
    precedence=59,
    prose=True,
)
