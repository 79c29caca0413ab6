"""The parts of a block that labels mark: a paragraph may hold several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from kb.extract.labels import reading
from kb.extract.labels.reading import Label
from kb.extract.model import Block, Span, View

_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+)\.?[ \t]+")
_BEGINS = (
    r"[ \t>#|]*(?:(?:[-*+•]|\d{1,2}[.)])[ \t]+|\[!)?"
    r"(?=(?:\d+(?:\.\d+)+\.?[ \t]+)?[*_\[(=]{0,3}(?P<word>[^\W\d_]+))"
)
_LINE, _FIRST_LINE = re.compile(rf"\n{_BEGINS}"), re.compile(_BEGINS)
_WITHIN = re.compile(  # something in bold, a sentence with a colon, a cell
    r"(?<=[.?!;:)\"”*_ ])[ \t]*(?=(?:\*{1,2}|__)(?P<bold>[^\W\d_]+))"
    r"|(?<=[.?!] )(?=(?P<said>[A-Z][^\W\d_]*)(?: [\w-]+){0,3}:)"
)
_DEFINED = re.compile(r"(?P<term>[^\n:]{1,60})\n[ \t]*:[ \t]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block: what it is labelled as, what it says, and both together."""

    label: Label | None
    words: Span
    whole: Span
    number: str | None = None  # "1.2.3" before the label


def any_in(text: str) -> bool:
    """Whether a line of a text, or a cell, begins with what looks like a label: most texts need no closer look."""
    for found in chain(filter(None, [_FIRST_LINE.match(text)]), _LINE.finditer(text)):
        at, lead = found.end(), found[0].strip()
        if found["word"].lower() not in reading.FIRST and lead[:1] != "|":
            continue
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if lead[:1] == "|" and any(reading.whole(cell.strip("*_: ")) for cell in text[at:stop].split("|")):
            return True
        dotted = _DOTTED.match(text, at, stop)
        if lead[-2:] == "[!" or reading.at_start(text, dotted.end() if dotted else at, stop):
            return True
        if (lead[:1] == "#" or text.startswith(": ", stop + 1)) and reading.whole(text[at:stop].strip("*_: #")):
            return True
    return False


def _places(text: str, start: int, end: int) -> list[int]:
    """Where a label may stand in a block, by the first word there."""
    begins = text.rfind("\n", 0, start) + 1
    lines = chain(filter(None, [_FIRST_LINE.match(text, begins, end)]), _LINE.finditer(text, start, end))
    found = [(at.end(), at["word"]) for at in lines]
    found += [(at.end(), at["bold"] or at["said"]) for at in _WITHIN.finditer(text, start, end)]
    return sorted({max(start, at) for at, word in found if word.lower() in reading.FIRST})


def of_block(view: View, block: Block) -> list[Piece]:
    """The pieces of a paragraph, item, heading or callout; the first may have no label."""
    text, start, end = view.text, block.start, block.end
    found: list[tuple[int, Label, str | None]] = []
    for at in _places(text, start, end):
        dotted = _DOTTED.match(text, at, end)
        label = reading.at_start(text, dotted.end() if dotted else at, end)
        if label is None and (defined := _DEFINED.match(text, at, end)):
            term = reading.whole(defined["term"].strip("*_ "))
            label = (
                Label(term.role, term.word, term.number, term.answers, term.plural, defined.end(), term.answered)
                if term
                else None
            )
        if label is not None and not (found and at < found[-1][1].end):
            found.append((at, label, dotted["number"] if dotted else None))
    pieces: list[Piece] = []
    first = found[0][0] if found else end
    if text[start:first].strip(" \t*_"):
        pieces.append(Piece(None, trimmed(text, start, first), trimmed(text, start, first)))
    for number, (at, label, dotted_number) in enumerate(found):
        stop = found[number + 1][0] if number + 1 < len(found) else end
        pieces.append(Piece(label, trimmed(text, label.end, stop), trimmed(text, at, stop), dotted_number))
    return pieces


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks, marks of quotes and a half pair of emphasis at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip(" \t\n>"))
    end = max(start, end - (len(part) - len(part.rstrip())))
    words = text[start:end]
    for mark in ("**", "__", "*", "_"):
        if words.endswith(mark) and words.count(mark) % 2:
            end -= len(mark)
            break
    return start, max(start, end)
