"""A turn answers the turn before it: signed where it opens with a stance, unsigned otherwise."""

from __future__ import annotations

import re
from itertools import pairwise

from kb.extract import stance, wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.model.rules import DOES_NOT_FOLLOW, STANCE, Rule
from kb.model.words import Relation

RULE = "turn-answers-turn"
STAGE = Stage.ANSWERS + 2
REVISION = 0
RULES = (
    Rule(
        STANCE,
        "statement",
        "cue",
        what="a turn that opens with a stance marker and has no statement",
        gives="a claim or critique: that sentence",
        score="0.45",
    ),
    Rule(
        RULE,
        "link",
        "cue, else structure",
        what="the leading statement of a turn",
        gives="supports or attacks a statement of the turn before, where one of the first three sentences has a stance "
        "marker; related otherwise",
        score="0.60, 0.45 unsigned",
    ),
)

_OPENING = 3  # sentences in which a stance still speaks of the turn before
_WORD = re.compile(r"[a-z]{4,}")


def find(view: View, found: Extraction) -> None:
    """Link each turn's leading statement to what it answers in the turn before."""
    turns: dict[int, list[Block]] = {}
    for block in view.prose():
        if block.turn is not None and block.kind != "insertion":
            turns.setdefault(block.turn, []).append(block)
    ordered = sorted(turns)
    for before, turn in pairwise(ordered):
        if turns[before][0].speaker != turns[turn][0].speaker:
            _answer(view, found, turns[before], turns[turn])


def _answer(view: View, found: Extraction, before: list[Block], turn: list[Block]) -> None:
    targets = [i for block in before for i in found.in_block(block.number) if _asserts(found, i)]
    sources = [i for block in turn for i in found.in_block(block.number) if _asserts(found, i)]
    opening = view.sentences(turn[0])[:_OPENING]
    marked = stance.of([view.text[slice(*span)] for span in opening])
    relation: Relation = marked[0] if marked else "related"
    evidence = opening[marked[1]] if marked else None
    if evidence and not sources:
        draft = Draft(
            "critique" if relation == "attacks" else "claim", *evidence, STANCE, "cue", 0.45,
            turn[0].speaker, turn[0].number,
        )  # fmt: skip
        if len(view.text[slice(*evidence)].split()) >= wording.MIN_WORDS and not found.overlapping(*evidence):
            sources = [found.add(draft)]
    if not targets or not sources:
        return
    source = _of_opening(found, sources, evidence)
    _step(view, found, source, targets, opening)
    target = max(targets, key=lambda i: (_shared(view, found, source, i), i))
    score = 0.6 if evidence else 0.45
    found.links.append(
        LinkDraft(source, target, relation, RULE, "cue" if evidence else "structure", score,
                  evidence or (found.statements[source].start, found.statements[source].end))
    )  # fmt: skip


def _step(view: View, found: Extraction, source: int, targets: list[int], opening: list[Span]) -> None:
    """ "That does not follow" undercuts the one step that the turn before took, if it took one."""
    number = stance.step([view.text[slice(*span)] for span in opening])
    steps = [x for x in found.links if x.source in targets and x.relation == "supports" and x.rule != RULE]
    if number is not None and len(steps) == 1:
        found.links.append(LinkDraft(source, steps[0], "undercuts", DOES_NOT_FOLLOW, "cue", 0.55, opening[number]))


def _asserts(found: Extraction, index: int) -> bool:
    return found.statements[index].kind in {"claim", "critique", "theory_of_impact"}


def _of_opening(found: Extraction, sources: list[int], evidence: tuple[int, int] | None) -> int:
    """The statement made with the stance, else the first one after it."""
    if evidence is None:
        return sources[0]
    for index in sources:
        if found.statements[index].end > evidence[0]:
            return index
    return sources[0]


def _shared(view: View, found: Extraction, a: int, b: int) -> int:
    """How many content words two statements share: which of the earlier points is being answered."""
    words = [set(_WORD.findall(view.text[found.statements[i].start : found.statements[i].end].lower())) for i in (a, b)]
    return len(words[0] & words[1])
