"""Reasons that a text announces and then lists: "for three reasons:", "The evidence for this:", "First, …. Second, …".

What is listed hangs on what it is announced for: the rest of the announcing sentence ("Trams are cheaper for three
reasons:"), the sentence before it ("There are two reasons for this."), the heading above where that says something, or
the words "reasons to think that …". Objections and problems that are announced about "this" speak against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.extract import cues, propositions, standing, thesis, wording
from kb.extract.model import Block, Draft, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.model.rules import Rule
from kb.model.words import Relation, StatementKind
from kb.text.plain import plain

REASON = "announced-reason"
STAGE = Stage.STRUCTURE + 4
RULES = (
    Rule(
        REASON,
        "statement",
        "structure",
        what='what is announced as a reason, an argument, evidence, a problem or an objection ("for three reasons:", "There '
        'are several problems with this:"): each item of the list, or each sentence that begins "First", "Second", …',
        gives="a claim or critique as it is worded, its first proposition; problems and objections are critiques",
        score="0.70",
    ),
    Rule(
        REASON,
        "link",
        "structure",
        what="the same, where what it is announced for is a statement: the announcing sentence itself, the one before it, "
        "or the heading",
        gives='supports it; attacks it where problems with "this" are announced, or objections to it',
        score="0.75",
    ),
)

_NUMBER = r"(?:\d|two|three|four|five|six|seven|several|many|various|a (?:number|couple|few)(?: of)?|some|multiple|the|my|our|these|following)"
_QUALITY = (
    r"(?:main|major|key|big|good|strong|important|obvious|following|other|further|additional|different|independent|simple"
    r"|serious|deep|meta-level|practical|minor|common|separate|basic)"
)
_FOR = r"(?:reasons|arguments|considerations|grounds|pieces of evidence|lines of evidence|advantages|benefits|merits)"
_AGAINST = r"(?:problems|objections|difficulties|issues|worries|concerns|flaws|disagreements|counter-?arguments|drawbacks|disadvantages|mistakes)"
_ANNOUNCES = re.compile(
    rf"\b(?:(?P<for>{_FOR})|(?P<against>{_AGAINST}))\b|\bevidence (?:for|of|that)\b|\bhere(?:['’]s| is) why\b|^\W*why\?",
    re.I,
)
ANNOUNCED = re.compile(
    rf",?\s(?:and )?(?:(?:for|because of|on) (?:at least |about )?(?:{_NUMBER} )?(?:{_QUALITY} )*{_FOR}"
    r"|(?:and )?here(?:['’]s| is) why|as follows|because)(?: \([^)]*\))?\s*[:.]?\s*$",
    re.I,
)
_THAT = re.compile(
    rf"\b{_FOR}\b (?:(?:to|for) (?:think|believe|expect|doubt|suppose)(?:ing)?|why)(?: that)?\s(?P<p>.{{12,}}?)[:.]\s*$",
    re.I,
)
_THIS = re.compile(
    rf"\b(?:{_FOR}|{_AGAINST}|evidence)\b(?: \w+)?(?: (?:for|of|with|to|against|about|behind|in favou?r of))? (?:this|that|it|these"
    r"|such an?|the (?:above|latter))\b(?! (?:is|are)\b)",
    re.I,
)
_BARE = re.compile(
    rf"^\W*(?:(?:there (?:are|is)|I (?:have|see|can see)|here are|consider|these are|some of)\s)?(?:at least )?(?:{_NUMBER}\s)*(?:{_QUALITY}\s)*"
    rf"(?:{_FOR}|{_AGAINST}|evidence)(?: (?:are|is|here|include))?(?: (?:these|the following|as follows))?\s*(?:\([^)]*\))?\s*[:.]?\s*$"
    r"|^\W*(?:why\?|here(?:['’]s| is) why\s*[:.])\s*$",
    re.I,
)
_HAS = re.compile(
    rf"\b(?:there are|ha(?:s|ve)|face[sd]?|suffers? from|poses?|raises?|see|find) (?:at least )?(?:{_NUMBER} )?(?:{_QUALITY} )*{_AGAINST}\b"
    r"[^.:]{0,60}[.:]\s*$",
    re.I,
)
_HOLDS = re.compile(r"^\W*(?:this|that|it)(?:['’]s| is)?(?: \w+)?$", re.I)
_LABEL_ELSEWHERE = re.compile(r"^\W*(?:pros?|cons?|for|against|objections?|repl(?:y|ies))\s*:?\W*$", re.I)
_ORDINAL = re.compile(
    r"^\W*(?P<n>first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|finally|lastly)(?P<comma>,|\b)", re.I
)


@dataclass(frozen=True, slots=True)
class _Announcement:
    """What reasons are announced for, if that is a statement, and what they do to it."""

    target: int | str | None
    relation: Relation
    critical: bool


def find(view: View, found: Extraction) -> None:
    """Link listed reasons to what they are announced for."""
    if view.kind == "comment" and len(view.blocks) < 2:
        return
    for block in propositions.prose(view):
        if block.kind not in {"paragraph", "item"} or not _may(view.text[block.start : block.end]):
            continue
        if not _ANNOUNCES.search(view.text, block.start, block.end):
            continue
        spans = view.sentences(block)
        for number, span in enumerate(spans):
            words = view.text[slice(*span)]
            if not _ANNOUNCES.search(words) or _LABEL_ELSEWHERE.match(words):
                continue
            items = _items(view, block) if number == len(spans) - 1 and words.rstrip("*_ ").endswith(":") else []
            listed = [] if items else list(_sentences(view, spans, number))
            if len(items) < 2 and len(listed) < 2:
                continue
            if (said := _announced(view, found, block, spans, number)) is not None:
                for item in items:
                    _reason(view, found, item, _first(view, item), said)
                for one in listed:
                    _reason(view, found, block, spans[one], said)
                break


def _may(words: str) -> bool:
    """Cheaply, whether a list or a count can follow."""
    return words.rstrip("*_ ").endswith(":") or "First" in words


def _items(view: View, block: Block) -> list[Block]:
    """The list that stands right behind a block: under it where it is an item, else the outermost items that follow."""
    if block.kind == "item":
        return [view.blocks[n] for n in view.children.get(block.number, ()) if view.blocks[n].kind == "item"]
    items: list[Block] = []
    number = block.number + 1
    while (there := view.blocks.get(number)) is not None and (there.kind == "item" or there.parent is not None):
        if there.kind == "item" and there.parent in {None, block.parent} and there.heading == block.heading:
            items.append(there)
        number += 1
    return items


def _sentences(view: View, spans: list[Span], number: int) -> Iterator[int]:
    """The sentences behind an announcement that begin "First", "Second", … in order; nothing where the first one does not."""
    if number + 1 >= len(spans) or not _ORDINAL.match(view.text[slice(*spans[number + 1])]):
        return
    for later in range(number + 1, len(spans)):
        match = _ORDINAL.match(view.text[slice(*spans[later])])
        if match and (match["comma"] or match["n"].lower() != "first"):
            yield later


def _first(view: View, item: Block) -> Span | None:
    """The first sentence of an item that says something: the whole item where it is one."""
    spans = view.sentences(item)
    for span in spans:
        words = view.text[slice(*span)].strip()
        if len(words.split()) >= 4 and not words.endswith(("?", ":")) and not wording.points_elsewhere(words):
            whole = standing.FINITE.search(words) and not standing.fragment(f"{words}.")
            return span if whole or words.endswith(".") else None
        if len(words.split()) >= 4:
            return None
    return None


def _announced(view: View, found: Extraction, block: Block, spans: list[Span], number: int) -> _Announcement | None:
    """What the sentence announces reasons for; None where it announces none, or where nobody can tell for what."""
    words = view.text[slice(*spans[number])].strip()
    about = _ANNOUNCES.search(words)
    critical = bool(about and about["against"])
    if match := _THAT.search(words):
        start = spans[number][0] + match.start("p")
        made = _claim(view, found, block, (start, start + len(match["p"])))
        return _Announcement(made, "supports", critical) if made is not None else None
    if (tail := ANNOUNCED.search(words)) and wording.joined(words[: tail.start()] + "."):
        made = _claim(view, found, block, (spans[number][0], spans[number][0] + tail.start()))
        return _Announcement(made, "supports", critical) if made is not None else None
    if _BARE.match(words) or _THIS.search(words) or (tail and _HOLDS.match(words[: tail.start()])):
        return _before(view, found, block, spans, number, critical, bool(_THIS.search(words)))
    if critical and _HAS.search(words):
        made = _claim(view, found, block, (spans[number][0], spans[number][0] + len(words.rstrip(":. "))))
        return _Announcement(made, "supports", critical) if made is not None else None
    return None


def _before(
    view: View, found: Extraction, block: Block, spans: list[Span], number: int, critical: bool, this: bool
) -> _Announcement | None:
    """Reasons for what was said just before, or for the heading."""
    target: int | str | None = None
    if number:
        near = (propositions.sentence(view, found, block, spans, n) for n in range(number - 1, max(number - 3, -1), -1))
        target = next((index for index in near if index is not None), None)
    else:
        above = view.blocks.get(block.parent if block.kind == "item" and block.parent is not None else block.number - 1)
        if above is not None and above.kind == "heading":
            target = thesis.headings(view, found).get(view.quote(above))
        elif above is not None and (above.kind == "paragraph" or (above.kind == "item" and block.kind == "item")):
            others = view.sentences(above)
            target = propositions.sentence(view, found, above, others, len(others) - 1) if others else None
    if target is None:
        return None
    there = found.statements[target] if isinstance(target, int) else None
    against = critical and there is not None and there.kind != "critique"
    if against and not this:
        return None
    return _Announcement(target, "attacks" if against else "supports", critical)


def _claim(view: View, found: Extraction, block: Block, span: Span) -> int | None:
    """The statement that the announcing sentence makes without what it announces."""
    words = view.text[slice(*span)].strip()
    if there := found.overlapping(*span):
        return there[0] if found.statements[there[0]].start >= block.start else None
    kind, rule, confidence = wording.classify(words)
    if kind == "question":
        return None
    begin = words[:1].upper() + words[1:]
    draft = Draft(
        kind, *span, rule, "cue", confidence, view.speaker(block), block.number, words=f"{begin.rstrip(',;')}."
    )
    return found.add(draft)


def _reason(view: View, found: Extraction, block: Block, span: Span | None, said: _Announcement) -> None:
    if span is None:
        return
    words = view.text[slice(*span)]
    if cues.INSTRUCTION.match(plain(words)):
        return
    there = [i for i in found.overlapping(*span) if found.statements[i].block == block.number]
    if there:
        index = there[0]
    elif said.critical:
        index = found.add(Draft("critique", *span, REASON, "structure", 0.7, view.speaker(block), block.number))
    else:
        worded = wording.classify(words)[0]
        kind: StatementKind = worded if worded != "question" else "claim"
        index = found.add(Draft(kind, *span, REASON, "structure", 0.7, view.speaker(block), block.number))
    if said.target is not None and index != said.target:
        found.links.append(LinkDraft(index, said.target, said.relation, REASON, "structure", 0.75, span))
