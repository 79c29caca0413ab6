"""Sections that speak in the voice of their heading: a critique under a heading that is one supports it."""

from __future__ import annotations

from kb.extract.model import Extraction, LinkDraft, View
from kb.extract.stages import Stage
from kb.model.rules import HEADING, OUTLINE_ITEM, Rule

RULE = "section-reason"
STAGE = Stage.WITHIN
REVISION = 0
RULES = (
    Rule(
        RULE,
        "link",
        "structure",
        what="a critique found by its wording, of confidence 0.50 or more and by the same speaker, under a heading "
        "that is a critique",
        gives="supports the heading",
        score="0.60",
    ),
)

REASON = 0.5  # confidence from which a critique counts as a reason for its heading


def find(view: View, found: Extraction) -> None:
    """Link critiques to the critical heading that they stand under.

    Only sentences that mark a stance of their own count, so that a point the author goes on to answer does not.
    """
    headings = {
        view.text[a:b]: index
        for index, s in enumerate(found.statements)
        if s.rule in {OUTLINE_ITEM, HEADING}
        for a, b in ((s.start, s.end), *s.also)
    }
    for index, statement in enumerate(found.statements):
        block = view.blocks[statement.block]
        above = headings.get(block.heading[-1]) if block.heading else None
        if above is None or above == index or statement.basis != "cue" or statement.confidence < REASON:
            continue
        thesis = found.statements[above]
        own = statement.voice == "author" == thesis.voice and statement.speaker == thesis.speaker
        if own and statement.kind == "critique" == thesis.kind:
            span = (statement.start, statement.end)
            found.links.append(LinkDraft(index, above, "supports", RULE, "structure", 0.6, span))
