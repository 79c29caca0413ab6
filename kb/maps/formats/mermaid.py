"""The map as a Mermaid flowchart, which many Markdown programs draw with no plug-in.

Mermaid refuses texts above 50,000 characters and more than 500 links by default, so labels get shorter as
maps get larger; beyond some 400 statements use svg or html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.maps.drawing.outline import parts
from kb.maps.drawing.pieces import Stretch, footline, framed, groups, headline, legend_note, stretches
from kb.maps.drawing.style import INK, KIND_FILLS, OUTLINE, RELATIONS, edge_words
from kb.maps.drawing.text import (
    context_words,
    hidden_note,
    one_line,
    safe_url,
    shorten,
    unique_names,
    wrap,
    yaml_string,
)
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node

_SHAPES = {
    "claim": ("(", ")"),
    "critique": ("[[", "]]"),
    "theory_of_impact": ("{{", "}}"),
    "question": ("([", "])"),
    "evidence": ("[(", ")]"),
    "source": ("[/", "/]"),
    "passage": ("[\\", "\\]"),
}
_ARROWS = {
    "supports": ("-->", "-.->"),
    "attacks": ("--x", "-.-x"),
    "undercuts": ("--o", "-.-o"),
    "restates": ("<-->", "<-.->"),
    "related": ("-.-", "-.-"),
}
# Columns and lines of a label, from what one would like to what the limit leaves room for. Mermaid itself
# wraps labels that are any wider.
_LABELS = ((28, 6), (28, 5), (28, 4), (28, 3), (28, 2), (28, 1), (20, 1), (12, 1))
_MAX_TEXT = 50_000
# All but letters, digits and the few signs that mean nothing to Mermaid, to Markdown or to HTML.
_SPECIAL = re.compile(r"[^\w .,?!()'’“”…–—·-]|_|\.(?=\S)|^\d+(?=[.)])|^-")


def render(map_: ArgumentMap) -> str:
    """A `flowchart BT`: thesis on top, the relation written on every link, dashed unless accepted."""
    text = ""
    for columns, lines in _LABELS:
        text = _flowchart(map_, columns, lines)
        if len(text) < _MAX_TEXT:
            break
    return text


def _flowchart(map_: ArgumentMap, columns: int, max_lines: int) -> str:
    drawn = parts(map_)
    joints, stretched = stretches(drawn)
    names = dict(zip((n.id for n in drawn.nodes), _names([n.id for n in drawn.nodes], "n"), strict=True))
    names |= dict(zip(joints, _names(joints, "j"), strict=True))
    in_frame = framed(drawn)
    lines = ["---", f"title: {yaml_string(one_line(map_.title))}", "---", "flowchart BT"]
    for node in drawn.nodes:
        label = [headline(node, columns, title=node.id not in in_frame), *_text(node, columns, max_lines)]
        label.append(footline(node, drawn.more.get(node.id, 0)))
        opening, closing = _SHAPES[node.kind]
        lines.append(f'  {names[node.id]}{opening}"{_label(label)}"{closing}')
    lines += [f'  {names[joint]}((" "))' for joint in joints]
    for number, group in enumerate(groups(drawn), 1):
        title = _label([shorten(group.title, 60)])
        members = "; ".join(names[name] for name in group.members)
        lines.append(f'  subgraph g_{number}["{title}"]; {members}; end')
    notes = [note for note in (legend_note(drawn), hidden_note(drawn.hidden_nodes, drawn.hidden_edges)) if note]
    if notes:
        lines.append(f'  legend["{_label(notes)}"]')
    lines += [f"  {names[line.edge.from_id]} {_arrow(line)} {names[line.edge.to_id]}" for line in stretched]
    lines += _styles(drawn.nodes, stretched, names)
    lines += ["  style legend fill:none,stroke:none,color:#555555"] if notes else []
    for node in drawn.nodes:
        url = safe_url(node.url)
        if url:
            # '#…;' would be read as an entity, which is why ';' goes encoded.
            lines.append(f'  click {names[node.id]} href "{url.replace(";", "%3B")}" _blank')
    return "\n".join(lines) + "\n"


def _names(wanted: Iterable[str], prefix: str) -> list[str]:
    """Names Mermaid takes, with the id in them; the prefix keeps 'end' and the like from being syntax."""
    plain = (re.sub(r"[^A-Za-z0-9]", "_", name) for name in wanted)
    return [f"{prefix}_{name}".replace(" ", "_") for name in unique_names(plain)]


def _entity(match: re.Match[str]) -> str:
    return "".join(f"#{ord(char)};" for char in match[0])


def _text(node: Node, columns: int, max_lines: int) -> list[str]:
    around = wrap(context_words(node), columns, 2) if node.context and max_lines > 2 else []
    return [*wrap(one_line(node.text) or "(no text)", columns, max_lines), *around]


def _label(lines: Iterable[str]) -> str:
    return "<br/>".join(_SPECIAL.sub(_entity, line) for line in lines if line)


def _arrow(line: Stretch) -> str:
    edge = line.edge
    if not line.last:
        return "---" if edge.status == "accepted" else "-.-"
    return f"{_ARROWS[edge.relation][edge.status != 'accepted']}|{edge_words(edge)}|"


def _styles(nodes: tuple[Node, ...], stretched: list[Stretch], names: dict[str, str]) -> list[str]:
    lines = []
    for kind, fill in KIND_FILLS.items():
        members = [names[node.id] for node in nodes if node.kind == kind]
        if members:
            lines.append(f"  classDef {kind} fill:{fill},stroke:{OUTLINE},color:{INK}")
            lines.append(f"  class {','.join(members)} {kind}")
    for relation, style in RELATIONS.items():
        numbers = [str(number) for number, line in enumerate(stretched) if line.edge.relation == relation]
        if numbers:
            lines.append(f"  linkStyle {','.join(numbers)} stroke:{style.colour},color:{style.colour}")
    return lines


FORMAT = Format(
    name="mermaid",
    what="flowchart; beyond some 400 statements use another",
    endings=(".mmd", ".mermaid"),
    media_type="text/vnd.mermaid",
    render=render,
)
