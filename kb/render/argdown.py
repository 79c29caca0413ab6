"""The map as Argdown, the plain-text notation for argument maps.

Argdown has supports, attacks and undercuts; what it cannot say (`restates`, `related`) is listed in comments
at the end and counted at the top. What a link rests on stands in the braces of the line it is on.
"""

from __future__ import annotations

import re

from kb.graph import Edge, Graph, Node
from kb.render._outline import SIGNED, Line, outline, parts
from kb.render._style import RELATIONS, edge_words
from kb.render._text import counted, hidden_note, one_line, shorten, unique_names, yaml_string

MARKS = {"supports": "+", "attacks": "-", "undercuts": "_"}
TAGS = {
    "claim": "",
    "critique": "critique",
    "theory_of_impact": "theory-of-impact",
    "question": "question",
    "evidence": "evidence",
    "source": "source",
}
BLANK = "…"
"""Stands for a text without characters, as Argdown wants a statement to have some."""

_INDENT = "    "
# '.x.' and ':x:' are names of symbols, and the lexer swallows escapes between two such signs; 'e.g.', 'i.e.'
# and a final '2.5.' are left alone, for the reader's sake.
_SPECIAL = re.compile(
    r"[\\\[\]<>#@{}*_]|/(?=[/*])|(?<=/)/|(?<=[/*])/|=(?===)|(?<==)=|:(?=\S+?:)|\.(?!(?:[ge]|\d+)\.(?:\s|$))(?=\S+?\.)"
)


def render(graph: Graph) -> str:
    """An Argdown document with one titled statement a node; `kb.render.argdown_reader` reads it back."""
    drawn = parts(graph)
    titles = _titles(drawn.nodes)
    untold = [edge for edge in drawn.edges if edge.relation not in SIGNED]
    lines = _front(graph.title)
    notes = [hidden_note(drawn.hidden_nodes, drawn.hidden_edges), _untold_note(untold)]
    notes = [f"// {note}" for note in notes if note]
    lines += [*notes, ""] if notes else []
    for number, line in enumerate(outline(graph, SIGNED)):
        if line.depth == 0 and number:
            lines.append("")
        lines.append(_draw(line, titles))
    if untold:
        lines.append("")
        lines += [_comment(edge, titles) for edge in untold]
    if not drawn.nodes:  # Argdown has no empty documents; a heading says nothing
        lines.append("# No statements")
    return "\n".join(lines) + "\n"


def _front(title: str) -> list[str]:
    # Without the setting, Argdown would count the tags as a part of the text.
    return [
        "===",
        f"title: {yaml_string(one_line(title))}",
        "model:",
        "    removeTagsFromText: true",
        "===",
        "",
    ]


def _titles(nodes: tuple[Node, ...]) -> dict[str, str]:
    """Unique titles with words to recognise and the id to find the statement by."""
    wanted = []
    for node in nodes:
        words = shorten(node.text, 40)
        title = f"{words} ({one_line(node.id)})" if words else f"({one_line(node.id)})"
        wanted.append(title.translate(str.maketrans("[]", "()")).lstrip("-") or "()")
    return dict(zip((node.id for node in nodes), unique_names(wanted), strict=True))


def _draw(line: Line, titles: dict[str, str]) -> str:
    mark = f"{MARKS[line.edge.relation]} " if line.edge else ""
    title = f"[{titles[line.node.id]}]"
    link = [("link", _link(line.edge))] if line.edge else []
    if line.shown != "here":
        return f"{_INDENT * line.depth}{mark}{title} {_braces(link)}"
    node = line.node
    text = _SPECIAL.sub(lambda match: "\\" + match[0], one_line(node.text)) or BLANK
    tag = f" #{TAGS[node.kind]}" if TAGS[node.kind] else ""
    return f"{_INDENT * line.depth}{mark}{title}: {text}{tag} {_braces(_facts(node) + link)}"


def _facts(node: Node) -> list[tuple[str, str]]:
    values = [
        ("id", node.id),
        # The line above holds one line of clean text; what that would change is kept whole here.
        ("text", node.text if node.text != one_line(node.text) else None),
        ("source", node.source_id or None),
        ("source_title", node.source_title or None),
        ("speaker", node.speaker or None),
        ("quote", node.quote or None),
        ("url", node.url or None),
    ]
    return [(key, yaml_string(value)) for key, value in values if value is not None]


def _link(edge: Edge) -> str:
    values = [("id", yaml_string(edge.id)), ("basis", edge.basis), ("status", edge.status)]
    if edge.score is not None:
        values.append(("score", repr(float(edge.score))))
    return _braces(values)


def _braces(pairs: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def _untold_note(untold: list[Edge]) -> str:
    if not untold:
        return ""
    return f"{counted(len(untold), 'link')} without a sign, for which Argdown has no notation: see the end"


def _comment(edge: Edge, titles: dict[str, str]) -> str:
    mark = RELATIONS[edge.relation].mark
    return f"// {edge_words(edge)}: [{titles[edge.source]}] {mark} [{titles[edge.target]}]"
