"""Argdown blocks in notes: what they say is authored, with the lines of the block as quotes."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.extract import argdown
from kb.extract.model import Block, Draft, Extraction, LinkDraft, View
from kb.extract.stages import Stage
from kb.model.link import Link
from kb.model.rules import MARKED, Rule

RULE = f"{MARKED}argdown"
STAGE = Stage.MARKS + 1
REVISION = 0
RULES = (
    Rule(
        RULE,
        "mark",
        "authored",
        what="a fenced block ` ```argdown `",
        gives="its statements and relations; kinds by tags as in [Argdown output](formats.md)",
    ),
)


_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?argdown(?:-map)?\b", re.I)


def find(view: View, found: Extraction) -> None:
    """Add the statements and links of each fenced block of Argdown."""
    if view.kind != "note" or "argdown" not in view.text.lower():
        return
    for block in list(view.blocks.values()):
        if block.kind == "code" and _is_argdown(view, block):
            _read(view, found, block)


def _is_argdown(view: View, block: Block) -> bool:
    end = view.text.rfind("\n", 0, block.start)
    return end >= 0 and bool(_FENCE.match(view.text, view.text.rfind("\n", 0, end) + 1, end))


def _read(view: View, found: Extraction, block: Block) -> None:
    start = view.text.rfind("\n", 0, block.start) + 1  # the first line is indented too
    map_, spans = argdown.read_placed(view.text[start : block.end])
    made: dict[str, int] = {}
    for node in map_.nodes:
        if node.id not in spans or node.kind == "source" or node.kind == "passage" or not node.text.strip():
            continue
        a, b = (start + at for at in spans[node.id])
        draft = Draft(node.kind, a, b, RULE, "authored", 1.0, node.speaker or view.speaker(block), block.number)
        made[node.id] = found.add(_worded(view, draft, node.text))
    links: dict[str, LinkDraft] = {}
    # What is undercut first: a step is known by the statement that makes it.
    for edge in sorted(map_.edges, key=lambda edge: edge.relation == "undercuts"):
        target = _target(edge, made, links)
        if edge.from_id in made and target is not None and edge.from_id != edge.to_id:
            source = made[edge.from_id]
            place = found.statements[source]
            links[edge.id] = LinkDraft(
                source, target, edge.relation, RULE, "authored", 1.0, (place.start, place.end)
            )  # fmt: skip
    found.links += links.values()


def _worded(view: View, draft: Draft, text: str) -> Draft:
    words = " ".join(text.split())
    return draft if view.text[draft.start : draft.end] == words else replace(draft, words=words)


def _target(edge: Link, made: dict[str, int], links: dict[str, LinkDraft]) -> int | LinkDraft | None:
    if edge.to_id in links:
        return links[edge.to_id]
    if edge.to_id not in made:
        return None
    if edge.relation == "undercuts":
        steps = [
            x
            for x in links.values()
            if x.source == made[edge.to_id] and x.relation in {"supports", "attacks"} and isinstance(x.target, int)
        ]
        if len(steps) == 1:
            return steps[0]
    return made[edge.to_id]
