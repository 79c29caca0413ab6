"""The parts of a block that labels mark: a paragraph may hold several."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.extract.labels import reading
from kb.extract.labels.reading import Label
from kb.extract.labels.vocabulary import WORDS
from kb.extract.model import Block, Span, View

_INITIAL = "|".join(sorted({re.escape(word.split()[0].split("-")[0]) for word in WORDS}, key=len, reverse=True))
ANY = re.compile(
    rf"(?:^|[\n|])[\s>#*_=\-+\d.)(|\[A-Z]*?(?:\w+ ){{0,3}}?(?:{_INITIAL})\b"
    rf"|(?:[*_]{{2}}|[.?!] )(?:\w+ ){{0,3}}?(?:{_INITIAL})\b|\[!",
    re.I,
)
"""Anything that may be a label: a text without it has none."""

_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+)\.?[ \t]+")
_PLACES = re.compile(
    r"\n[ \t>]*(?:(?:[-*+•]|\d{1,2}[.)])[ \t]+)?(?=[^\W_]|[*_\[(=])|(?<=[.?!;:)\"”*_ ])[ \t]*(?=\*\*\w|__\w|\*\w)"
    r"|(?<=[.?!] )(?=[A-Z][\w’'-]*(?: [\w-]+){0,3}:)"
)
_DEFINED = re.compile(r"(?P<term>[^\n:]{1,60})\n[ \t]*:[ \t]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block: what it is labelled as, what it says, and both together."""

    label: Label | None
    words: Span
    whole: Span
    number: str | None = None  # "1.2.3" before the label


def of_block(view: View, block: Block) -> list[Piece]:
    """The pieces of a paragraph, item, heading or callout; the first may have no label."""
    text, start, end = view.text, block.start, block.end
    found: list[tuple[int, Label, str | None]] = []
    for at in [start, *(place.end() for place in _PLACES.finditer(text, start, end))]:
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
