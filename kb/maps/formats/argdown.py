"""The map as Argdown, the plain-text notation for argument maps.

Each source is a heading, which Argdown draws as a group. Argdown has supports, attacks and undercuts; what it cannot
say (`restates`, `related`, what a link rests on, which link an undercut is aimed at) stands in braces, as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kb.extract.argdown import BLANK, TAGS
from kb.maps.drawing.outline import SIGNED, Line, Parts, of_relations, outline, parts
from kb.maps.drawing.text import counted, hidden_note, one_line, shorten, unique_names, yaml_string
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Link

MARKS = {"supports": "+", "attacks": "-", "undercuts": "_"}
_INDENT = "    "
# '.x.' and ':x:' are names of symbols, and the lexer swallows escapes between two such signs; 'e.g.', 'i.e.'
# and a final '2.5.' are left alone, for the reader's sake.
_SPECIAL = re.compile(
    r"[\\\[\]<>#@{}*_]|/(?=[/*])|(?<=/)/|(?<=[/*])/|=(?===)|(?<==)=|:(?=\S+?:)|\.(?!(?:[ge]|\d+)\.(?:\s|$))(?=\S+?\.)"
)


def render(map_: ArgumentMap) -> str:
    """An Argdown document with one titled statement a node; `kb.extract.argdown` reads it back."""
    drawn = parts(map_)
    page = _Page(drawn)
    notes = [hidden_note(drawn.hidden_nodes, drawn.hidden_edges), _untold_note(page.untold)]
    notes = [f"// {note}" for note in notes if note]
    lines = [*_front(map_, drawn), *notes, *([""] if notes else []), *page.lines(map_)]
    if not drawn.nodes:  # Argdown has no empty documents; a heading says nothing
        lines.append("# No statements")
    return "\n".join(lines) + "\n"


def _front(map_: ArgumentMap, drawn: Parts) -> list[str]:
    roots = [yaml_string(root) for root in map_.roots]
    hidden = [("nodes", str(drawn.hidden_nodes)), ("edges", str(drawn.hidden_edges))]
    return [
        "===",
        f"title: {yaml_string(one_line(map_.title))}",
        # Without the setting, Argdown would count the tags as a part of the text.
        "model:",
        "    removeTagsFromText: true",
        "kb:",
        f"    roots: [{', '.join(roots)}]",
        f"    hidden: {_braces(hidden)}",
        "===",
        "",
    ]


class _Page:
    def __init__(self, drawn: Parts) -> None:
        self.drawn = drawn
        self.titles = _titles(drawn.nodes)
        told = {id(edge) for edge in of_relations(drawn, SIGNED)}
        self.untold: dict[str, list[Link]] = {}
        for edge in drawn.edges:
            if id(edge) not in told:
                self.untold.setdefault(edge.from_id, []).append(edge)
        self.headed = len({node.source_id for node in drawn.nodes}) > 1

    def lines(self, map_: ArgumentMap) -> Iterator[str]:
        heading: str | None = None
        for number, line in enumerate(outline(map_, SIGNED, apart=True)):
            if line.depth == 0:
                if number:
                    yield ""
                if self.headed and line.node.source_id != heading:
                    heading = line.node.source_id
                    yield from (f"# {_escaped(line.node.source_title or heading) or 'Without a source'}", "")
            yield self._draw(line)

    def _draw(self, line: Line) -> str:
        mark = f"{MARKS[line.edge.relation]} " if line.edge else ""
        title = f"[{self.titles[line.node.id]}]"
        link = [("link", _link(line.edge, aimed=line.at_link))] if line.edge else []
        if line.shown != "here":
            return f"{_INDENT * line.depth}{mark}{title} {_braces(link)}"
        node = line.node
        tag = f" #{TAGS[node.kind]}" if TAGS[node.kind] else ""
        text = f"{_escaped(node.text) or BLANK}{tag}"
        return f"{_INDENT * line.depth}{mark}{title}: {text} {_braces(self._facts(node) + link)}"

    def _facts(self, node: Node) -> list[tuple[str, str]]:
        values = [
            ("id", node.id),
            # The line itself holds one line of clean text; what that would change is kept whole here.
            ("text", node.text if node.text != one_line(node.text) else ""),
            ("status", node.status or ""),
            ("source", node.source_id),
            ("source_title", node.source_title),
            ("speaker", node.speaker),
            ("quote", node.quote),
            ("context", node.context),
            ("url", node.url),
            ("note", node.note),
        ]
        facts = [(key, yaml_string(value)) for key, value in values if value or key == "id"]
        if node.id in self.drawn.more:
            facts.append(("more", str(self.drawn.more[node.id])))
        if node.id in self.untold:
            links = (_link(edge, aimed=True, relation=edge.relation) for edge in self.untold[node.id])
            facts.append(("links", f"[{', '.join(links)}]"))
        return facts


def _titles(nodes: tuple[Node, ...]) -> dict[str, str]:
    """Unique titles with words to recognise and the id to find the statement by."""
    wanted = []
    for node in nodes:
        words = shorten(node.text, 40)
        title = f"{words} ({one_line(node.id)})" if words else f"({one_line(node.id)})"
        wanted.append(title.translate(str.maketrans("[]", "()")).lstrip("-") or "()")
    return dict(zip((node.id for node in nodes), unique_names(wanted), strict=True))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0], one_line(text))


def _link(edge: Link, *, aimed: bool, relation: str = "") -> str:
    """A link as data; `aimed`: with what it leads to, which is not what it stands under."""
    values = [("id", yaml_string(edge.id))]
    if relation:
        values.append(("relation", relation))
    if aimed:
        values.append(("to", yaml_string(edge.to_id)))
    values += [("basis", edge.basis), ("status", edge.status)]
    if edge.score is not None:
        values.append(("score", repr(float(edge.score))))
    if edge.evidence is not None:
        found = edge.evidence
        span = [("start", str(found.start)), ("end", str(found.end))]
        said = [("source", yaml_string(found.source)), ("quote", yaml_string(found.quote))]
        values.append(("evidence", _braces(said + span)))
    return _braces(values)


def _braces(pairs: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def _untold_note(untold: Mapping[str, list[Link]]) -> str:
    number = sum(map(len, untold.values()))
    return f"{counted(number, 'link')} for which Argdown has no notation: see `links` in braces" if number else ""


FORMAT = Format(
    name="argdown",
    what="Argdown, a heading for each source; what it cannot say stands in braces",
    endings=(".argdown", ".ad"),
    media_type="text/plain",
    render=render,
    quotes="yes",
    unsigned="in braces",
)
