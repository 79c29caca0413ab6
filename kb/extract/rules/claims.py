"""Claims, critiques, questions and evidence told by wording, sentence by sentence."""

from __future__ import annotations

from kb.extract import speech
from kb.extract.model import Block, Draft, Extraction, View
from kb.extract.places import Places
from kb.extract.stages import Stage
from kb.extract.wording import Candidate, judge
from kb.model.rules import CLAIM_WORDING, CRITIQUE_WORDING, EVIDENCE_WORDING, FLAT_CLAIM, QUESTION_MARK, Rule
from kb.text.caseless import Caseless

STAGE = Stage.WORDING
REVISION = 2
RULES = (
    Rule(
        CRITIQUE_WORDING,
        "statement",
        "cue",
        what='words of blame, or of praise that is negated, counted clause by clause: "misleading", "has not been '
        'useful"; a blame that is negated speaks for its subject ("no reason to believe that it is hard")',
        gives="a critique",
        score="0.42 to 0.90, then the head",
    ),
    Rule(
        EVIDENCE_WORDING,
        "statement",
        "cue",
        what='a study that found something, a measured percentage, a count ("three of eleven ships"), a change by so '
        'much, "according to" a name; no stance of the author, no forecast',
        gives="evidence",
        score="0.50 to 0.60, then the head",
    ),
    Rule(
        CLAIM_WORDING,
        "statement",
        "cue",
        what="words of stance, conclusion, norm or judgement, added up",
        gives="a claim",
        score="0.30 to 0.90, then the head",
    ),
    Rule(
        FLAT_CLAIM,
        "statement",
        "cue",
        what="a whole sentence with none of these: all of a text that argues, else two of a paragraph",
        gives="a claim",
        score="0.30, then the head",
    ),
    Rule(
        QUESTION_MARK,
        "statement",
        "cue",
        what='a sentence that ends in "?" and begins with a question word, not put to another person',
        gives="a question",
        score="0.55, else 0.30, then the head",
    ),
)

PER_BLOCK, FLATS = 3, 2  # of one paragraph those that say most, in a text that describes or instructs
ARGUES = 0.25  # share of a text's sentences that judge, conclude or ask, from which on it argues
_TURNS = Caseless(r"\b(?:but|because|although|however|whereas|therefore|rather than|nobody|than)\b|n['’]t\b")


def find(view: View, found: Extraction) -> None:
    """Add the sentences whose wording makes them a statement: of a text that argues all, else a few of a paragraph."""
    candidates = {block: _candidates(view, block, found) for block in view.said()}
    told = [c for some in candidates.values() for c in some]
    argues = sum(_argues(view, c) for c in told) >= ARGUES * len(told)
    for block, some in candidates.items():
        chosen: list[Candidate] = []
        taken = Places()
        for candidate in sorted(some, key=lambda c: (-c.confidence, c.span)):
            full = len(chosen) >= (FLATS if candidate.rule == FLAT_CLAIM else PER_BLOCK)
            if (argues or not full) and not taken.overlapping(*candidate.span):
                taken.put(len(chosen), *candidate.span)
                chosen.append(candidate)
        for c in sorted(chosen, key=lambda c: c.span):
            found.add(Draft(c.kind, *c.span, c.rule, "cue", c.confidence, view.speaker(block), block.number))


def _argues(view: View, candidate: Candidate) -> float:
    """How much a sentence is one of a text that argues: one that only denies, compares or reasons counts half."""
    if candidate.rule != FLAT_CLAIM:
        return 1.0
    return 0.5 if _TURNS.search(view.text, *candidate.span) else 0.0


def _candidates(view: View, block: Block, found: Extraction) -> list[Candidate]:
    if "::" in view.quote(block) and view.in_task(block):
        return []  # its fields say when it is due, not what is so
    spans = view.sentences(block)
    quoted = speech.quotations(view.text, block.start, block.end)
    free = (number for number, span in enumerate(spans) if not found.overlapping(*span))
    told = (judge(view, block, spans, number, quoted) for number in free)
    return [one for one in told if one and not found.overlapping(*one.span)]
