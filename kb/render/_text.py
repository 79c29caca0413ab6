"""Text as labels need it: one line, cleaned, measured, wrapped, shortened; and the check for links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from kb.graph import Node

KIND_NAMES = {
    "claim": "claim",
    "critique": "critique",
    "theory_of_impact": "theory of impact",
    "question": "question",
    "evidence": "evidence",
    "source": "source",
}

# What XML 1.0 cannot hold, which is also what a terminal must not be sent (escape sequences among it).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """`text` with every character replaced that XML or a terminal must not get."""
    return _ILLEGAL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`text` cleaned, on one line, with single spaces."""
    return " ".join(clean(text).split())


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: wide scripts and most emoji take two, marks none."""
    if text.isascii():
        return len(text)
    total = 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def _cut(text: str, width: int) -> int:
    """The number of characters of `text` that fit into `width` columns, at least one."""
    used = 0
    for index, char in enumerate(text):
        used += columns(char)
        if used > width and index:
            return index
    return len(text)


def shorten(text: str, width: int) -> str:
    """One line of at most `width` columns, cut at a word where possible, with an ellipsis where cut."""
    line = one_line(text)
    if columns(line) <= width:
        return line
    head = line[: _cut(line, max(width - 1, 1))]
    space = head.rfind(" ")
    if space > len(head) // 2 and line[len(head)] != " ":
        head = head[:space]
    return head.rstrip(" ,;:.–—-") + _ELLIPSIS


def wrap(text: str, width: int, max_lines: int | None = None) -> list[str]:
    """Lines of at most `width` columns; words longer than that are broken. At least one line."""
    lines: list[str] = []
    line = ""
    for word in one_line(text).split(" "):
        joined = f"{line} {word}" if line else word
        if columns(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        rest = word
        while columns(rest) > width:
            end = _cut(rest, width)
            lines.append(rest[:end])
            rest = rest[end:]
        line = rest
    if line or not lines:
        lines.append(line)
    if max_lines is not None and len(lines) > max_lines:
        return [*lines[: max_lines - 1], shorten(" ".join(lines[max_lines - 1 :]), width)]
    return lines


def safe_url(url: str) -> str:
    """`url` if it is a whole http or https address, with unsafe characters percent-encoded; else ''.

    Whatever is drawn may be opened by a click, so no other scheme passes.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or _ILLEGAL.search(url):
        return ""
    return quote(url.strip(), safe="%:/?#[]@!$&'()*+,;=-._~")


def kind_name(node: Node) -> str:
    """The kind in words; '' for a claim, which is what a reader expects anyway."""
    return "" if node.kind == "claim" else KIND_NAMES.get(node.kind, node.kind)


def byline(node: Node, width: int = 60) -> str:
    """Who says it and where, short: 'Neel Nanda, A long list of…'."""
    speaker = shorten(node.speaker, max(width // 2, 12))
    title = node.source_title or node.source_id
    if not speaker:
        return shorten(title, width)
    if one_line(title) in ("", one_line(node.text)):
        return speaker
    room = width - columns(speaker) - 2
    return f"{speaker}, {shorten(title, room)}" if room >= 8 else speaker


def quote_beyond_text(node: Node) -> str:
    """The quote on one line, or '' where it says no more than the text already does."""
    quote_line = one_line(node.quote)
    return "" if quote_line == one_line(node.text) else quote_line


def headline(node: Node, width: int) -> str:
    """The small line above the text of a drawn node: kind and speaker."""
    return shorten(" · ".join(filter(None, (kind_name(node), one_line(node.speaker)))), width)


def tooltip(node: Node) -> str:
    """What a drawn node tells on hovering: the whole text, the quote, who and where."""
    said = quote_beyond_text(node)
    parts = (one_line(node.text), f"“{said}”" if said else "", byline(node, 200))
    return "\n".join(filter(None, parts))


def counted(number: int, noun: str) -> str:
    """'1 link', '7 links'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def hidden_note(hidden_nodes: int, hidden_edges: int) -> str:
    """'hidden: 7 statements, 12 links', or '' where nothing is hidden."""
    if not hidden_nodes and not hidden_edges:
        return ""
    return f"hidden: {counted(hidden_nodes, 'statement')}, {counted(hidden_edges, 'link')}"


def unique_names(wanted: Iterable[str]) -> list[str]:
    """The names, with a number added to each that occurred before."""
    taken: set[str] = set()
    names = []
    for name in wanted:
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name} {number}", number + 1
        taken.add(unique)
        names.append(unique)
    return names


def yaml_string(text: str) -> str:
    """`text` as a double-quoted YAML scalar that stays on one line.

    Braces, '=', '%' and '#' are escaped too: hosts of YAML look for them before any YAML parser does.
    """
    out = []
    for char in text:
        code = ord(char)
        if char in '"\\':
            out.append("\\" + char)
        elif char in "{}=%#<>" or code < 0x20 or 0x7F <= code <= 0xA0:
            out.append(f"\\x{code:02x}")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or code == 0xFEFF:
            out.append(f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'
