"""The statements of a map as nested lists of HTML: each in full once, with its quote, its source and its links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from kb.maps.drawing.outline import SYMMETRIC, Line, Parts, bears_on
from kb.maps.drawing.pieces import footline
from kb.maps.drawing.shapes import safe
from kb.maps.drawing.style import RELATIONS, edge_words
from kb.maps.drawing.text import KIND_NAMES, byline, context_words, letters, one_line, safe_url, shorten, shown
from kb.model.argument_map import Node
from kb.model.link import Link

Address = Callable[[Node], str]

_OTHER = 90  # columns of a statement that is only named


def statements(lines: Sequence[Line], drawn: Parts, address: Address | None = None) -> str:
    """The outline, source by source. Statements are numbered by their place among the nodes: `map-n7` is the eighth.

    `address` gives the page that a statement has of its own, or ''.
    """
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    links = _links(drawn, numbers)
    out = []
    for source_id, trees in groupby(_trees(lines), lambda tree: tree[0].node.source_id):
        told = list(trees)
        title = next((line.node.source_title for tree in told for line in tree if line.node.source_id == source_id), "")
        out.append(f"<h2>{safe(shorten(shown(title or source_id), 200) or 'Without a source')}</h2>")
        out += _nested([line for tree in told for line in tree], drawn, numbers, links, address)
    return "\n".join(out)


def _trees(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines cut where one stands at the margin."""
    tree: list[Line] = []
    for line in lines:
        if not line.depth and tree:
            yield tree
            tree = []
        tree.append(line)
    if tree:
        yield tree


def _nested(
    lines: list[Line], drawn: Parts, numbers: dict[str, int], links: dict[str, list[str]], address: Address | None
) -> Iterator[str]:
    depth = -1
    for line in lines:
        if line.depth > depth:
            yield "<ul>" * (line.depth - depth)
        else:
            yield "</li>" + "</ul></li>" * (depth - line.depth)
        depth = line.depth
        number, node = numbers[line.node.id], line.node
        if line.shown == "here":
            yield f'<li data-item="{number}">'
            yield from _article(line, number, links[node.id], drawn.more.get(node.id, 0), address)
        elif line.edge is not None:
            yield f'<li class="map-again" data-status="{line.edge.status}">{_relation(line)} {_named(node, number)}'
            yield _rests_on(line)
    yield "</li></ul>" * (depth + 1)


def _relation(line: Line) -> str:
    if line.edge is None:
        return ""
    words = edge_words(line.edge) + (" the step above" if line.at_link else "")
    name = line.edge.relation
    return f'<span class="map-relation {name}">{safe(RELATIONS[name].mark)} {safe(words)}</span>'


def _rests_on(line: Line) -> str:
    """The words that the link of a line rests on, where the statement does not say them itself."""
    return _evidence(line.edge, line.node) if line.edge else ""


def _evidence(edge: Link, node: Node) -> str:
    """The words that a link rests on, unless those of the statement have them."""
    words = one_line(edge.evidence.quote) if edge.evidence else ""
    return f"<q>{safe(words)}</q>" if words and letters(words) not in letters(f"{node.text} {node.quote}") else ""


def _article(line: Line, number: int, links: list[str], more: int, address: Address | None) -> Iterator[str]:
    """A statement in full; its links are for where it is shown alone, since the outline has each at its place."""
    node = line.node
    kind = safe(" · ".join(filter(None, (KIND_NAMES[node.kind], footline(node, more)))))
    yield f'<article id="map-n{number}"><p class="map-kind">{_relation(line)} {kind} {_rests_on(line)}</p>'
    yield f'<p class="map-text"><strong>{safe(shown(node.text) or "(no text)")}</strong></p>'
    if node.context:
        yield f'<p class="map-by">{safe(context_words(node))}</p>'
    if node.quote and letters(node.quote) != letters(node.text):
        yield f"<blockquote>{safe(node.quote)}</blockquote>"
    said, url = safe(byline(node, 200)), safe_url(node.url)
    if url:
        said = f'<a href="{safe(url)}" target="_blank" rel="noopener noreferrer">{said or "source"}</a>'
    own = address(node) if address else ""
    opens = f'<a class="map-open" href="{safe(own)}">open</a>' if own else ""
    if said or opens:
        yield f'<p class="map-by">{" · ".join(filter(None, (said, opens)))}</p>'
    if links:
        yield f'<ul class="map-links">{"".join(links)}</ul>'
    yield "</article>"


def _links(drawn: Parts, numbers: dict[str, int]) -> dict[str, list[str]]:
    """By the id of a node its links, each as seen from it."""
    links: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        step = drawn.steps.get(edge.to_id)
        # What aims at a link concerns both of its ends.
        ends = (edge.from_id, step.from_id, bears_on(step, drawn)) if step else (edge.from_id, edge.to_id)
        for name in dict.fromkeys(ends):
            links[name].append(_link(edge, step, name, drawn, numbers))
    return links


def _link(edge: Link, step: Link | None, name: str, drawn: Parts, numbers: dict[str, int]) -> str:
    """A link as seen from the statement `name`, leading to the other end; `step` is the link that it aims at."""
    target = edge.to_id if step is None else step.from_id if step.from_id != edge.from_id else bears_on(step, drawn)
    other = target if edge.from_id == name else edge.from_id
    arrow = "↔" if edge.relation in SYMMETRIC else "→" if edge.from_id == name else "←"
    words = f"{edge_words(edge)}{' the step from' if step and edge.from_id == name else ' a step' if step else ''}"
    there = drawn.nodes[numbers[other]]
    said, to = _evidence(edge, there), _named(there, numbers[other])
    told = f'<span class="map-relation {edge.relation}">{safe(words)}</span>'
    return f'<li data-status="{edge.status}">{arrow} {told} {to} {said}</li>'


def _named(node: Node, number: int) -> str:
    return f'<a href="#map-n{number}">{safe(shorten(shown(node.text), _OTHER)) or "(no text)"}</a>'
