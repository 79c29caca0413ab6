"""What an author takes back, or holds against a point of their own: "I take back the extrapolation", "Counterpoint to
myself: …", "Scratch that".
"""

from __future__ import annotations

import re

from kb.extract import wording
from kb.extract.model import Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.extract.stances import bearers, telling
from kb.extract.stances.markers import Marker
from kb.model.rules import STANCE, Rule

RULE = "taken-back"
STAGE = Stage.ANSWERS + 3
RULES = (
    Rule(
        RULE,
        "link",
        "cue",
        what='"I take back …", "I was wrong about …", "I no longer believe …" with words that one earlier statement of '
        'the same author has; "Counterpoint to myself: …", "Scratch that", "Wait, …" behind a statement of theirs',
        gives="attacks that statement",
        score="0.60",
    ),
)

_MAY = ("take ", "retract", "withdraw", "was wrong", "no longer", "counter", "scratch that", "stand corrected", "wait")
_NAMES = re.compile(
    r"\bI (?:\w+ )?(?:take back|retract|withdraw|was wrong (?:about|to|that|on|in)"
    r"|no longer (?:think|believe|hold|endorse|stand by))\b",
    re.I,
)
_BEFORE = re.compile(
    r"^\W*(?:(?:a )?counter-?(?:point|argument) to (?:myself|my own \w+|this|the above)"
    r"|scratch that|I take (?:that|this|it) (?:all )?back"
    r"|I stand corrected|wait(?=[,.!:—–…])(?:, no)?)",
    re.I,
)
_FAR = 40  # statements back


def find(view: View, found: Extraction) -> None:
    """Link what takes something back to what is taken back."""
    for block in view.prose():
        if not _may(view.quote(block)) or not view.own(block):
            continue
        spans = [(span, block.number) for span in view.sentences(block)]
        for number, (span, _) in enumerate(spans):
            words = view.text[slice(*span)]
            if words.rstrip().endswith("?") or not _may(words):
                continue
            target = None
            if _BEFORE.match(words):
                target = _just_before(view, found, span, block.speaker)
            elif _NAMES.search(words):
                target = _named(view, found, span, block.speaker)
            if target is None:
                continue
            said = bearers.Said(view.text, spans, number, view.speaker(block))
            source = bearers.bearer(found, said, Marker("objects", 0, 0))
            if source is None and len(words.split()) >= wording.MIN_WORDS - 1:
                source = found.add(Draft("critique", *span, STANCE, "cue", 0.45, view.speaker(block), block.number))
            if source is not None and source != target:
                found.links.append(LinkDraft(source, target, "attacks", RULE, "cue", 0.6, span))


def _may(words: str) -> bool:
    folded = words.lower()
    return any(word in folded for word in _MAY)


def _own_before(view: View, found: Extraction, span: Span, speaker: str | None) -> list[int]:
    """The author's statements before a sentence, nearest first."""
    there = [
        i
        for i, s in enumerate(found.statements)
        if s.end <= span[0] and s.kind != "question" and s.voice == "author" and view.blocks[s.block].speaker == speaker
    ]
    return sorted(there, key=lambda i: -found.statements[i].start)[:_FAR]


def _just_before(view: View, found: Extraction, span: Span, speaker: str | None) -> int | None:
    for index in _own_before(view, found, span, speaker)[:1]:
        before = found.statements[index]
        near = view.text[before.end : span[0]]
        if len(near.split()) < 12 and view.blocks[before.block].heading == _heading(view, span):
            return index
    return None


def _heading(view: View, span: Span) -> tuple[str, ...]:
    return next(b.heading for b in view.blocks.values() if b.start <= span[0] < b.end)


def _named(view: View, found: Extraction, span: Span, speaker: str | None) -> int | None:
    """The one earlier statement that shares telling words with what is taken back."""
    own = telling.words(view.text[slice(*span)])
    rated = [
        (len(shared), index)
        for index in _own_before(view, found, span, speaker)
        if (shared := own.shared(telling.words(view.text[found.statements[index].start : found.statements[index].end])))
    ]
    rated.sort(key=lambda one: -one[0])
    if not rated or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return rated[0][1]
