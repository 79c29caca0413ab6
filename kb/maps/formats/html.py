"""The map as one page: the picture to pan and zoom, and every statement with its quote beneath it.

The page asks for nothing from any network, runs no script but its own (the policy in its head names that one
by its hash), and is whole without it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

from kb.maps.drawing.outline import SYMMETRIC, Parts, bears_on, outline, parts
from kb.maps.drawing.pieces import footline
from kb.maps.drawing.shapes import safe
from kb.maps.drawing.style import edge_words
from kb.maps.drawing.text import (
    KIND_NAMES,
    byline,
    clean,
    context_words,
    counted,
    hidden_note,
    one_line,
    quote_beyond_text,
    safe_url,
    shorten,
)
from kb.maps.format import Format
from kb.maps.formats.svg import draw
from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Link


def render(map_: ArgumentMap) -> str:
    """A self-contained HTML page."""
    drawn = parts(map_)
    page = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    values = {
        "policy": _policy(page),
        "title": safe(map_.title),
        "counts": safe(_counts(drawn)),
        "picture": draw(map_, linked=False),
        "statements": _statements(map_, drawn),
    }
    # In one pass, so that a placeholder in somebody's text stays what it is.
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], page)


def _policy(page: str) -> str:
    """Allows the page its own style and script, by hash, and nothing else."""
    rules = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    for rule, element in (("style-src", "style"), ("script-src", "script")):
        content = page.split(f"<{element}>", 1)[1].split(f"</{element}>", 1)[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        rules.append(f"{rule} 'sha256-{digest}'")
    return "; ".join(rules)


def _counts(drawn: Parts) -> str:
    shown = f"{counted(len(drawn.nodes), 'statement')}, {counted(len(drawn.edges), 'link')}"
    hidden = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    return f"{shown}; {hidden}" if hidden else shown


def _statements(map_: ArgumentMap, drawn: Parts) -> str:
    """An article a statement, source by source, in the order of the outline; numbered by its place among the nodes."""
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    links: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        step = drawn.steps.get(edge.to_id)
        # What aims at a link concerns both of its ends.
        ends = (edge.from_id, step.from_id, bears_on(step, drawn)) if step else (edge.from_id, edge.to_id)
        for name in dict.fromkeys(ends):
            links[name].append(_link(edge, step, name, drawn, numbers))
    told: dict[str, list[Node]] = {}
    for line in outline(map_):
        if line.shown == "here":
            told.setdefault(line.node.source_id, []).append(line.node)
    out = []
    for source_id, nodes in told.items():
        title = next((node.source_title for node in nodes if node.source_title), source_id) or "Without a source"
        out.append(f"<h2>{safe(shorten(title, 200))}</h2>")
        out += [_article(node, numbers[node.id], links[node.id], drawn.more.get(node.id, 0)) for node in nodes]
    return "\n".join(out)


def _article(node: Node, number: int, links: list[str], more: int) -> str:
    foot = footline(node, more)
    lines = [
        f'<article id="n{number}">',
        f'<p class="kind">{safe(" · ".join(filter(None, (KIND_NAMES[node.kind], foot))))}</p>',
        f"<p><strong>{safe(node.text)}</strong></p>",
    ]
    if node.context:
        lines.append(f'<p class="on">{safe(context_words(node))}</p>')
    if quote_beyond_text(node):
        lines.append(f"<blockquote>{safe(node.quote)}</blockquote>")
    said, url = safe(byline(node, 200)), safe_url(node.url)
    if url:
        said = f'<a href="{safe(url)}" target="_blank" rel="noopener noreferrer">{said or "source"}</a>'
    if said:
        lines.append(f'<p class="by">{said}</p>')
    if links:
        lines.append(f"<ul>{''.join(links)}</ul>")
    return "\n".join([*lines, "</article>"])


def _link(edge: Link, step: Link | None, name: str, drawn: Parts, numbers: dict[str, int]) -> str:
    """A link as seen from the statement `name`, leading to the other end; `step` is the link that it aims at."""
    target = edge.to_id if step is None else step.from_id if step.from_id != edge.from_id else bears_on(step, drawn)
    other = target if edge.from_id == name else edge.from_id
    arrow = "↔" if edge.relation in SYMMETRIC else "→" if edge.from_id == name else "←"
    words = f"{edge_words(edge)}{' the step from' if step and edge.from_id == name else ' a step' if step else ''}"
    text = safe(shorten(clean(drawn.nodes[numbers[other]].text), 90)) or "(no text)"
    said = f" <q>{safe(one_line(edge.evidence.quote))}</q>" if edge.evidence else ""
    to = f'<a href="#n{numbers[other]}">{text}</a>'
    return f'<li>{arrow} <span class="{edge.relation}">{safe(words)}</span> {to}{said}</li>'


FORMAT = Format(
    name="html",
    what="one page to pan and zoom by mouse or keyboard, with every statement and quote as text; it loads nothing "
    "from a network",
    endings=(".html", ".htm"),
    media_type="text/html",
    render=render,
    quotes="yes, and the evidence of links",
)
