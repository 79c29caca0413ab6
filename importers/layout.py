"""Lines as people copy and type them: which are items of a list, which are cut at a margin, all as Markdown."""

from __future__ import annotations

import re
from itertools import pairwise

_MARGIN = 100
_MARK = r"[•◦▪‣●○∙·]|[-*+](?=\s)|\d{1,3}[.)](?=\s)"
_ITEM = re.compile(rf"^(?P<indent>[ \t]*)(?P<mark>{_MARK})[ \t]*(?P<text>\S.*)$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")


def layout(lines: list[str]) -> str:
    """Markdown for text copied from a page: marks of lists normalised and nested, blank lines around them.

    A line that is no item is a line of a paragraph; its indent means nothing. No word is changed.
    """
    out: list[str] = []
    stack: list[tuple[int, int]] = []  # (indent in the source, column where the text of the item starts)
    fenced = False
    for line in lines:
        if _FENCE.match(line) or fenced:
            fenced = fenced != bool(_FENCE.match(line))
            out.append(line.rstrip())
            stack = []
            continue
        item = list_item(line)
        if item:
            indent = len(item["indent"].expandtabs(4))
            if not stack and out and out[-1]:
                out.append("")
            while stack and stack[-1][0] >= indent:
                stack.pop()
            column = stack[-1][1] if stack else 0
            mark = item["mark"] if item["mark"][0].isdigit() else "-"
            stack.append((indent, column + len(mark) + 1))
            out.append(" " * column + mark + " " + item["text"].rstrip())
        elif not line.strip():
            if out and out[-1]:
                out.append("")
        elif stack and out[-1] and line[:1].isspace():
            out.append(" " * stack[-1][1] + line.strip())
        else:
            if stack and out[-1]:
                out.append("")  # else Markdown takes the line for a part of the last item
            stack = []
            out.append(line.strip())
    return "\n".join(out).strip("\n")


def list_item(line: str) -> re.Match[str] | None:
    """The parts of a line that is a list item with a mark of any kind: indent, mark, text."""
    return _ITEM.match(line)


def hard_wrapped(lines: list[str]) -> bool:
    """Whether the lines are paragraphs cut at a margin, so that a line break ends no paragraph."""
    broken = [one.strip() for one, other in pairwise(lines) if len(one.strip()) > 25 and other.strip()]
    if not broken or max(map(len, broken)) > _MARGIN:
        return False
    full = sum(len(line) >= 45 for line in broken)
    ended = sum(line[-1] in ".?!:" for line in broken)  # a margin seldom falls on the end of a sentence
    return full >= 0.6 * len(broken) and ended <= 0.4 * len(broken)
