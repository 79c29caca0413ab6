"""Objections that a text raises itself and answers: "Admittedly, A. But B", "Some argue that A. However, B".

What is granted or laid into another's mouth speaks against what the paragraph holds; the answer speaks against that.
Contrast alone ("Coal is cheap. However, wind is clean") has no sign.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.extract import asides, cues, propositions, standing, wording
from kb.extract.model import Block, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.model.rules import Rule

GRANTED, ANSWERED, ARGUED = "granted-objection", "answered-objection", "argued-paragraph"
STAGE = Stage.STRUCTURE + 5
RULES = (
    Rule(
        ANSWERED,
        "link",
        "cue",
        what='"But …", "However, …", "Yet …", "Nevertheless, …", "That argument …" right after what is granted '
        '("Admittedly, …", "Of course …", "It is true that …") or put forward by others ("Some argue that …", "One '
        'might think …", "Critics say …", "It may be objected …")',
        gives="attacks what is granted or put forward",
        score="0.70",
    ),
    Rule(
        GRANTED,
        "link",
        "cue",
        what="what is granted or put forward by others in this way, and answered, after a sentence of the same paragraph "
        "that judges",
        gives="a critique that attacks the first such sentence of the paragraph",
        score="0.60",
    ),
    Rule(
        ARGUED,
        "link",
        "structure",
        what="a sentence between that one and such an objection, where no connective joins it to its neighbour",
        gives="supports the sentence that judges",
        score="0.55",
    ),
)

_ASIDE = re.compile(r"^\W*as (?:some|many|others|critics)\b", re.I)
_SPEAKS_OF_IT = re.compile(
    r"^\W*(?:(?:but|yet|however),? )?(?:this|that|such an?|the)(?: \w+)? (?:argument|objection|claim|view|worry|reasoning|reply"
    r"|line of thought|inference|response|rejoinder)\b|^\W*(?:this|that) (?:is|seems|rests|ignores|overlooks|misses|confuses"
    r"|assumes|would|misunderstands|gets)\b",
    re.I,
)
_OWN_PLACE = re.compile(r"^\W*(?:for (?:example|instance)|e\.g\.|so|thus|hence|therefore|but|yet|however)\b", re.I)
_MARKS = (
    "But ",
    "Yet ",
    "owever",
    "Still",
    "evertheless",
    "onetheless",
    "Even so",
    "All the same",
    "This ",
    "That ",
    "Such ",
    "The ",
)


def find(view: View, found: Extraction) -> None:
    """Link what a paragraph grants, or lets others say, with what it answers and what it holds."""
    for block in propositions.prose(view):
        if not any(mark in view.text[block.start + 1 : block.end] for mark in _MARKS):
            continue
        spans = view.sentences(block)
        words = [view.text[slice(*span)] for span in spans]
        for number in range(1, len(spans)):
            others = bool(asides.OTHERS.match(words[number - 1])) and not _ASIDE.match(words[number - 1])
            granted = others or bool(asides.GRANTS.match(words[number - 1]))
            answers = asides.REBUTS.match(words[number]) or (others and _answers(words[number]))
            if granted and answers and not words[number].rstrip().endswith("?"):
                _answered(view, found, block, spans, number, others)


def _answers(words: str) -> bool:
    return bool(_SPEAKS_OF_IT.match(words)) and wording.judges(words)


def _answered(view: View, found: Extraction, block: Block, spans: list[Span], number: int, others: bool) -> None:
    objection = propositions.sentence(view, found, block, spans, number - 1)
    answer = propositions.sentence(view, found, block, spans, number)
    if objection is None or answer is None or objection == answer:
        return
    evidence = (spans[number - 1][0], spans[number][1])
    if others and found.statements[objection].voice == "author":
        found.statements[objection] = replace(found.statements[objection], speaker=None, voice="quoted")
    found.links.append(LinkDraft(answer, objection, "attacks", ANSWERED, "cue", 0.7, evidence))
    held = _held(view, found, block, spans, number - 1)
    if held is None:
        return
    place, thesis = held
    if thesis not in {objection, answer}:
        if found.statements[objection].basis == "cue":
            found.statements[objection] = replace(found.statements[objection], kind="critique")
        found.links.append(LinkDraft(objection, thesis, "attacks", GRANTED, "cue", 0.6, spans[number - 1]))
        _reasons(view, found, block, spans, (place, number - 1))


def _held(view: View, found: Extraction, block: Block, spans: list[Span], before: int) -> tuple[int, int] | None:
    """What the paragraph holds before it grants anything, with the number of the sentence: the first one that judges.

    Where none does it is the first that is no question and does not lean on what went before.
    """
    words = [wording.bare_of(view.text[slice(*span)]) for span in spans[:before]]
    if any(
        asides.GRANTS.match(w) or asides.OTHERS.match(w) or asides.REBUTS.match(w) or cues.NARRATES.search(w)
        for w in words
    ):
        return None
    judged = [n for n, w in enumerate(words) if wording.judges(w) and not w.endswith("?")]
    flat = [n for n, w in enumerate(words) if not standing.leans(w) and not w.endswith("?")]
    for number in (*judged[:1], *flat[:1]):
        if (index := propositions.sentence(view, found, block, spans, number)) is not None:
            return number, index
    return None


def _reasons(view: View, found: Extraction, block: Block, spans: list[Span], ends: tuple[int, int]) -> None:
    """What stands between the thesis and the objection speaks for the thesis, unless a word joins it to its neighbour."""
    first, last = ends
    thesis = propositions.sentence(view, found, block, spans, first)
    for number in range(first + 1, last):
        words = view.text[slice(*spans[number])]
        if words.rstrip().endswith(("?", ":")) or _OWN_PLACE.search(words):
            continue
        reason = propositions.sentence(view, found, block, spans, number)
        if reason is not None and thesis is not None and reason != thesis:
            found.links.append(LinkDraft(reason, thesis, "supports", ARGUED, "structure", 0.55, spans[number]))
