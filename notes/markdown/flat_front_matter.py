"""Front matter as most notes have it, `key: value` lines and lists of one level, read without the YAML parser.

What a line of another form could change is left to that parser: `read` gives what it would give, in a hundredth of the
time, or nothing. A property test holds the two together.
"""

from __future__ import annotations

import re

_NO_SIGN = r"[^\x00-\x2f:-@\[-\x60{-\xa0\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]|[/(._+$=^;~]"
"""What a plain value may begin with: no sign that YAML reads as one."""
_INNER = r"[^\x00-\x1f\x7f-\xa0\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]"
_PLAIN = rf"(?:{_NO_SIGN})(?:(?!: |:$| #){_INNER})*"
_QUOTED = rf"'(?:(?!'){_INNER}|'')*'|\"(?:(?![\"\\]){_INNER})*\""
_FLOW_ENTRY = rf"(?:{_NO_SIGN})(?:(?![,:?\[\]{{}}#\"']){_INNER})*|{_QUOTED}"
_FLOW = rf"\[ *(?:(?:{_FLOW_ENTRY})(?:, *(?:{_FLOW_ENTRY}))*)?\]"
_KEY = re.compile(
    rf"(?P<key>[A-Za-z_](?:[\w -]{{0,60}}\w)?):(?:(?: +(?:(?P<plain>{_PLAIN})|(?P<quoted>{_QUOTED})|(?P<flow>{_FLOW})"
    rf"|(?P<folded>>-)))? *)$",
    re.ASCII,
)
_ITEM = re.compile(rf"(?P<indent> *)- +(?:(?P<plain>{_PLAIN})|(?P<quoted>{_QUOTED})) *$")
_FURTHER = re.compile(rf" +(?P<plain>{_PLAIN})$")
_ENTRY = re.compile(_FLOW_ENTRY)


def read(raw: str) -> dict[str, str | list[str]] | None:
    """The mapping in `raw`; None where it may be more than flat."""
    found: dict[str, str | list[str]] = {}
    lines = raw.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line:
            continue
        match = _KEY.match(line)
        if match is None or match["key"] in found:
            return None
        value: str | list[str] = ""
        if (entry := match["plain"] or match["quoted"]) is not None:
            value = _bare(entry)
        elif match["flow"] is not None:
            value = [_bare(entry[0]) for entry in _ENTRY.finditer(match["flow"], 1)]
        elif match["folded"] is not None:
            further = _FURTHER.match(lines[at]) if at < len(lines) else None
            if further is None or further["plain"].endswith(" "):
                return None
            value = further["plain"]
            at += 1
        elif at < len(lines) and (item := _ITEM.match(lines[at])):
            value, at = _items(lines, at, item["indent"])
        if at < len(lines) and lines[at].startswith(" "):
            return None  # the value goes on
        found[match["key"]] = value
    return found or None


def _items(lines: list[str], at: int, indent: str) -> tuple[list[str], int]:
    """The items of a list that begins on a line, and the line after them."""
    items: list[str] = []
    while at < len(lines) and (item := _ITEM.match(lines[at])) and item["indent"] == indent:
        items.append(_bare(item["plain"] or item["quoted"]))
        at += 1
    return items, at


def _bare(entry: str) -> str:
    """An entry without its quotes, or without the blanks behind it."""
    if entry[0] == "'":
        return entry[1:-1].replace("''", "'")
    return entry[1:-1] if entry[0] == '"' else entry.rstrip(" ")
