"""A turn answers the turn before it: signed where it opens with a stance, unsigned otherwise."""

from __future__ import annotations

import re
from itertools import pairwise

from kb.extract import claims, cues
from kb.extract.model import Block, Draft, Extraction, LinkDraft, View

_OPENING = 3  # sentences in which a stance still speaks of the turn before
_BUT = re.compile(r"\W*(?:but|however|though|still|yet|that said)\b", re.I)
_BUT_WITHIN = re.compile(r"[,;] (?:but|though|yet) ", re.I)
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
    relation, evidence = "related", None
    for span in opening:
        sentence = view.text[slice(*span)]
        if sentence.rstrip().endswith("?"):
            continue
        if cues.DISAGREES.search(sentence):
            relation, evidence = "attacks", span
            break
        if cues.AGREES.search(sentence):
            if not _concedes(view, opening, span, sentence):
                relation, evidence = "supports", span
            break
    if evidence and not sources:
        stance = Draft(
            "critique" if relation == "attacks" else "claim", *evidence, "stance", "cue", 0.45,
            turn[0].speaker, turn[0].number,
        )  # fmt: skip
        if len(view.text[slice(*evidence)].split()) >= claims.MIN_WORDS and not found.overlapping(*evidence):
            sources = [found.add(stance)]
    if not targets or not sources:
        return
    source = _of_opening(found, sources, evidence)
    target = max(targets, key=lambda i: (_shared(view, found, source, i), i))
    score = 0.6 if evidence else 0.45
    found.links.append(
        LinkDraft(source, target, relation, "turn-answers-turn", "cue" if evidence else "structure", score,
                  evidence or (found.statements[source].start, found.statements[source].end))
    )  # fmt: skip


def _concedes(view: View, opening: list[tuple[int, int]], span: tuple[int, int], sentence: str) -> bool:
    """Whether the agreement is only granted before a "but": then the turn has no sign."""
    later = [view.text[slice(*s)] for s in opening if s[0] > span[0]][:1]
    return any(_BUT.match(s) for s in later) or bool(_BUT_WITHIN.search(sentence))


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
