"""The map as a Mermaid flowchart, which many Markdown programs draw with no plug-in.

Mermaid refuses texts above 50,000 characters and more than 500 links by default, so labels get shorter as
maps get larger; beyond some 400 statements use svg or html.
"""

from __future__ import annotations

import re

from kb.graph import Edge, Graph, Node
from kb.render._outline import parts
from kb.render._style import INK, KIND_FILLS, OUTLINE, RELATIONS, edge_words
from kb.render._text import headline, hidden_note, one_line, safe_url, unique_names, wrap, yaml_string

_SHAPES = {
    "claim": ("(", ")"),
    "critique": ("[[", "]]"),
    "theory_of_impact": ("{{", "}}"),
    "question": ("([", "])"),
    "evidence": ("[(", ")]"),
    "source": ("[/", "/]"),
}
_ARROWS = {
    "supports": ("-->", "-.->"),
    "attacks": ("--x", "-.-x"),
    "undercuts": ("--o", "-.-o"),
    "restates": ("<-->", "<-.->"),
    "related": ("---", "-.-"),
}
# Columns and lines of a label, from what one would like to what the limit leaves room for. Mermaid itself
# wraps labels that are any wider.
_LABELS = ((28, 6), (28, 5), (28, 4), (28, 3), (28, 2), (28, 1), (20, 1), (12, 1))
_MAX_TEXT = 50_000
# All but letters, digits and the few signs that mean nothing to Mermaid, to Markdown or to HTML.
_SPECIAL = re.compile(r"[^\w .,?!()'’“”…–—·-]|_|\.(?=\S)|^\d+(?=[.)])|^-")


def render(graph: Graph) -> str:
    """A `flowchart BT`: thesis on top, the relation written on every link, dashed unless accepted."""
    text = ""
    for columns, lines in _LABELS:
        text = _flowchart(graph, columns, lines)
        if len(text) < _MAX_TEXT:
            break
    return text


def _flowchart(graph: Graph, columns: int, max_lines: int) -> str:
    drawn = parts(graph)
    names = dict(zip((node.id for node in drawn.nodes), _names(drawn.nodes), strict=True))
    lines = ["---", f"title: {yaml_string(one_line(graph.title))}", "---", "flowchart BT"]
    lines += [f"  {names[node.id]}{_shape(node, columns, max_lines)}" for node in drawn.nodes]
    lines += [f"  {names[e.source]} {_arrow(e)}|{edge_words(e)}| {names[e.target]}" for e in drawn.edges]
    lines += _styles(drawn.nodes, drawn.edges, names)
    for node in drawn.nodes:
        url = safe_url(node.url)
        if url:
            # '#…;' would be read as an entity, which is why ';' goes encoded.
            lines.append(f'  click {names[node.id]} href "{url.replace(";", "%3B")}" _blank')
    hidden = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    if hidden:
        lines.append(f"  %% {hidden}")
    return "\n".join(lines) + "\n"


def _names(nodes: tuple[Node, ...]) -> list[str]:
    """Names Mermaid takes, with the id in them; the prefix keeps 'end' and the like from being syntax."""
    wanted = (re.sub(r"[^A-Za-z0-9]", "_", node.id) for node in nodes)
    return [f"n_{name}".replace(" ", "_") for name in unique_names(wanted)]


def _entity(match: re.Match[str]) -> str:
    return "".join(f"#{ord(char)};" for char in match[0])


def _shape(node: Node, columns: int, max_lines: int) -> str:
    head = headline(node, columns)
    lines = ([head] if head else []) + wrap(one_line(node.text) or "(no text)", columns, max_lines)
    label = "<br/>".join(_SPECIAL.sub(_entity, line) for line in lines)
    opening, closing = _SHAPES[node.kind]
    return f'{opening}"{label}"{closing}'


def _arrow(edge: Edge) -> str:
    return _ARROWS[edge.relation][edge.status != "accepted"]


def _styles(nodes: tuple[Node, ...], edges: tuple[Edge, ...], names: dict[str, str]) -> list[str]:
    lines = []
    for kind, fill in KIND_FILLS.items():
        members = [names[node.id] for node in nodes if node.kind == kind]
        if members:
            lines.append(f"  classDef {kind} fill:{fill},stroke:{OUTLINE},color:{INK}")
            lines.append(f"  class {','.join(members)} {kind}")
    for relation, style in RELATIONS.items():
        numbers = [str(number) for number, edge in enumerate(edges) if edge.relation == relation]
        if numbers:
            lines.append(f"  linkStyle {','.join(numbers)} stroke:{style.colour},color:{style.colour}")
    return lines
