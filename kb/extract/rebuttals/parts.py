"""An answer to a review in parts, each about one point: what it quotes or calls the point, and what it says to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.extract.model import Block, Span, View
from kb.extract.quoting import locate
from kb.text import sentences

LEAST_QUOTED = 5  # words of a sentence that is taken for one of the review without quotation marks

_CALLED = re.compile(
    r"\W*(?:(?:re|response|reply|answer|regarding|concerning|on|as for|ad|to|your|the|reviewer['’]?s?|main|major"
    r"|minor) ?[:.]? ?)*"
    r"(?P<word>weakness(?:es)?|questions?|comments?|concerns?|points?|issues?|remarks?|suggestions?|criticisms?"
    r"|[WQCRPSM])?\.? ?(?:#|no\.? ?)?\(?(?P<number>\d{1,2}(?:\.\d{1,2})?)\)?(?:[.:)\]–—]|\W*$| -)[*_\s]*",
    re.I,
)
REFERENCE = re.compile(r"\W*\[\w{1,6}\]\W*[A-Z]")  # the entry of a list of works
_ANSWERS = re.compile(r"\W*(?:A|Ans|Answer|Response|Reply|Our response)\W{0,3}\d*\W{0,3}[:.)\]][*_\s]*", re.I)
_ASKS = re.compile(
    r"\W*(?:Q|C|R|Comment|Question|Concern|Point|Reviewer(?: comment)?|Review|Referee)\W{0,2}\d*\W{0,2}[:\])][*_\s]*",
    re.I,
)
_NAMES = re.compile(
    r"\W*(?:re:|(?:regarding|concerning|on|as (?:to|for)|with (?:regards?|respect) to|about"
    r"|in (?:response|reply) to) )",
    re.I,
)
_THANKS = re.compile(
    r"\W*(?:(?:we|I)(?: would like to|['’]d like to)? (?:\w+ )?(?:thank|appreciate|hope)\b|(?:many )?thanks?\b"
    r"|dear\b|best\b|sincerely|we are (?:\w+ )?(?:grateful|glad|happy|pleased)|(?:please )?(?:find|see) (?:below|our)"
    r"|below[, ]"
    r"|in the following|we (?:now )?(?:address|answer|respond|reply)\b"
    r"|(?:the|our) (?:answers?|responses?|repl(?:y|ies))\b.{0,60}(?:below|follows?))",
    re.I,
)
_IN_MARKS = re.compile(r"[“\"‘`']{1,2}(?P<words>[^“”\"\n]{12,400}?)[”\"’`']{1,2}")


@dataclass
class Part:
    """What one part of an answer is about, and what it says."""

    quoted: list[Span] = field(default_factory=list)  # spans of the review
    number: str | None = None  # of the point, as it calls it
    letter: str = ""  # "W" of "W2"
    blamed: bool = False  # the point is called a weakness, a criticism or a concern
    listed: int = 0  # how many parts of the answer are numbered
    named: Span | None = None  # the words that name the point
    said: list[tuple[Block, Span]] = field(default_factory=list)  # what answers it, sentence by sentence


def cut(view: View, review: Sequence[Block], answer: Sequence[Block]) -> list[Part]:
    """The parts of an answer, in its order. What stands before the first point that is quoted or called is its own."""
    place = Places(view, review)
    parts: list[Part] = []
    for block in answer:
        if block.kind == "heading":
            parts.append(_called(view, block, (block.start, block.end)) or Part(named=(block.start, block.end)))
            continue
        if REFERENCE.match(view.quote(block)):
            continue
        if block.kind not in {"quote", "paragraph", "item", "insertion"}:
            continue
        _block(view, place, block, parts)
    kept = [part for part in parts if part.said and not _social(view, part)]
    numbered = len({part.number for part in kept if part.number and not part.letter})
    for part in kept:
        part.listed = numbered
    return kept


class Places:
    """Where the words of the review stand in the whole text."""

    def __init__(self, view: View, review: Sequence[Block]) -> None:
        self.start, self.end = review[0].start, review[-1].end
        self.text = view.text[self.start : self.end]

    def of(self, words: str) -> Span | None:
        """The span of the review that repeats the words, or None."""
        found = locate(words, self.text)
        return (found[0] + self.start, found[1] + self.start) if found else None


def _block(view: View, place: Places, block: Block, parts: list[Part]) -> None:
    text = view.text
    spans = sentences.split(text, block.start, block.end)
    answers = _ANSWERS.match(text, block.start, block.end)
    asks = None if answers else _ASKS.match(text, block.start, block.end)
    quoted: list[Span] = []
    rest = list(spans)
    while rest and not answers:
        start, end = rest[0]
        words = text[max(start, asks.end()) if asks else start : end]
        if len(words.split()) < (3 if block.kind == "quote" or asks else LEAST_QUOTED):
            if block.kind != "quote":
                break
        elif (there := place.of(words)) is not None:
            quoted.append(there)
        elif block.kind != "quote":
            break
        rest.pop(0)
    called = None if answers else _called(view, block, (block.start, block.end))
    if quoted or block.kind == "quote":
        _open(parts, Part(quoted=quoted, number=called.number if called else None), joined=not rest)
    elif called or asks or (_NAMES.match(text, block.start, block.end) and spans):
        part = called or Part(named=spans[0])
        if (asks and len(spans) > 1) or (len(spans) == 1 and text[block.end - 1] in "?:"):
            rest = rest[1:]
        parts.append(part)
    elif not parts or (parts[-1].said and not _pointed(parts[-1])) or _marked(view, place, spans):
        parts.append(Part())
    part = parts[-1]
    part.quoted += [] if quoted else _marked(view, place, rest[:2])
    part.said += [(block, span) for span in rest]


def _pointed(part: Part) -> bool:
    """Whether a part says itself which point it is about."""
    return bool(part.quoted or part.number or part.named)


def _social(view: View, part: Part) -> bool:
    """Whether a part only greets and thanks."""
    return not _pointed(part) and all(_THANKS.match(view.text[slice(*span)]) for _, span in part.said)


def _open(parts: list[Part], part: Part, joined: bool) -> None:
    """A new part, or more of what the last one quotes."""
    if joined and parts and not parts[-1].said and _pointed(parts[-1]):
        parts[-1].quoted += part.quoted
    else:
        parts.append(part)


def _marked(view: View, place: Places, spans: Sequence[Span]) -> list[Span]:
    """What stands in quotation marks in the sentences and in the review."""
    marked = (match["words"] for span in spans[:2] for match in _IN_MARKS.finditer(view.text, *span))
    places = (place.of(words) for words in marked if len(words.split()) >= LEAST_QUOTED)
    return [there for there in places if there is not None]


def after_call(text: str, start: int, end: int) -> int:
    """Where the words begin after what a sentence calls its point: "W2.", "Response to point 3:"."""
    found = _CALLED.match(text, start, end)
    return found.end() if found and found.end() < end else start


def _called(view: View, block: Block, span: Span) -> Part | None:
    """A part that begins by calling its point: "Weakness 2:", "W3", "Re: point 3", "4."."""
    found = _CALLED.match(view.text, *span)
    word = (found["word"] or "") if found else ""
    if found is None:
        number = re.match(r"\d+", block.label or "") if block.kind == "item" else None
        return Part(number=number[0], named=span) if number else None
    first = next(iter(sentences.split(view.text, found.end(), span[1])), None)
    blamed = word.upper() == "W" or word.lower().startswith(("weakness", "criticism", "concern"))
    return Part(number=found["number"], letter=word[:1].upper(), blamed=blamed, named=first)
