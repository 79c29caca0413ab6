"""Reads the part of Argdown that `kb.maps.formats.argdown` writes, and what people write like it.

Known: titled statements and arguments, untitled statements, relations by indentation (`+ - _ <+ +> <- ->
<_ _>` and `><`), tags, YAML in braces, comments, front matter. Headings and inference lines are skipped;
numbered premises are read as plain statements. Nothing is an error: what makes no sense is taken as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Evidence, Link
from kb.model.rules import PERSON
from kb.model.words import Basis, NodeKind, Relation, Status

TAGS = {
    "claim": "",
    "critique": "critique",
    "theory_of_impact": "theory-of-impact",
    "question": "question",
    "evidence": "evidence",
    "source": "source",
    "passage": "turn",
}
BLANK = "…"
"""Stands for a text without characters, as Argdown wants a statement to have some."""

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
Span = tuple[int, int]

_KINDS: Mapping[str, NodeKind] = {TAGS[kind]: kind for kind in get_args(NodeKind) if TAGS[kind]}


@dataclass(slots=True)
class _Statement:
    title: str
    text: str = ""
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    span: Span | None = None  # of its text, or of its title where it has no other


@dataclass(slots=True)
class _Reading:
    statements: dict[str, _Statement] = field(default_factory=dict)
    links: list[tuple[str, Relation, str, Mapping[str, Any]]] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)


def read(text: str) -> ArgumentMap:
    """The map that an Argdown text describes. Statements without an id in their braces get their title as id."""
    return read_placed(text.replace("\r\n", "\n").replace("\r", "\n"))[0]


def read_placed(text: str) -> tuple[ArgumentMap, dict[str, Span]]:
    """The map, and by the id of each statement the span of `text` in which its words stand.

    `text` has line feeds only.
    """
    front = _FRONT.match(text)
    settings = _yaml(front[1]) if front else {}
    # Blanked rather than cut out, so that places stay.
    body = _BLOCK_COMMENT.sub(_blanked, f"{_blanked(front)}{text[front.end() :]}" if front else text)
    reading = _Reading()
    above: list[tuple[int, str]] = []
    for indent, mark, rest, places in _logical_lines(body):
        while above and above[-1][0] >= indent:
            above.pop()
        found = _statement(rest, f"Untitled {len(reading.statements) + 1}", places)
        link = found.data.pop("link", None)
        name = _merge(reading, found)
        if not mark or not above:
            above.clear()
            reading.roots.append(name)
        else:
            _relate(reading, name, mark, above[-1][1], link if isinstance(link, dict) else {})
        above.append((indent, name))
    map_ = _map(reading, settings)
    said = zip(map_.nodes, reading.statements.values(), strict=True)
    return map_, {node.id: one.span for node, one in said if one.span}


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _logical_lines(body: str) -> Iterator[tuple[int, str, str, list[int]]]:
    """Indentation, mark and content of every statement, with the place of each character of the content.

    Lines that only go on with a statement are joined to it.
    """
    current: tuple[int, str, str, list[int]] | None = None
    at = 0
    # Not `splitlines`, for which a text of other people's may hold too many kinds of line ends.
    for raw in [*body.split("\n"), ""]:
        matched = _LINE.match(raw)
        assert matched is not None  # every part of the pattern may be empty
        blank, skipped = not raw.strip(), _SKIPPED.match(raw)
        begins = bool(matched[2]) or _TITLED.match(matched[3]) is not None
        if current and (blank or skipped or begins):
            yield current
            current = None
        begun, at = at, at + len(raw) + 1
        if blank or skipped:
            continue
        if current:
            stripped = raw.strip()
            first = begun + raw.index(stripped)
            places = [*current[3], first - 1, *range(first, first + len(stripped))]
            current = (current[0], current[1], f"{current[2]} {stripped}", places)
        else:
            places = list(range(begun + matched.start(3), begun + matched.end(3)))
            current = (len(matched[1].expandtabs(4)), matched[2] or "", matched[3], places)
    if current:
        yield current


def _statement(rest: str, untitled: str, places: Sequence[int]) -> _Statement:
    """One statement's title, text, tags, data and span; `places` are those of the characters of `rest`."""
    if numbered := _NUMBER.match(rest):
        rest, places = rest[numbered.end() :], places[numbered.end() :]
    titled = _TITLED.match(rest)
    found = _Statement((titled[1] or titled[3]) if titled else untitled)
    position = titled.end() if titled else 0
    out: list[str] = []
    shown: list[int] = []  # where in `rest` the text has characters
    while position < len(rest):
        char = rest[position]
        if char == "\\" and position + 1 < len(rest):
            out.append(rest[position + 1])
            shown += (position, position + 1)
            position += 2
        elif char == "{":
            end = _closing(rest, position)
            data = _yaml(rest[position:end])
            found.data.update(data)
            if not data:
                out.append(rest[position:end])
                shown += (position, end - 1)
            position = end
        elif tag := _TAG.match(rest, position):
            found.tags.append(tag[1] or tag[2])
            position = tag.end()
        elif comment := _COMMENT.match(rest, position):
            position = comment.end()
        else:
            out.append(char)
            if not char.isspace():
                shown.append(position)
            position += 1
    if not shown and titled:
        shown = [titled.start(1 if titled[1] else 3), titled.end(1 if titled[1] else 3) - 1]
    if shown:
        found.span = places[shown[0]], places[shown[-1]] + 1
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
        if found.text and not known.text:
            known.text, known.span = found.text, found.span
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


def _map(reading: _Reading, settings: Mapping[str, Any]) -> ArgumentMap:
    ids = {name: str(said.data.get("id", name)) for name, said in reading.statements.items()}
    nodes = tuple(_node(ids[name], said) for name, said in reading.statements.items())
    edges = [_edge(ids[start], relation, ids[end], link) for start, relation, end, link in reading.links]
    for name, said in reading.statements.items():
        listed = said.data.get("links")
        links = [link for link in listed if isinstance(link, dict)] if isinstance(listed, list) else []
        edges += [
            _edge(ids[name], link["relation"], "", link)
            for link in links
            if link.get("relation") in get_args(Relation) and "to" in link
        ]
    ours = _mapping(settings, "kb")
    hidden = _mapping(ours, "hidden")
    reached = {edge.from_id for edge in edges}
    roots = dict.fromkeys(ids[name] for name in reading.roots if ids[name] not in reached)
    counts = {ids[name]: _whole(said.data.get("more")) for name, said in reading.statements.items()}
    return ArgumentMap(
        nodes,
        tuple(edges),
        tuple(map(str, ours["roots"])) if isinstance(ours.get("roots"), list) else tuple(roots),
        _whole(hidden.get("nodes")),
        _whole(hidden.get("edges")),
        str(settings.get("title") or ArgumentMap((), ()).title),
        {name: count for name, count in counts.items() if count},
    )


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _whole(value: object) -> int:
    return value if type(value) is int and value > 0 else 0


def _node(name: str, said: _Statement) -> Node:
    text = said.data.get("text", "" if said.text == BLANK else said.text or said.title)
    kind: NodeKind = next((_KINDS[tag] for tag in said.tags if tag in _KINDS), "claim")
    fields = ("source", "source_title", "speaker", "quote", "url", "note", "context")
    source, source_title, speaker, quote, url, note, context = (str(said.data.get(field) or "") for field in fields)
    status = said.data.get("status")
    return Node(
        name, kind, str(text), source, source_title, speaker, quote, url,
        status if status in get_args(Status) else None, note, context=context,
    )  # fmt: skip


def _edge(start: str, relation: Relation, end: str, link: Mapping[str, Any]) -> Link:
    """A link as its braces tell it; one that a person wrote without any counts as accepted."""
    aim = str(link["to"]) if "to" in link else end
    name = str(link.get("id") or f"{start} {relation} {aim}")
    basis: Basis = link["basis"] if link.get("basis") in get_args(Basis) else "authored"
    status: Status = link["status"] if link.get("status") in get_args(Status) else "accepted"
    score = link.get("score")
    number = float(score) if isinstance(score, (int, float)) and not isinstance(score, bool) else None
    found = _mapping(link, "evidence")
    evidence = (
        Evidence(str(found["source"]), str(found["quote"]), _whole(found.get("start")), _whole(found.get("end")))
        if {"source", "quote"} <= found.keys()
        else None
    )
    return Link(name, start, aim, relation, basis, PERSON, status, number, "", evidence)
