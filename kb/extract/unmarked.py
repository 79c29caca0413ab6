"""Paragraphs of somebody else's in a reply whose copy has lost its quote marks: what the next paragraph answers.

Archives of comments and plain text keep the words of a quote and not its mark, so that what a reply disputes looks like
what it says. A paragraph is taken for another's where the next one answers it ("This isn't quite right", "I agree with
this") and nothing shows that it is the writer's own; where the answer could as well go on with one's own words, more
must show it: words cut off at either end, marks of leaving out, an announcement, or that it stands in what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.extract import answering
from kb.extract.model import Block, View
from kb.extract.quoting import locate

_KINDS = {"comment", "shortform"}
_LEFT_OUT = re.compile(r"\[(?:\.\.\.|…)|(?:\.\.\.|…)\]|^\W*(?:\.\.\.|…)|^\[[A-Z][\w -]{1,40}\] (?!\()")
_ANNOUNCES = re.compile(
    r"\b(?:quot(?:e|es|ing)|you (?:say|said|write|wrote|claim|claimed|state|argue)|your (?:\w+ )?(?:words|points?"
    r"|questions?"
    r"|comments?|claims?|arguments?)|(?:responses?|replies|reply|answers?|reactions?) (?:to|on) (?:some|a few|your|this"
    r"|specific|individual|particular)|(?:replying|responding|answering) to\b[^.!?:]*\b(?:points?|claims?|questions?"
    r"|objections?|arguments?)|point by point)\b[^.!?]*:\s*$",
    re.I,
)
_FOLLOWING = re.compile(
    r"\b(?:following|next|below) (?:\w+ )?(?:quote|passage|sentence|paragraph|part|bit|excerpt|line|section)\b", re.I
)
_QUESTIONED = re.compile(r"\byour (?:\w+ ){0,2}questions?\b[^.!?]*:\s*$", re.I)
_REMARK = re.compile(r"\b(?:comment|nitpick|quibble|remark|objection|disagreement)s?\b[^.!?]*:\s*$", re.I)
_ENDS = re.compile(r"(?:[.!?:;…)\]\"”’*_`$>]|https?://\S+)\s*$")
_SMALL = re.compile(
    r"[\"“(]?(?!https?\b|e\.g|i\.e|etc\b|iirc\b|afaik\b|imo\b|fwiw\b|ofc\b|tbh\b|btw\b|lol\b|i\b)[a-zà-ÿ]+\b"
)
_LEANS = re.compile(
    r"(?:It|They|He|She) (?!is\b|was\b|['’]s|seems\b|would\b|looks\b|feels\b|might\b|could\b|may\b|\w+ (?:to|that)\b)"
)
_FORMULA = re.compile(r"[$\\=∀∃∈→≤≥]")
_LEAST, _LEAST_CUT, _LEAST_THERE = 5, 8, 8  # words: of a paragraph, of one cut off, of one found in what is answered
_ENOUGH = 1.5


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph with what stands around it: "" where nothing does."""

    text: str
    before: str
    after: str
    goes_on: bool  # what stands before is a list, a formula or another's words
    first: bool


def others(view: View) -> dict[int, str | None]:
    """The numbers of such blocks, each with the id of the source answered in which its words stand, where they do."""
    if view.kind not in _KINDS:
        return {}
    blocks = list(view.blocks.values())
    if any(block.kind == "quote" for block in blocks):
        return {}  # this copy has its marks
    texts = {block.number: view.quote(block) for block in blocks}
    careless = _careless(list(texts.values()))
    found: dict[int, str | None] = {}
    for _ in range(2):  # where one is another's, less must show that a second one is
        for at, block in enumerate(blocks):
            if block.kind == "paragraph" and block.parent is None and block.number not in found:
                place = _place(blocks, texts, at, found)
                if (source := _stands_in(view, place.text)) is not None or _other(place, careless, bool(found)):
                    found[block.number] = source
    for at, block in enumerate(blocks):
        if block.number in found and (first := _first_of_two(blocks, texts, at, found)) is not None:
            found[first] = None
    return found


def _first_of_two(
    blocks: Sequence[Block], texts: Mapping[int, str], at: int, found: Mapping[int, str | None]
) -> int | None:
    """The paragraph with which a reply begins, where the next one is another's and both are answered: "I agree with the
    first sentence. … As to the second, …"."""
    if at != 1 or at + 1 >= len(blocks):
        return None
    first, after = blocks[0], " ".join(texts[block.number] for block in blocks[at + 1 : at + 4])
    plain = first.kind == "paragraph" and first.number not in found and not answering.own(texts[first.number])
    said = len(texts[first.number].split()) >= _LEAST
    return first.number if plain and said and len(answering.BOTH.findall(after)) > 1 else None


def _place(blocks: Sequence[Block], texts: Mapping[int, str], at: int, found: Mapping[int, str | None]) -> _Place:
    block = blocks[at]
    before = blocks[at - 1] if at else None
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if before is not None and (before.kind == "heading" or before.speaker != block.speaker):
        before = None
    if after is not None and (after.kind != "paragraph" or after.speaker != block.speaker):
        after = None
    goes_on = before is not None and (before.kind != "paragraph" or before.number in found)
    return _Place(
        texts[block.number],
        texts[before.number] if before and before.number not in found else "",
        texts[after.number] if after else "",
        goes_on,
        before is None,
    )


def _stands_in(view: View, text: str) -> str | None:
    if not view.quotable or len(text.split()) < _LEAST_THERE:
        return None
    return next((source.source_id for source in view.quotable if locate(text, source.text)), None)


def _careless(texts: Sequence[str]) -> bool:
    """Whether who writes begins sentences small as a habit."""
    said = [text for text in texts if len(text.split()) >= _LEAST]
    return sum(bool(_SMALL.match(text)) for text in said) > 0.7 * len(said)


def _other(place: _Place, careless: bool, more: bool) -> bool:
    if len(place.text.split()) < _LEAST:
        return False
    if _FOLLOWING.search(place.before[-300:]) and (place.before.rstrip().endswith(":") or not place.after):
        return not answering.own(place.text)
    if not place.after:
        return False
    if place.text.rstrip().endswith("?") and _QUESTIONED.search(place.before):
        return True
    if answering.echoes(place.after, place.text) and not answering.tells_you(place.text):
        return True
    if answering.own(place.text):
        return False
    if _cut_in(place) and not careless:
        return True
    if answering.answers(place.after, place.text):
        return not place.text.rstrip().endswith("?") or answering.asks_you(place.text)
    return _signs(place, more) >= _ENOUGH


def _cut_in(place: _Place) -> bool:
    """Whether it begins in the middle of a sentence that is not the one before it, broken off by a list or formula."""
    if not _SMALL.match(place.text) or place.goes_on or _FORMULA.search(place.before[-60:]):
        return False
    if not place.before or _ENDS.search(place.before):
        return not place.before.rstrip().endswith((":", ";")) and not _SMALL.match(place.after)
    return bool(_SMALL.match(place.after))  # a quote in the middle of one's own sentence


def _signs(place: _Place, more: bool) -> float:
    """How much shows that a paragraph is another's where the next one may answer it, or may go on."""
    if not (answering.WEAK.match(place.after) or answering.HERE.search(place.after[:400])):
        return 0.0
    words = len(place.text.split())
    return (
        1.0 * (bool(_LEFT_OUT.search(place.text)) or (words >= _LEAST_CUT and not _ENDS.search(place.text)))
        + 1.0 * bool(_ANNOUNCES.search(place.before))
        + 0.5 * bool(_REMARK.search(place.before))
        + 1.0 * (place.first and bool(_LEANS.match(place.text)))
        + 1.0 * bool(answering.HERE.search(place.after[:400]))
        + 1.0 * answering.asks_what_is_meant(place.after, place.text)
        + 1.0 * (answering.asks_you(place.text) and not answering.asks_you(place.after) and more)
        + 0.5 * bool(answering.WEAK.match(place.after))
        + 0.5 * more
    )
