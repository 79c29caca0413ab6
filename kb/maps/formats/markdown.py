"""The map as a nested Markdown list, quotes as block quotes, names linked to the sources."""

from __future__ import annotations

from kb.maps.drawing.markdown_text import credit, escaped
from kb.maps.drawing.outline import Line, Parts, outline, parts
from kb.maps.drawing.pieces import footline
from kb.maps.drawing.style import RELATIONS, edge_words
from kb.maps.drawing.text import context_words, hidden_note, kind_name, quote_beyond_text, shorten
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap


def render(map_: ArgumentMap) -> str:
    """A Markdown document that shows every statement once and every link once, under the sources of the theses."""
    drawn = parts(map_)
    told = outline(map_)
    headed = len({line.node.source_id for line in told if not line.depth}) > 1
    lines = [f"# {escaped(map_.title)}", ""]
    heading: str | None = None
    for line in told:
        if not line.depth and headed and line.node.source_id != heading:
            heading = line.node.source_id
            title = escaped(line.node.source_title or heading) or "Without a source"
            lines += [*([] if lines[-1] == "" else [""]), f"## {title}", ""]
        lines.extend(_draw(line, drawn))
    hidden = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    if hidden:
        lines += ["", f"*{hidden}*"]
    return "\n".join(lines).rstrip("\n") + "\n"


def _draw(line: Line, drawn: Parts) -> list[str]:
    node, margin = line.node, "  " * line.depth
    mark = ""
    if line.edge:
        at = " the step" if line.at_link else ""
        mark = f"**{RELATIONS[line.edge.relation].mark} {edge_words(line.edge)}{at}:** "
    if line.shown != "here":
        return [f"{margin}- {mark}{escaped(shorten(node.text, 60))} *(see {line.shown})*"]
    kind = kind_name(node)
    text = escaped(node.text) or "…"  # emphasis around nothing would show as asterisks
    said = " · ".join(filter(None, (credit(node), escaped(footline(node, drawn.more.get(node.id, 0))))))
    first = f"{margin}- {mark}{f'*{kind}:* ' if kind else ''}{text if line.edge else f'**{text}**'}"
    told = [f"{first} — {said}" if said else first]
    if node.context:
        told[0] += f"\\\n{margin}  *{escaped(context_words(node))}*"
    quote = quote_beyond_text(node)
    if quote:
        told.append(f"{margin}  > {escaped(quote)}")
    return told


FORMAT = Format(
    name="markdown",
    what="nested list under the sources of the theses",
    endings=(".md",),
    media_type="text/markdown",
    render=render,
    quotes="if not the statement itself",
)
