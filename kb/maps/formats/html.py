"""The map as one page: the picture to pan, zoom and search, and every statement with its quote beneath it.

The page asks for nothing from any network, runs no script but its own (the policy in its head names that one by its
hash), and is whole without it. What it shows can be put into another page, too: `fragment`, with `map.css` and
`map.js`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

from kb.maps.drawing.outline import Parts, outline, parts
from kb.maps.drawing.shapes import safe
from kb.maps.drawing.statements import Address, statements
from kb.maps.drawing.text import counted, hidden_note, shown
from kb.maps.format import Format
from kb.maps.formats.svg import draw
from kb.model.argument_map import ArgumentMap


def render(map_: ArgumentMap) -> str:
    """A self-contained HTML page."""
    page = _filled(_read("page.html"), {"style": _read("map.css"), "script": _read("map.js")})
    values = {"policy": _policy(page), "title": safe(shown(map_.title)), "map": fragment(map_)}
    # In one pass, so that a placeholder in somebody's text stays what it is.
    return _filled(page, values)


def fragment(map_: ArgumentMap, *, address: Address | None = None) -> str:
    """The elements of a map for a page that loads `map.css` and `map.js`: tools, picture, panel and outline.

    None of them has a style or acts by itself, so that a page's policy may forbid both. `address` gives the page that a
    statement has of its own, or '': panel and outline lead there.
    """
    drawn = parts(map_)
    values = {
        "counts": safe(_counts(drawn)),
        "picture": draw(map_, linked=False),
        "statements": statements(outline(map_), drawn, address),
    }
    return _filled(_read("fragment.html"), values)


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _filled(template: str, values: dict[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values.get(match[1], match[0]), template)


def _policy(page: str) -> str:
    """Allows the page its own style and script, by hash, and nothing else."""
    rules = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    for rule, element in (("style-src", "style"), ("script-src", "script")):
        content = page.split(f"<{element}>", 1)[1].split(f"</{element}>", 1)[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        rules.append(f"{rule} 'sha256-{digest}'")
    return "; ".join(rules)


def _counts(drawn: Parts) -> str:
    there = f"{counted(len(drawn.nodes), 'statement')}, {counted(len(drawn.edges), 'link')}"
    hidden = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    return f"{there}; {hidden}" if hidden else there


FORMAT = Format(
    name="html",
    what="one page to pan, zoom, fold, filter and search by mouse or keyboard, with every statement and quote as text; "
    "it loads nothing from a network",
    endings=(".html", ".htm"),
    media_type="text/html",
    render=render,
    quotes="yes, and the evidence of links",
)
