"""The map for Graphviz, thesis on top."""

from __future__ import annotations

from kb.graph import Edge, Graph, Node
from kb.render._outline import SYMMETRIC, parts
from kb.render._style import INK, KIND_FILLS, OUTLINE, RELATIONS, edge_words
from kb.render._text import clean, headline, hidden_note, one_line, safe_url, tooltip, wrap

_SHAPES = {
    "claim": 'shape=box style="rounded,filled"',
    "critique": "shape=component style=filled",
    "theory_of_impact": "shape=hexagon style=filled",
    "question": "shape=note style=filled",
    "evidence": "shape=cylinder style=filled",
    "source": "shape=tab style=filled",
}
_HEADS = {
    "supports": "arrowhead=normal",
    "attacks": "arrowhead=tee arrowsize=1.3",
    "undercuts": "arrowhead=odot",
    "restates": "dir=both arrowhead=normal arrowtail=normal",
    "related": "dir=none",
}
_STATUS_STYLES = {"accepted": "", "suggested": "style=dashed", "rejected": "style=dotted"}
_COLUMNS = 34


def render(graph: Graph) -> str:
    """A `digraph` with `rankdir=BT`; quotes as tooltips, sources as links, suggestions dashed."""
    drawn = parts(graph)
    title = [*wrap(graph.title, 80), hidden_note(drawn.hidden_nodes, drawn.hidden_edges)]
    lines = [
        "digraph map {",
        f"  graph [rankdir=BT labelloc=t fontname=Helvetica label={_string(_lines(title))}]",
        f'  node [fontname=Helvetica fontsize=11 margin="0.15,0.08" color="{OUTLINE}" fontcolor="{INK}"]',
        "  edge [fontname=Helvetica fontsize=10]",
    ]
    signed = [edge for edge in drawn.edges if edge.relation not in SYMMETRIC]
    placed = {name for edge in signed for name in (edge.source, edge.target)}
    lines += [f"  {_name(node.id)} [{_node(node)}]" for node in drawn.nodes]
    lines += [f"  {_name(edge.source)} -> {_name(edge.target)} [{_edge(edge, placed)}]" for edge in drawn.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _name(name: str) -> str:
    return '"' + clean(name).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    r"""Text in which nothing has a meaning: labels may hold `\N` and the like, and HTML entities."""
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def _string(escaped: str) -> str:
    return f'"{escaped}"'


def _lines(lines: list[str]) -> str:
    return "\\n".join(_escaped(clean(line)) for line in lines if line)


def _node(node: Node) -> str:
    label = [headline(node, _COLUMNS), *wrap(one_line(node.text) or "(no text)", _COLUMNS, 6)]
    attributes = [
        _SHAPES[node.kind],
        f'fillcolor="{KIND_FILLS[node.kind]}"',
        f"label={_string(_lines(label))}",
        f"tooltip={_string(_lines(tooltip(node).splitlines()))}",
    ]
    url = safe_url(node.url)
    if url:
        attributes.append(f'URL={_string(_escaped(url))} target="_blank"')
    return " ".join(attributes)


def _edge(edge: Edge, placed: set[str]) -> str:
    """Attributes of a link; `placed` are the statements that links with a direction put above or below."""
    colour = RELATIONS[edge.relation].colour
    attributes = [
        f'label="{edge_words(edge)}"',
        f'color="{colour}" fontcolor="{colour}"',
        _HEADS[edge.relation],
        _STATUS_STYLES[edge.status],
        # What has no direction must not decide what is above what, unless nothing else does.
        "constraint=false" if edge.relation in SYMMETRIC and {edge.source, edge.target} <= placed else "",
    ]
    return " ".join(filter(None, attributes))
