"""Run-in headings: a short lead in bold, or ended by a period, colon or dash, with which a paragraph or item begins.

A lead that says something is a statement, and what is said first behind it speaks for it. One that names a topic is
the context of the first sentence behind it that judges; that sentence speaks for the section's heading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kb.extract import asides, leads, polarity, propositions, thesis, wording
from kb.extract.leads import Lead
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.rules import outline
from kb.extract.stages import Stage
from kb.model.rules import RUN_IN, Rule
from kb.model.words import StatementKind
from kb.text import sentences

STAGE = Stage.STRUCTURE + 3
RULES = (
    Rule(
        RUN_IN,
        "statement",
        "structure",
        what="a lead in bold or italics with which a paragraph or item begins, ended by a period, colon or dash, that "
        "says something as a heading does",
        gives="a claim or critique",
        score="0.70, then the head",
    ),
    Rule(
        RUN_IN,
        "link",
        "structure",
        what='the first sentence that judges behind such a lead; where the lead names a topic ("Dual use. …", "Lack of '
        'feedback: …") that sentence, which has the lead for its context, under a heading that is a statement by the '
        "same speaker",
        gives="supports the lead; the heading, where it speaks in the same sense",
        score="0.60",
    ),
)

_POINTS = 2


def find(view: View, found: Extraction) -> None:
    """Add the leads that say something, and what stands behind leads."""
    if view.kind in {"transcript", "comment"}:
        return
    led = [
        (block, lead)
        for block in view.blocks.values()
        if block.kind in {"paragraph", "item"}
        and (lead := leads.at(view.text, block.start, block.end)) is not None
        and not view.in_task(block)
        and not found.overlapping(*lead.span)
    ]
    if len(led) == 1 and not led[0][1].marked:
        return  # a short sentence: who heads paragraphs so does it more than once
    points = Counter(block.heading for block, _ in led)
    for block, lead in led:
        _headed(view, found, block, lead, points[block.heading] >= _POINTS)


def _headed(view: View, found: Extraction, block: Block, lead: Lead, points: bool) -> None:
    """`points`: the section has several such leads, so that each is a point of it, however it is worded."""
    words = view.text[slice(*lead.span)]
    spans = sentences.split(view.text, lead.rest, block.end)
    if lead.marked and outline.proposition(words):
        critical = polarity.against(words) >= outline.CRITICAL
        kind: StatementKind = "critique" if critical else "claim"
        made = found.add(Draft(kind, *lead.span, RUN_IN, "structure", 0.7, view.speaker(block), block.number))
        if (first := _judging(view, found, block, spans, critical, False)) is not None:
            _link(found, first, made)
    elif (first := _judging(view, found, block, spans, False, points)) is not None:
        there = found.statements[first]
        if there.context is None:
            there = found.statements[first] = replace(there, context=lead.span)
        above = thesis.headings(view, found).get(block.heading[-1]) if block.heading else None
        if above is not None and above != first:
            head = found.statements[above]
            same = points or head.kind == there.kind
            if same and head.speaker == there.speaker:
                _link(found, first, above)


def _judging(
    view: View, found: Extraction, block: Block, spans: list[Span], critical: bool, points: bool
) -> int | None:
    """The first sentence that judges, as a statement; under one of several points the first that says anything."""
    for number, span in enumerate(spans[:4]):
        words = view.text[slice(*span)]
        if asides.of(words) or not wording.proposition(words) or not (points or wording.judges(words)):
            continue
        if not (critical and polarity.against(words) < 0):
            return propositions.sentence(view, found, block, spans, number)
    return None


def _link(found: Extraction, source: int, target: int) -> None:
    there = found.statements[source]
    if source != target:
        span = (there.start, there.end)
        found.links.append(LinkDraft(source, target, "supports", RUN_IN, "structure", 0.6, span))
