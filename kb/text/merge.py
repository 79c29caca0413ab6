"""Three versions of a text made one: what either side changed since `base` is kept, block by block.

A block is a paragraph, a list item, a heading with what follows it, a row, or a fenced piece, with the blank lines
behind it: the blocks of a text joined are that text. Each block of `base` is kept, left out or replaced by a side, and
between two of them a side may have put others. Where both sides did different things to one block there is a clash:
one side's words stand in the text, the other's are handed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_BEGINS = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|\||[A-Za-z][\w -]*::[ \t])")
"""A line that begins a block though no blank line stands before it."""
_PARTED = re.compile(r"(?:^|\n)[ \t]*\n[ \t]*\Z")

Blocks = Sequence[str]


@dataclass(frozen=True, slots=True)
class Clash:
    """A block that both sides changed: the words that stand in the merged text, and those that do not.

    `other` is empty where that side had left the block out.
    """

    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text and the places where a choice had to be made."""

    text: str
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class _Changes:
    """What one side did to `base`: `fate[i]` is what stands for block i, `before[i]` what was put in front of it."""

    fate: list[list[str]]
    before: list[list[str]]


def merge(base: str, kept: str, other: str) -> Merged:
    """What `kept` and `other` make of `base`, together. In a clash the words of `kept` stand.

    Nothing is lost: a block of either side that `base` does not have stands in the text or in a clash, and one of
    `base` is left out only where a side left it out or changed it.
    """
    if other in (base, kept):
        return Merged(kept)
    if kept == base:
        return Merged(other)
    old = blocks(base)
    one, two = _changes(old, blocks(kept)), _changes(old, blocks(other))
    pieces: list[str] = []
    clashes: list[Clash] = []
    left_out: list[tuple[int, str]] = []  # blocks of `base` that one side left out, with their place in `pieces`
    for i in range(len(old) + 1):
        pieces += one.before[i] + _without(two.before[i], one.before[i])
        if i == len(old):
            break
        mine, theirs, was = one.fate[i], two.fate[i], old[i : i + 1]
        if _same(mine, theirs) or _same(theirs, was):
            stands = mine
        elif _same(mine, was):
            stands = theirs
        else:
            stands, left = (mine, theirs) if mine else (theirs, mine)
            clashes.append(Clash("".join(stands).strip("\n"), "".join(left).strip("\n")))
        if not _same(stands, was):
            left_out.append((len(pieces), old[i]))
        pieces += stands
    _put_back(pieces, left_out, blocks(kept), blocks(other))
    return Merged(_joined(pieces), tuple(clashes))


def common(one: str, two: str) -> str:
    """The blocks that two texts share, in order: what both must have grown from, where nobody knows it."""
    a, b = blocks(one), blocks(two)
    return _joined([block for i, _, size in _matcher(a, b).get_matching_blocks() for block in a[i : i + size]])


def blocks(text: str) -> list[str]:
    """The text in pieces; joined they are the text."""
    found: list[str] = []
    piece: list[str] = []
    fence = ""
    blank = False
    for line in text.splitlines(keepends=True):
        if piece and not fence and line.strip() and (blank or _BEGINS.match(line)):
            found.append("".join(piece))
            piece = []
        piece.append(line)
        blank = not line.strip()
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
    return [*found, "".join(piece)] if piece else found


def _changes(base: Blocks, text: Blocks) -> _Changes:
    fate: list[list[str]] = [[block] for block in base]
    before: list[list[str]] = [[] for _ in range(len(base) + 1)]
    for what, i, i_end, j, j_end in _matcher(base, text).get_opcodes():
        new = list(text[j:j_end])
        if what == "insert":
            before[i] += new
        elif what != "equal":
            for place in range(i, i_end):  # one for one as far as both go; what is over stands with the last
                fate[place] = new[:1] if place < i_end - 1 else new
                new = new[1:] if place < i_end - 1 else []
        else:  # the same words may stand among other blanks now
            for place in range(i, i_end):
                fate[place] = [text[j + place - i]]
    return _Changes(fate, before)


def _put_back(pieces: list[str], left_out: list[tuple[int, str]], one: Blocks, two: Blocks) -> None:
    """Where a block stands several times each side may have left out another one: what both still have stays."""
    a, b, there = (Counter(block.strip() for block in text) for text in (one, two, pieces))
    for place, block in reversed(left_out):
        name = block.strip()
        if there[name] < min(a[name], b[name]):
            there[name] += 1
            pieces.insert(place, block)


def _matcher(a: Blocks, b: Blocks) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [one.strip() for one in a], [one.strip() for one in b], autojunk=False)


def _without(new: Blocks, there: Blocks) -> list[str]:
    left = [block.strip() for block in there]
    return [block for block in new if block.strip() not in left]


def _same(a: Blocks, b: Blocks) -> bool:
    return [block.strip() for block in a] == [block.strip() for block in b]


def _joined(pieces: Blocks) -> str:
    """Blocks one after the other; one that stood last in its text is parted from the next."""
    text = ""
    for piece in pieces:
        if text and not text.endswith("\n"):
            text += "\n"
        if text and not _BEGINS.match(piece) and not _PARTED.search(text[-200:]):
            text += "\n"
        text += piece
    return text
