"""Plain text made safe inside Markdown, for the formats whose text is Markdown."""

from __future__ import annotations

import re

from kb.maps.drawing.text import byline, one_line, safe_url
from kb.model.argument_map import Node

# '&' because of entities; '#', '%', '=', '$', '|', '~' and '^' mean something to note-taking programs.
_INLINE = re.compile(r"[\\`*_\[\]<>&#|~$^]|%(?=%)|=(?==)|(?<==)=|(?<=%)%")
_BLOCK = re.compile(r"^(?:[-+=](?=\s|$|[-=])|\d{1,9}(?=[.)](?:\s|$)))")


def escaped(text: str) -> str:
    """`text` on one line, so that Markdown shows exactly its characters, at the start of a line or inside."""
    line = _INLINE.sub(lambda match: "\\" + match[0], one_line(text))
    start = _BLOCK.match(line)
    if start is None:
        return line
    if start[0].isdigit():
        return f"{start[0]}\\{line[start.end() :]}"
    return "\\" + line


def credit(node: Node, width: int = 70) -> str:
    """Who and where as Markdown, linked to the source where it has an address; '' where nothing is known."""
    name = escaped(byline(node, width))
    url = safe_url(node.url)
    if not url:
        return name
    # Angle brackets cannot occur in a checked address, so they can enclose it whatever else is in it.
    return f"[{name or 'source'}](<{url}>)"
