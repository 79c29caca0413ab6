"""Sections that say what speaks against the rest: "Objections", "Limitations", "Criticisms and replies".

What stands there attacks the thesis of the section around it (a heading that is a statement), else of the text (its
title), else the text itself. Under "Objections" an item, a subsection or a paragraph is one objection; a reply to it,
announced as one, attacks it. Under "Limitations" and the like only wording that speaks against something counts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.extract import polarity, thesis, wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, View
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.text.strings import fold

OBJECTION, LIMITATION, REPLY = "objection-section", "limitation-section", "reply-to-objection"
STAGE = Stage.WITHIN + 1
REVISION = 0
RULES = (
    Rule(
        OBJECTION,
        "link",
        "structure",
        what="under Objections, Counterarguments, Criticisms, Arguments against and the like: what each item, "
        "subsection or paragraph says first, where an item or its wording makes it a critique",
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
        REPLY,
        "link",
        "structure",
        what='"Reply: …" after an objection, an item under an objection where the heading promises replies, or a '
        'section "Replies to objections" with as many items as there were objections',
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
_OBJECTIONS = re.compile(
    rf"{_LEAD}(?:(?:counter-?|anti-?)arguments?|objections?|criticisms?|critiques?|arguments? against"
    rf"|rebuttals? considered|challenges to|the case against){_OF}",
    re.I,
)
_LIMITATIONS = re.compile(
    rf"{_LEAD}(?:limitations?|caveats?|weakness(?:es)?|drawbacks?|downsides?|disadvantages?|shortcomings?|cons"
    rf"|ways? (?:this|it|i) (?:could|might|may) be wrong|why (?:this|it|i) (?:could|might|may) be wrong){_OF}",
    re.I,
)
_REPLIES = re.compile(
    rf"{_LEAD}(?:repl(?:y|ies)|responses?|rebuttals?|rejoinders?|answers?)"
    r"(?: to (?:\w+ ){0,3}(?:objections?|criticisms?|critiques?|counter-?arguments?|critics?))\W*(?:\d+\W*)?$",
    re.I,
)
_WITH_REPLIES = re.compile(r"\b(?:and|&|with) (?:\w+ )?(?:repl(?:y|ies)|responses?|rebuttals?|answers?)\b", re.I)
_ANNOUNCED = re.compile(
    r"^[*_\W]*(?:(?:my|our|the|a) )?(?:reply|response|answer|rebuttal|counter|replies|responses?)\b"
    r"[*_]*\s*(?:\d+)?[*_]*\s*[:.–—]"
    r"|^\W*(?:I|we)(?:['’]d| would)? (?:reply|respond|answer)\b",
    re.I,
)
_ELSEWHERE = re.compile(r"\b(?:see|refer to|above|below|section|chapter|appendix)\b", re.I)


def find(view: View, found: Extraction) -> None:
    """Link what stands in such sections."""
    if view.kind in {"transcript", "comment"}:
        return
    last: int | None = None  # the objection that a reply answers
    taken: set[tuple[str, ...]] = set()
    for block in list(view.prose()):
        at = _section(block)
        if at is not None and fold(block.heading[at[1] - 1]) == fold(view.title):
            at = None  # all of the text is about it, and the title says against what
        if at is None:
            last = None
            continue
        kind, depth = at
        if kind == REPLY:
            continue
        if last is not None and _is_reply(view, block, block.heading[depth - 1]):
            _reply(view, found, block, last)
            continue
        made = _against(view, found, block, depth, kind, taken)
        if made is not None:
            last = made
    _reply_sections(view, found)


def _section(block: Block) -> tuple[str, int] | None:
    """What kind of section the block is in, and how many headings lead to it."""
    for depth in range(len(block.heading), 0, -1):
        title = block.heading[depth - 1]
        for pattern, kind in ((_REPLIES, REPLY), (_OBJECTIONS, OBJECTION), (_LIMITATIONS, LIMITATION)):
            if len(title.split()) <= 10 and pattern.match(title):
                return kind, depth
    return None


def _is_reply(view: View, block: Block, title: str) -> bool:
    """Whether a block answers the objection before it: it says so, or hangs under it where the heading says so."""
    if _ANNOUNCED.match(view.quote(block)):
        return True
    return block.kind == "item" and block.parent is not None and bool(_WITH_REPLIES.search(title))


def _against(
    view: View, found: Extraction, block: Block, depth: int, kind: str, taken: set[tuple[str, ...]]
) -> int | None:
    """The objection that the block makes, if it makes one."""
    if block.kind == "footnote" or (block.kind == "item" and block.parent is not None):
        return None  # what hangs under an item explains it
    subsection = block.heading[: depth + 1]
    if kind == OBJECTION and len(subsection) > depth:
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
    listed = block.kind == "item" and kind == OBJECTION
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
    if target != index and not any(x.source == index and x.target == target for x in found.links):
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
        index = found.add(Draft("critique", *span, REPLY, "structure", CONFIDENCE, view.speaker(block), block.number))
    else:
        return
    if index != objection and not any(x.source == index and x.rule == REPLY for x in found.links):
        place = found.statements[index]
        found.links.append(LinkDraft(index, objection, "attacks", REPLY, "structure", 0.7, (place.start, place.end)))


def _reply_sections(view: View, found: Extraction) -> None:
    """ "Replies to objections": item by item, where there are as many as objections before."""
    objections = [x.source for x in found.links if x.rule == OBJECTION and isinstance(x.source, int)]
    replies = [
        block
        for block in view.prose()
        if block.kind == "item" and block.parent is None and (at := _section(block)) and at[0] == REPLY
    ]
    if objections and len(replies) == len(objections):
        for block, objection in zip(replies, objections, strict=True):
            _reply(view, found, block, objection)
