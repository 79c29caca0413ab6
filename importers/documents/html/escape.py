"""Markdown signs in text that means itself: a backslash before each that would be read as markup, and no other."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"`|]+", re.I)
_SIGN = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"
    r"|\*(?=\S)|(?<=\S)\*"
    r"|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])"  # snake_case is no emphasis
    r"|`"
    r"|~(?=~)"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|%(?=%)"
    r"|\[(?=\[|\^|[^\[\]\n]*\]\()"
    r"|!(?=\[)"
    r"|(?<!\S)\^(?=[A-Za-z0-9-]+[ \t]*(?:\n|\Z))"  # at the end it would be a block's name
)
_LINE_START = re.compile(
    r"^(?:(?P<head>#{1,6})(?=\s|$)|(?P<bullet>[-+])(?=\s|$)|(?P<quote>>)|\d{1,9}(?P<dot>[.)])(?=\s|$)"
    r"|(?P<rule>[-=_])(?=[-=_ ]*$)|(?P<fence>~)(?=~~)|(?P<bar>\|)|(?P<open>\[)(?=[^\]\n]+\]:|.\](?:\s|$)))",
    re.M,
)
_FORMULA = re.compile(r"\$(?![\s$])[^$\n]*(?<!\s)\$(?!\d)|\$\$")


def escape(text: str, literal: bytearray, *, cell: bool = False, first: bool = True) -> str:
    """The text with a backslash before each sign that would be taken for markup.

    Args:
        text: one paragraph, its own markup in place already.
        literal: for each character whether it is text (1) or markup that was put there (0).
        cell: it stands in a table, where a pipe ends the cell.
        first: it begins a line.
    """
    marked: set[int] = set()
    skip = [(m.start(), m.end()) for m in _ADDRESS.finditer(text)] if "://" in text else []
    for match in _SIGN.finditer(text):
        at = match.start()
        if literal[at] and not any(a <= at < b for a, b in skip):
            marked.add(at + (match[0] == "%"))  # "%\%": no "%%" is left
    if first:
        for match in _LINE_START.finditer(text):
            at = match.start(match.lastgroup or 0)
            if literal[at]:
                marked.add(at)
    if "$" in text and _FORMULA.search(text):
        marked.update(at for at, sign in enumerate(text) if sign == "$" and literal[at])
    if cell:  # a pipe ends the cell even in code and formulas
        marked.update(at for at, sign in enumerate(text) if sign == "|")
    if not marked:
        return text
    pieces, done = [], 0
    for at in sorted(marked):
        pieces += [text[done:at], "\\"]
        done = at
    return "".join([*pieces, text[done:]])


def destination(url: str) -> str:
    """The address as it can stand between the parentheses of a link."""
    url = re.sub(r"\s", lambda m: "%20" if m[0] == " " else "", url.strip())
    url = url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace("|", "%7C")
    depth = deepest = 0
    for sign in url:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth != 0 or deepest > 1:
        url = url.replace("(", "%28").replace(")", "%29")
    return url
