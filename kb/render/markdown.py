"""The map as a nested Markdown list, quotes as block quotes, names linked to the sources."""

from __future__ import annotations

from kb.graph import Graph
from kb.render._markdown import credit, escaped
from kb.render._outline import Line, outline, parts
from kb.render._style import RELATIONS, edge_words
from kb.render._text import hidden_note, kind_name, quote_beyond_text, shorten


def render(graph: Graph) -> str:
    """A Markdown document that shows every statement once and every link once."""
    drawn = parts(graph)
    lines = [f"# {escaped(graph.title)}", ""]
    for line in outline(graph):
        lines.extend(_draw(line))
    hidden = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    if hidden:
        lines += ["", f"*{hidden}*"]
    return "\n".join(lines).rstrip("\n") + "\n"


def _draw(line: Line) -> list[str]:
    node, margin = line.node, "  " * line.depth
    mark = f"**{RELATIONS[line.edge.relation].mark} {edge_words(line.edge)}:** " if line.edge else ""
    if line.shown != "here":
        return [f"{margin}- {mark}{escaped(shorten(node.text, 60))} *(see {line.shown})*"]
    kind = kind_name(node)
    text = escaped(node.text) or "…"  # emphasis around nothing would show as asterisks
    said = credit(node)
    first = f"{margin}- {mark}{f'*{kind}:* ' if kind else ''}{text if line.edge else f'**{text}**'}"
    drawn = [f"{first} — {said}" if said else first]
    quote = quote_beyond_text(node)
    if quote:
        drawn.append(f"{margin}  > {escaped(quote)}")
    return drawn
