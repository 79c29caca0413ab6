"""Text as labels need it: one line, cleaned, measured, wrapped, shortened; and the check for links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from html import unescape
from urllib.parse import quote, urlsplit

from kb.model.argument_map import Node
from kb.text.plain import plain

KIND_NAMES = {
    "claim": "claim",
    "critique": "critique",
    "theory_of_impact": "theory of impact",
    "question": "question",
    "evidence": "evidence",
    "source": "source",
    "passage": "turn",
}

# What XML 1.0 cannot hold, which is also what a terminal must not be sent (escape sequences among it).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Embeddings, overrides and isolates turn round what follows them, to the end of the line and past its quotation.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ELLIPSIS = "…"
# What `plain` leaves of the marks of footnotes and of addresses, since rules read them.
_NOTE = re.compile(r"\^\[[^\[\]\n]*\]\^?|\^\d{1,3}\^")
_REFERENCE = re.compile(r"(?<!\w)\[([^\[\]\n]+)\]\[[^\[\]\n]*\]")
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")


def clean(text: str) -> str:
    """`text` with every character replaced that XML or a terminal must not get, and none that turns its direction."""
    return _ILLEGAL.sub("\ufffd", text.translate(_TURNING))


def one_line(text: str) -> str:
    """`text` cleaned, on one line, with single spaces."""
    return " ".join(clean(text).split())


def shown(text: str) -> str:
    """`text` on one line as a reader is to see it: its words, without the marks of Markdown and of footnotes."""
    words = plain(clean(text))
    if "^" in words:
        words = _NOTE.sub("", words)
    if "[" in words:
        words = _REFERENCE.sub(r"\1", words)
    if "<" in words:
        words = _ADDRESS.sub(r"\1", words)
    return one_line(unescape(words) if "&" in words else words) or one_line(text)


def letters(text: str) -> str:
    """What is the same in two texts that say the same with other marks and blanks."""
    return "".join(filter(str.isalnum, shown(text))).casefold()


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes at most: wide scripts and most emoji take two, marks none.

    Terminals differ on emoji of several parts; each part is counted, so that no line gets too long on any of them.
    """
    return len(text) if text.isascii() else sum(map(_column, text))


_WIDE_SINCE = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D356), (0x1D360, 0x1D376))
"""Trigrams, hexagrams and counting rods, wide since Unicode 16, which an older Python does not know."""


@cache
def _column(char: str) -> int:
    if char == "\ufe0f":  # asks for a picture in place of the character before it, which takes one column more
        return 1
    code = ord(char)
    if unicodedata.category(char) in ("Mn", "Me") or 0x1160 <= code <= 0x11FF:  # the latter: parts of Hangul syllables
        return 0
    if 0x200B <= code <= 0x200F or 0x2060 <= code <= 0x2064:  # joiners and other marks without a shape
        return 0
    wide = unicodedata.east_asian_width(char) in "WF" or any(first <= code <= last for first, last in _WIDE_SINCE)
    return 2 if wide else 1


def _cut(text: str, width: int) -> int:
    """The number of characters of `text` that fit into `width` columns, at least one."""
    used = 0
    for index, char in enumerate(text):
        used += _column(char)
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


def byline(node: Node, width: int = 60, *, title: bool = True) -> str:
    """Who says it and where, short: 'Neel Nanda, A long list of…'; with `title` false only who."""
    speaker = shorten(node.who, max(width // 2, 12))
    where = (node.source_title or node.source_id) if title else ""
    if not speaker:
        return shorten(where, width)
    if one_line(where) in ("", one_line(node.text)):
        return speaker
    room = width - columns(speaker) - 2
    return f"{speaker}, {shorten(where, room)}" if room >= 8 else speaker


def asides(node: Node, more: int) -> list[str]:
    """What else there is to say of a node, in a few words each: its note, and how many of its links are not shown."""
    return list(filter(None, (one_line(node.note), f"+{more} more" if more else "")))


def quote_beyond_text(node: Node) -> str:
    """The quote on one line, or '' where it says no more than the text already does."""
    quote_line = one_line(node.quote)
    return "" if quote_line == one_line(node.text) else quote_line


def context_words(node: Node) -> str:
    """What makes the statement readable alone, on one line without marks; '' where it needs nothing."""
    return f"on “{shown(node.context)}”" if node.context else ""


def tooltip(node: Node) -> str:
    """What a drawn node tells on hovering: the whole text, its context, the quote, who and where."""
    said = one_line(node.quote) if letters(node.quote) != letters(node.text) else ""
    parts = (shown(node.text), context_words(node), f"“{said}”" if said else "", byline(node, 200))
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

    Brackets, braces, '=', '%' and '#' are escaped too: hosts of YAML look for them before any YAML parser does.
    """
    out = []
    for char in text:
        code = ord(char)
        if char in '"\\':
            out.append("\\" + char)
        elif char in "[]{}=%#<>" or code < 0x20 or 0x7F <= code <= 0xA0:
            out.append(f"\\x{code:02x}")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or code == 0xFEFF:
            out.append(f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'
