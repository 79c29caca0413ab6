"""Reads the part of Argdown that `kb.render.argdown` writes, and what people write like it.

Known: titled statements and arguments, untitled statements, relations by indentation (`+ - _ <+ +> <- ->
<_ _>` and `><`), tags, YAML in braces, comments, front matter. Headings and inference lines are skipped;
numbered premises are read as plain statements. Nothing is an error: what makes no sense is taken as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from kb.graph import Basis, Edge, Graph, Node, NodeKind, Relation, Status
from kb.render.argdown import BLANK, TAGS

_FRONT = re.compile(r"\A\s*={3,}[ \t]*\n(.*?)\n={3,}[ \t]*(?:\n|\Z)", re.DOTALL)
_BLOCK_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|<!--.*?-->)[ \t]*$", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([ \t]*)(?:(<\+|\+>|<-|->|<_|_>|><|[+-]|_(?=\s))[ \t]*)?(.*)")
_SKIPPED = re.compile(r"\s*(?://|-{2,}|#+\s)")
_TITLED = re.compile(r"\[([^\]\n]+)\](:?)|<([^>\n]+)>(:?)")
_TAG = re.compile(r"#(?:\(([^)]+)\)|([\w-]+))[ \t]?")
_COMMENT = re.compile(r"//.*|/\*.*?\*/|<!--.*?-->")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\'\'|[^\'])*\'')
_NUMBER = re.compile(r"\(\d+\)\s*")

# The relation a mark stands for, and whether the line's own statement is where it starts.
_MARKS: Mapping[str, tuple[Relation, bool]] = {
    "+": ("supports", True),
    "<+": ("supports", True),
    "+>": ("supports", False),
    "-": ("attacks", True),
    "<-": ("attacks", True),
    "->": ("attacks", False),
    "_": ("undercuts", True),
    "<_": ("undercuts", True),
    "_>": ("undercuts", False),
}
_KINDS: Mapping[str, NodeKind] = {TAGS[kind]: kind for kind in get_args(NodeKind) if TAGS[kind]}


@dataclass(slots=True)
class _Statement:
    title: str
    text: str = ""
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    statements: dict[str, _Statement] = field(default_factory=dict)
    links: list[tuple[str, Relation, str, Mapping[str, Any]]] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)


def read(text: str) -> Graph:
    """The graph an Argdown text describes. Statements without an id in their braces get their title as id."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    title = str(_yaml(front[1]).get("title", "")) if front else ""
    body = _BLOCK_COMMENT.sub("", text[front.end() :] if front else text)
    reading = _Reading()
    above: list[tuple[int, str]] = []
    for indent, mark, rest in _logical_lines(body):
        while above and above[-1][0] >= indent:
            above.pop()
        found = _statement(rest, f"Untitled {len(reading.statements) + 1}")
        link = found.data.pop("link", None)
        name = _merge(reading, found)
        if not mark or not above:
            above.clear()
            reading.roots.append(name)
        else:
            _relate(reading, name, mark, above[-1][1], link if isinstance(link, dict) else {})
        above.append((indent, name))
    return _graph(reading, title)


def _logical_lines(body: str) -> Iterator[tuple[int, str, str]]:
    """Indentation, mark and content of every statement; lines that only go on with one are joined to it."""
    current: tuple[int, str, str] | None = None
    # Not `splitlines`, for which a text of other people's may hold too many kinds of line ends.
    for raw in [*body.split("\n"), ""]:
        matched = _LINE.match(raw)
        assert matched is not None  # every part of the pattern may be empty
        blank, skipped = not raw.strip(), _SKIPPED.match(raw)
        begins = bool(matched[2]) or _TITLED.match(matched[3]) is not None
        if current and (blank or skipped or begins):
            yield current
            current = None
        if blank or skipped:
            continue
        if current:
            current = (current[0], current[1], f"{current[2]} {raw.strip()}")
        else:
            current = (len(matched[1].expandtabs(4)), matched[2] or "", matched[3])
    if current:
        yield current


def _statement(rest: str, untitled: str) -> _Statement:
    """One statement's title, text, tags and data."""
    rest = _NUMBER.sub("", rest, count=1) if _NUMBER.match(rest) else rest
    titled = _TITLED.match(rest)
    found = _Statement((titled[1] or titled[3]) if titled else untitled)
    position = titled.end() if titled else 0
    out: list[str] = []
    while position < len(rest):
        char = rest[position]
        if char == "\\" and position + 1 < len(rest):
            out.append(rest[position + 1])
            position += 2
        elif char == "{":
            end = _closing(rest, position)
            data = _yaml(rest[position:end])
            found.data.update(data)
            if not data:
                out.append(rest[position:end])
            position = end
        elif tag := _TAG.match(rest, position):
            found.tags.append(tag[1] or tag[2])
            position = tag.end()
        elif comment := _COMMENT.match(rest, position):
            position = comment.end()
        else:
            out.append(char)
            position += 1
    found.text = " ".join("".join(out).split())
    return found


def _closing(text: str, start: int) -> int:
    """Where the braces opened at `start` are closed again, quoted strings left aside."""
    depth, position = 0, start
    while position < len(text):
        quoted = _QUOTED.match(text, position)
        if quoted:
            position = quoted.end()
            continue
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        position += 1
        if depth == 0:
            break
    return position


def _yaml(text: str) -> dict[str, Any]:
    """The mapping in `text`, empty where there is none to be read."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        data = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError):
        return {}
    return {str(key): value for key, value in data.items()} if isinstance(data, dict) else {}


def _merge(reading: _Reading, found: _Statement) -> str:
    known = reading.statements.setdefault(found.title, found)
    if known is not found:
        known.text = known.text or found.text
        known.tags.extend(found.tags)
        known.data = {**found.data, **known.data}
    return found.title


def _relate(reading: _Reading, name: str, mark: str, parent: str, link: Mapping[str, Any]) -> None:
    if mark == "><":  # a contradiction is an attack from either side
        reading.links.append((name, "attacks", parent, link))
        reading.links.append((parent, "attacks", name, {}))
        return
    relation, outgoing = _MARKS[mark]
    start, end = (name, parent) if outgoing else (parent, name)
    reading.links.append((start, relation, end, link))


def _graph(reading: _Reading, title: str) -> Graph:
    ids = {name: str(said.data.get("id", name)) for name, said in reading.statements.items()}
    nodes = tuple(_node(ids[name], said) for name, said in reading.statements.items())
    edges = tuple(_edge(ids[start], relation, ids[end], link) for start, relation, end, link in reading.links)
    reached = {ids[start] for start, _, _, _ in reading.links}
    roots = tuple(dict.fromkeys(ids[name] for name in reading.roots if ids[name] not in reached))
    return Graph(nodes, edges, roots, title=title or Graph((), ()).title)


def _node(name: str, said: _Statement) -> Node:
    text = said.data.get("text", "" if said.text == BLANK else said.text or said.title)
    kind: NodeKind = next((_KINDS[tag] for tag in said.tags if tag in _KINDS), "claim")
    fields = ("source", "source_title", "speaker", "quote", "url")
    source, source_title, speaker, quote, url = (str(said.data.get(field) or "") for field in fields)
    return Node(name, kind, str(text), source, source_title, speaker, quote, url)


def _edge(start: str, relation: Relation, end: str, link: Mapping[str, Any]) -> Edge:
    """A link as its braces tell it; one that a person wrote without any counts as accepted."""
    name = str(link.get("id") or f"{start} {relation} {end}")
    basis: Basis = link["basis"] if link.get("basis") in get_args(Basis) else "authored"
    status: Status = link["status"] if link.get("status") in get_args(Status) else "accepted"
    score = link.get("score")
    number = float(score) if isinstance(score, (int, float)) and not isinstance(score, bool) else None
    return Edge(name, start, end, relation, basis, status, number)
