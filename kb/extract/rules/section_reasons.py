"""Sections that argue for their heading: where it is a statement, what is said first under it speaks for it.

So do the critiques under a heading that is one. What the section grants, quotes or only reports does not. Nothing
speaks for a heading that is an objection or a reply by its label: its section states it, and often answers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.extract import asides, cues, polarity, propositions, thesis, wording
from kb.extract.labels import disputing
from kb.extract.model import Block, Draft, Extraction, LinkDraft, View
from kb.extract.stages import Stage
from kb.model.rules import REPLY_TO_OBJECTION, Rule
from kb.model.words import Relation

RULE, FIRST = "section-reason", "section-opens"
STAGE = Stage.WITHIN
REVISION = 3
RULES = (
    Rule(
        RULE,
        "link",
        "structure",
        what="a critique found by its wording, of confidence 0.50 or more and by the same speaker, under a heading "
        "that is a critique and no labelled objection or reply",
        gives="supports the heading",
        score="0.60",
    ),
    Rule(
        FIRST,
        "link",
        "structure",
        what="the first sentence that judges in the first two paragraphs under a heading that is a statement by the "
        "same speaker, and no labelled objection or reply; nothing granted, reported or asked, and under a critique "
        "only what is worded against something",
        gives="supports the heading",
        score="0.60",
    ),
    Rule(
        REPLY_TO_OBJECTION,
        "link",
        "structure",
        what='"This objection fails", "The criticism is mistaken": under a labelled objection what rejects it',
        gives="attacks the objection that the heading is",
        score="0.80",
    ),
)

REASON = 0.42  # confidence from which a critique counts as a reason for its heading: one word of blame
EVIDENCE = 0.5
_OPENING = 2  # blocks of a section in which it comes to its point
_AGAINST = 0.5

_TELLS = re.compile(
    r"^\W*(?:I(?:['’]ve| have| had| was|['’]m| am) (?!not\b|skeptic|sceptic|unconvinc|pessim|worried|concern)"
    r"|in the (?:beginning|past)\b|at first\b|initially\b)",
    re.I,
)
"""What happened, or what the author did."""
_DEFINES = re.compile(r"^\W*(?:\*\*|__)[^*_\n]+(?:\*\*|__) (?:is|are|refers|means)\b", re.I)
_MODAL = re.compile(
    r"\b(?:can|could|may|might|will|would) (?:\w+ )?"
    r"(?:be|not|only|lead|make|help|allow|give|enable|provide|work|need)\b",
    re.I,
)
_MINE = re.compile(r"\b(?:my|I|me)\b")
_WORD = re.compile(r"[a-z]{4,}")


def find(view: View, found: Extraction) -> None:
    """Link what sections say to the statement that their heading makes."""
    if view.kind == "transcript":
        return  # its headings are the editor's
    made = thesis.headings(view, found)
    if not made:
        return
    disputed = disputing.headings(view)
    for title, blocks in _sections(view):
        if title in disputed:
            if (objection := made.get(title)) is not None and disputed[title]:
                _rejected(view, found, objection, blocks)
        elif (above := made.get(title)) is not None and found.statements[above].kind in {"claim", "critique"}:
            _critiques(view, found, above, blocks)
            _opening(view, found, above, blocks)


def _sections(view: View) -> Iterator[tuple[str, list[Block]]]:
    """Each heading with the blocks of prose right under it, down to the next heading."""
    title: str | None = None
    blocks: list[Block] = []
    for block in view.blocks.values():
        if block.kind == "heading":
            if title is not None and blocks:
                yield title, blocks
            title, blocks = view.quote(block), []
        elif block.kind in {"paragraph", "item"}:
            blocks.append(block)
    if title is not None and blocks:
        yield title, blocks


def _critiques(view: View, found: Extraction, above: int, blocks: list[Block]) -> None:
    head = found.statements[above]
    for block in blocks:
        for index in found.in_block(block.number):
            there = found.statements[index]
            least = REASON if there.kind == "critique" == head.kind else EVIDENCE if there.kind == "evidence" else 1.0
            words = view.text[there.start : there.end]
            if (
                there.basis == "cue"
                and there.confidence >= least
                and _same_voice(there, head)
                and not asides.of(words)
                and not _TELLS.match(words)
            ):
                _link(found, index, above, RULE)


def _opening(view: View, found: Extraction, above: int, blocks: list[Block]) -> None:
    head = found.statements[above]
    title = view.text[head.start : head.end]
    if head.kind == "claim" and not (wording.judges(_MODAL.sub(" ", title)) and not _MINE.search(title)):
        return
    for block in blocks[:_OPENING]:
        spans = view.sentences(block)
        for number, span in enumerate(spans):
            words = view.text[slice(*span)]
            if (
                asides.of(words)
                or _TELLS.match(words)
                or _DEFINES.match(words)
                or not wording.proposition(words)
                or not wording.judges(words)
            ):
                continue
            if head.kind == "critique" and polarity.against(words) < _AGAINST and not cues.DISAGREES.search(words):
                continue
            if head.kind == "claim" and number + block.number > blocks[0].number and not _stems(words) & _stems(title):
                continue
            index = propositions.sentence(view, found, block, spans, number)
            if index is not None and index != above and _same_voice(found.statements[index], head):
                _link(found, index, above, FIRST)
                return


def _rejected(view: View, found: Extraction, above: int, blocks: list[Block]) -> None:
    """What says under an objection that it fails is the reply to it."""
    for block in blocks:
        spans = view.sentences(block)
        for number, span in enumerate(spans):
            words = view.text[slice(*span)]
            opens = block is blocks[0] and not number
            if disputing.rejects(words, opens=opens) and not asides.of(words):
                index = propositions.sentence(view, found, block, spans, number)
                if (
                    index is not None
                    and index != above
                    and _same_voice(found.statements[index], found.statements[above])
                ):
                    _link(found, index, above, REPLY_TO_OBJECTION, "attacks", 0.8)


def _same_voice(there: Draft, head: Draft) -> bool:
    return there.voice == "author" == head.voice and there.speaker == head.speaker


def _link(
    found: Extraction, index: int, above: int, rule: str, relation: Relation = "supports", score: float = 0.6
) -> None:
    there = found.statements[index]
    if not any(x.source == index and x.target == above for x in found.links):
        found.links.append(LinkDraft(index, above, relation, rule, "structure", score, (there.start, there.end)))


def _stems(words: str) -> set[str]:
    """The beginnings of its longer words: "prevention" and "preventive" have one."""
    return {word[:5] for word in _WORD.findall(words.lower())}
