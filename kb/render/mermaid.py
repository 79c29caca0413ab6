"""The map as a Mermaid flowchart, which many Markdown programs draw with no plug-in.

Mermaid refuses texts above 50,000 characters and more than 500 links by default, so labels get shorter as
maps get larger; beyond some 400 statements use svg or html.
"""

from __future__ import annotations

import re

from kb.graph import Edge, Graph, Node
from kb.render._outline import parts
from kb.render._style import INK, KIND_FILLS, OUTLINE, RELATIONS, edge_words
from kb.render._text import headline, hidden_note, safe_url, unique_names, wrap, yaml_string

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
_COLUMNS = 34
_ROOM = 30_000  # characters for all labels together, leaving the rest for syntax and entities
# All but letters, digits and the few signs that mean nothing to Mermaid, to Markdown or to HTML.
_SPECIAL = re.compile(r"[^\w .,?!()'’“”…–—·-]|_|\.(?=\S)|^\d+(?=[.)])|^-")


def render(graph: Graph) -> str:
    """A `flowchart BT`: thesis on top, the relation written on every link, dashed where it is not accepted."""
    drawn = parts(graph)
    names = dict(zip((node.id for node in drawn.nodes), _names(drawn.nodes), strict=True))
    limit = max(1, min(5, _ROOM // (_COLUMNS * max(len(drawn.nodes), 1))))
    lines = ["---", f"title: {yaml_string(' '.join(graph.title.split()))}", "---", "flowchart BT"]
    lines += [f"  {names[node.id]}{_shape(node, limit)}" for node in drawn.nodes]
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
    """Names Mermaid takes, with the id in them; the prefix keeps words like 'end' from being read as syntax."""
    wanted = (re.sub(r"[^A-Za-z0-9]", "_", node.id) for node in nodes)
    return [f"n_{name}".replace(" ", "_") for name in unique_names(wanted)]


def _entity(match: re.Match[str]) -> str:
    return "".join(f"#{ord(char)};" for char in match[0])


def _shape(node: Node, limit: int) -> str:
    head = headline(node, _COLUMNS)
    lines = ([head] if head else []) + wrap(node.text or "(no text)", _COLUMNS, limit)
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
