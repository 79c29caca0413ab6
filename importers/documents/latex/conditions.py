"""The branches of `\\iffalse`, `\\iftrue` and of an author's own switches (`\\newif`) that a LaTeX source shows."""

from __future__ import annotations

import re
from collections import Counter

_TOKEN = re.compile(
    r"\\newif\s*\\if(?P<made>[A-Za-z]+)|\\(?P<what>if[A-Za-z@]*|else|fi)(?![A-Za-z@])|\\[A-Za-z]+|\\.", re.S
)
_NO_CONDITION = re.compile(r"iff|ifthenelse|if(?:str|num|dim|bool|toggle|def|undef|cs|blank|empty|x?string|tex)\w+")


def shown(text: str, left: Counter[str]) -> str:
    """The text without the branches that its switches leave out; a condition that only TeX can judge shows both."""
    values = _switches(text)
    opened: list[tuple[int, int, bool | None, tuple[int, int] | None]] = []  # start, end, value, place of `\\else`
    cuts: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(text):
        what = found["what"]
        if found["made"]:
            cuts.append(found.span())
        elif what is None or (what.startswith("if") and _NO_CONDITION.fullmatch(what)):
            continue
        elif what.startswith("if"):
            opened.append((*found.span(), values.get(what[2:]), None))
        elif what == "else" and opened:
            opened[-1] = (*opened[-1][:3], found.span())
        elif what == "fi" and opened:
            start, end, value, between = opened.pop()
            if value is None:
                continue
            middle = between or (found.start(), found.start())
            cuts += [(start, end), (middle[0], found.end())] if value else [(start, middle[1]), found.span()]
            left["comment"] += (middle[0] - end if not value else found.start() - middle[1]) > 0
    pieces, at = [], 0
    for start, end in sorted(cuts):
        pieces.append(text[at:start] if start > at else "")
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def _switches(text: str) -> dict[str, bool]:
    """What is known of conditions: the constant ones, and an author's own as the source sets them last."""
    values = {"false": False, "true": True}
    for made in re.finditer(r"\\newif\s*\\if([A-Za-z]+)", text):
        values[made[1]] = False
    if len(values) > 2:
        for found in re.finditer(r"\\([A-Za-z]+?)(true|false)(?![A-Za-z])", text):
            if found[1] in values:
                values[found[1]] = found[2] == "true"
    return values
