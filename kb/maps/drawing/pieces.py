"""What a drawing is put together from: groups by source, and lines that may end at another line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.maps.drawing.outline import Line, Parts
from kb.maps.drawing.text import asides, byline, kind_name, shorten
from kb.model.argument_map import Node
from kb.model.link import Link


@dataclass(frozen=True, slots=True)
class Group:
    """The nodes of one source, to be framed together."""

    title: str
    members: tuple[str, ...]


def groups(drawn: Parts) -> list[Group]:
    """The sources that two or more nodes are of; what stands alone needs no frame."""
    found: dict[str, list[Node]] = {}
    for node in drawn.nodes:
        if node.source_id:
            found.setdefault(node.source_id, []).append(node)
    return [_group(name, nodes) for name, nodes in found.items() if len(nodes) > 1]


def framed(drawn: Parts) -> set[str]:
    """Ids of the nodes that stand in a frame that names their source."""
    return {name for group in groups(drawn) for name in group.members}


def tree_groups(lines: Sequence[Line]) -> list[Group]:
    """The sources of what stands at the margin of an outline, where two or more nodes there are of that source.

    The members are the statements at the margin, and those of that source which hang under them.
    """
    found: dict[str, list[Node]] = {}
    source = ""
    for line in lines:
        source = source if line.depth else line.node.source_id
        if source and line.shown == "here" and line.node.source_id == source:
            found.setdefault(source, []).append(line.node)
    return [_group(name, nodes) for name, nodes in found.items() if len(nodes) > 1]


def _group(name: str, nodes: Sequence[Node]) -> Group:
    title = next((node.source_title for node in nodes if node.source_title), name)
    return Group(title, tuple(node.id for node in nodes))


def headline(node: Node, width: int, *, title: bool = False) -> str:
    """The small line above the text of a drawn node: kind and speaker, with `title` also the source."""
    kind = kind_name(node)
    said = byline(node, max(width - len(kind) - 3, 12), title=title)
    return shorten(" · ".join(filter(None, (kind, said))), width)


def footline(node: Node, more: int) -> str:
    """The small line below the text: a note on the node, and how many of its links are not shown."""
    return " · ".join(["accepted"] * (node.status == "accepted") + asides(node, more))


def legend_note(drawn: Parts) -> str:
    """What broken lines mean, where there are any; relations stand on the lines, in words."""
    statuses = {edge.status for edge in drawn.edges}
    words = {"suggested": "dashed: suggested, not yet accepted", "rejected": "dotted: rejected"}
    return "; ".join(text for status, text in words.items() if status in statuses)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line to draw. A link that another aims at is drawn as two, with a joint between them.

    `edge` has the names of what the line joins as its ends: ids of nodes, or names of joints. `last`: it arrives where
    the link leads to, and so bears its head and mark.
    """

    edge: Link
    last: bool = True


def stretches(drawn: Parts) -> tuple[list[str], list[Stretch]]:
    """Names of the joints, none of them that of a node, and the lines in the order of the links."""
    joints = {name: f"step {name}" for name in drawn.steps}
    taken = {node.id for node in drawn.nodes}
    for name, joint in joints.items():
        while joint in taken:
            joint += "'"
        joints[name] = joint
        taken.add(joint)
    lines = []
    for edge in drawn.edges:
        own = joints[edge.id] if drawn.steps.get(edge.id) is edge else None
        target = joints.get(edge.to_id, edge.to_id)
        if own is not None:
            lines.append(Stretch(replace(edge, to_id=own), last=False))
        lines.append(Stretch(replace(edge, from_id=own or edge.from_id, to_id=target)))
    return list(joints.values()), lines
