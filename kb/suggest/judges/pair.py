"""Two statements near in meaning, as a judge is asked about them, and what its proposal must hold to become a link."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.words import Relation
from kb.suggest import contrast
from kb.suggest.judges import Drawn, Refused, Side, Suggested

NOT_THERE = "words that are not in the text"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements to be judged; `score` is why they were chosen (cosine)."""

    a: Side
    b: Side
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """`start` stands in `relation` to `end`; the spans are the words of each that show it, verbatim in their quotes."""

    start: Side
    end: Side
    relation: Relation
    score: float
    start_span: str
    end_span: str


def suggested(proposal: Proposal | Refused | None) -> Suggested:
    """The link that a judge of pairs proposes, where nothing speaks against it whatever the judge."""
    if not isinstance(proposal, Proposal):
        return proposal or []
    start, end = proposal.start, proposal.end
    for side, span in ((start, proposal.start_span), (end, proposal.end_span)):
        if not span.strip() or span not in side.quote:
            return Refused(NOT_THERE)
    if proposal.relation == "restates" and (differs := contrast.suspect(start.text, end.text)):
        return Refused(f"perhaps not the same: {differs}")
    place = start.start + start.quote.index(proposal.start_span)
    return [Drawn(start.id, proposal.relation, end.id, proposal.score, start.source, place, proposal.start_span)]
