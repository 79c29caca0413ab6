"""The map as one page: the picture to pan and zoom, and every statement with its quote beneath it.

The page asks for nothing from any network, runs no script but its own (the policy in its head names that one
by its hash), and is whole without it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

from kb.graph import Edge, Graph, Node
from kb.render._outline import SYMMETRIC, Parts, outline, parts
from kb.render._shapes import safe
from kb.render._style import edge_words
from kb.render._text import (
    KIND_NAMES,
    byline,
    clean,
    counted,
    hidden_note,
    quote_beyond_text,
    safe_url,
    shorten,
)
from kb.render.svg import draw


def render(graph: Graph) -> str:
    """A self-contained HTML page."""
    drawn = parts(graph)
    page = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    values = {
        "policy": _policy(page),
        "title": safe(graph.title),
        "counts": safe(_counts(drawn)),
        "picture": draw(graph, linked=False),
        "statements": _statements(graph, drawn),
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


def _statements(graph: Graph, drawn: Parts) -> str:
    """An article a statement, in the order of the outline, numbered by its place among the nodes."""
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    links: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        for name in dict.fromkeys((edge.source, edge.target)):
            links[name].append(_link(edge, name, drawn, numbers))
    told = [line.node for line in outline(graph) if line.shown == "here"]
    return "\n".join(_article(node, numbers[node.id], links[node.id]) for node in told)


def _article(node: Node, number: int, links: list[str]) -> str:
    lines = [
        f'<article id="n{number}">',
        f'<p class="kind">{safe(KIND_NAMES[node.kind])}</p>',
        f"<p><strong>{safe(node.text)}</strong></p>",
    ]
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


def _link(edge: Edge, name: str, drawn: Parts, numbers: dict[str, int]) -> str:
    """A link as seen from the statement `name`, leading to the other end."""
    other = edge.target if edge.source == name else edge.source
    arrow = "↔" if edge.relation in SYMMETRIC else "→" if edge.source == name else "←"
    text = safe(shorten(clean(drawn.nodes[numbers[other]].text), 90)) or "(no text)"
    return (
        f'<li>{arrow} <span class="{edge.relation}">{safe(edge_words(edge))}</span> '
        f'<a href="#n{numbers[other]}">{text}</a></li>'
    )
