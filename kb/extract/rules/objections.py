"""Sections that say what speaks against the rest, in paragraphs: "Objections", "Limitations", "Criticism".

What stands there attacks the thesis of the section around it (a heading that is a statement), else of the text (its
title), else the text itself, where its wording speaks against something; a reply to it, announced as one, attacks it.
What is an objection by a label or as an item of a list is read before (`kb.extract.rules.labelled`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kb.extract import polarity, thesis, wording
from kb.extract.labels import reading
from kb.extract.labels.vocabulary import Role
from kb.extract.model import Block, Draft, Extraction, LinkDraft, View
from kb.extract.stages import Stage
from kb.model.rules import LABEL, OBJECTION_SECTION, REPLY_TO_OBJECTION, Rule
from kb.text.caseless import Caseless
from kb.text.strings import fold

LIMITATION = "limitation-section"
STAGE = Stage.WITHIN + 1
REVISION = 0
RULES = (
    Rule(
        OBJECTION_SECTION,
        "link",
        "structure",
        what="there, a paragraph whose wording makes it a critique",
        gives="attacks the nearest heading around that is a statement, else the title's statement, else the text",
        score="0.70, 0.60 at the text",
    ),
    Rule(
        LIMITATION,
        "link",
        "structure",
        what="under Limitations, Caveats, Weaknesses, Drawbacks and the like: only what is worded against something",
        gives="as above",
        score="0.70, 0.60 at the text",
    ),
    Rule(
        REPLY_TO_OBJECTION,
        "link",
        "structure",
        what='"Reply: …", "I reply that …" after such a paragraph',
        gives="attacks the objection",
        score="0.70",
    ),
)

CONFIDENCE = 0.65

_LEAD = (
    r"^\W*(?:(?:section|part)\s+)?(?:[\dA-Z]{1,2}(?:\.\d+)*[.):]?\s+)?"
    r"(?:(?:some|other|further|possible|potential|common|main|major|minor|key|important|anticipated|frequent|standard"
    r"|the|my|our|a few|few|and|known|significant|general)\s+)*"
)
_OF = r"(?: (?:and|&|/) (?:\w+ ){0,2}\w+)?(?: (?:to|of|with|against|for|on|about|from)\b.{0,60})?\W*$"
_OBJECTIONS = Caseless(
    rf"{_LEAD}(?:(?:counter-?|anti-?)arguments?|objections?|criticisms?|critiques?|arguments? against"
    rf"|rebuttals? considered|challenges to|the case against){_OF}",
)
_LIMITATIONS = Caseless(
    rf"{_LEAD}(?:limitations?|caveats?|weakness(?:es)?|drawbacks?|downsides?|disadvantages?|shortcomings?|cons"
    rf"|ways? (?:this|it|i) (?:could|might|may) be wrong|why (?:this|it|i) (?:could|might|may) be wrong){_OF}",
)
_REPLIES = Caseless(
    rf"{_LEAD}(?:repl(?:y|ies)|responses?|rebuttals?|rejoinders?|answers?)"
    r"(?: to (?:\w+ ){0,3}(?:objections?|criticisms?|critiques?|counter-?arguments?|critics?))\W*(?:\d+\W*)?$",
)
_ANSWERS = re.compile(r"^\W*(?:I|we)(?:['’]d| would)? (?:reply|respond|answer)\b", re.I)
_ELSEWHERE = re.compile(r"\b(?:see|refer to|above|below|section|chapter|appendix)\b", re.I)


def find(view: View, found: Extraction) -> None:
    """Link what stands in such sections."""
    if view.kind in {"transcript", "comment"}:
        return
    read = _labelled(found)
    last: int | None = None  # the objection that a reply answers
    taken: set[tuple[str, ...]] = set()
    for block in list(view.prose()):
        at = _section(block.heading)
        if at is not None and fold(block.heading[at[1] - 1]) == fold(view.title):
            at = None  # all of the text is about it, and the title says against what
        if at is None:
            last = None
            continue
        kind, depth = at
        if block.number in read:
            taken.add(block.heading[: depth + 1])
            last = None  # what answers it is read there too
            continue
        if kind == REPLY_TO_OBJECTION:
            continue
        if last is not None and _is_reply(view, block):
            _reply(view, found, block, last)
            continue
        if any(found.statements[index].rule == LABEL for index in found.in_block(block.number)):
            continue  # it has a label, and nobody could tell what it is about
        made = _against(view, found, block, depth, kind, taken)
        if made is not None:
            last = made


def _labelled(found: Extraction) -> set[int]:
    """The blocks of which labels made objections or replies."""
    rules = {LABEL, OBJECTION_SECTION, REPLY_TO_OBJECTION}
    return {found.statements[x.source].block for x in found.links if x.rule in rules and isinstance(x.source, int)}


@lru_cache(maxsize=64)  # one after another stand below the same headings
def _section(headings: tuple[str, ...]) -> tuple[str, int] | None:
    """What kind of section a block below these headings is in, and how many lead to it."""
    for depth in range(len(headings), 0, -1):
        title = headings[depth - 1]
        for pattern, kind in (
            (_REPLIES, REPLY_TO_OBJECTION),
            (_OBJECTIONS, OBJECTION_SECTION),
            (_LIMITATIONS, LIMITATION),
        ):
            if len(title.split()) <= 10 and pattern.match(title):
                return kind, depth
    return None


def _is_reply(view: View, block: Block) -> bool:
    """Whether a block says that it answers the objection before it."""
    label = reading.at_start(view.text, block.start, block.end)
    return label.role is Role.REPLY if label else bool(_ANSWERS.match(view.quote(block)))


def _against(
    view: View, found: Extraction, block: Block, depth: int, kind: str, taken: set[tuple[str, ...]]
) -> int | None:
    """The objection that the block makes, if it makes one."""
    if block.kind == "footnote" or (block.kind == "item" and block.parent is not None):
        return None  # what hangs under an item explains it
    subsection = block.heading[: depth + 1]
    if kind == OBJECTION_SECTION and len(subsection) > depth:
        heading = thesis.headings(view, found).get(subsection[-1])
        if subsection in taken:
            return heading  # the rest of a subsection may be the answer
        taken.add(subsection)
        if heading is not None:
            return _link(view, found, heading, block.heading[: depth - 1], kind)
    index = _critical(view, found, block, kind)
    return None if index is None else _link(view, found, index, block.heading[: depth - 1], kind)


def _critical(view: View, found: Extraction, block: Block, kind: str) -> int | None:
    """The statement of a block that speaks against something: a critique, or what an objection's item says first."""
    there = [i for i in found.in_block(block.number) if found.statements[i].basis != "authored"]
    for index in sorted(there, key=lambda i: found.statements[i].start):
        if found.statements[index].kind == "critique":
            return index
    span = wording.first_proposition(view, block)
    if span is None or _ELSEWHERE.search(view.text[slice(*span)]) or wording.points_elsewhere(view.text[slice(*span)]):
        return None
    words = view.text[slice(*span)]
    listed = block.kind == "item" and kind == OBJECTION_SECTION
    if words.rstrip().endswith("?") or not (listed or polarity.against(words) >= 0.6):
        return None
    overlapping = found.overlapping(*span)
    if overlapping:
        index = overlapping[0]
        if found.statements[index].kind == "claim" and found.statements[index].basis != "authored":
            found.statements[index] = replace(found.statements[index], kind="critique")
        return index
    draft = Draft("critique", *span, kind, "structure", CONFIDENCE, view.speaker(block), block.number)
    return found.add(draft)


def _link(view: View, found: Extraction, index: int, outer: tuple[str, ...], kind: str) -> int:
    target = thesis.of_section(view, found, outer)
    if target != index and not any(x.source == index and x.relation == "attacks" for x in found.links):
        place = found.statements[index]
        score = 0.7 if isinstance(target, int) else 0.6
        found.links.append(
            LinkDraft(index, target, "attacks", kind, "structure", score, (place.start, place.end))
        )  # fmt: skip
    return index


def _reply(view: View, found: Extraction, block: Block, objection: int) -> None:
    there = [i for i in found.in_block(block.number) if found.statements[i].kind in {"claim", "critique", "evidence"}]
    if there:
        index = min(there, key=lambda i: found.statements[i].start)
    elif (span := wording.first_proposition(view, block)) is not None and not found.overlapping(*span):
        index = found.add(
            Draft("critique", *span, REPLY_TO_OBJECTION, "structure", CONFIDENCE, view.speaker(block), block.number)
        )
    else:
        return
    if index != objection and not any(x.source == index and x.rule == REPLY_TO_OBJECTION for x in found.links):
        place = found.statements[index]
        found.links.append(
            LinkDraft(index, objection, "attacks", REPLY_TO_OBJECTION, "structure", 0.7, (place.start, place.end))
        )
