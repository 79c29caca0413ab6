"""From blocks to passages: the spans that are searched, embedded and quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import endings
from kb.model.document import Block
from kb.text import sentences

MAX_WORDS = 120
"""A longer block is cut between sentences into even parts; only a single longer sentence stays longer."""

_WHOLE = {"heading", "code", "table", "math", "html"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous span of a text with its place in it. `block` and `parent` number blocks, not passages."""

    ordinal: int
    block: int
    kind: str
    start: int
    end: int
    heading: tuple[str, ...] = ()
    level: int = 0
    speaker: str | None = None
    parent: int | None = None
    about: int | None = None
    label: str | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a talk that a link means as a whole, told by the passage that it begins with.

    `text[start:end] == quote` in the source of that id; `turn` counts the turns, None where the passage is in none.
    """

    id: str
    source: str
    speaker: str | None
    quote: str
    start: int
    end: int
    turn: int | None
    added: str


def cut(text: str, blocks: Sequence[Block]) -> list[Passage]:
    """The passages of a text in order; each block gives one or more. Notes and references at its end stand apart."""
    passages: list[Passage] = []
    apart = endings.sections(text, blocks)
    for number, block in enumerate(blocks):
        for start, end in _parts(text, block):
            passages.append(
                Passage(
                    ordinal=len(passages),
                    block=number,
                    kind=block.kind,
                    start=start,
                    end=end,
                    heading=apart.get(number, block.heading),
                    level=block.level,
                    speaker=block.speaker,
                    parent=block.parent,
                    about=block.about,
                    label=block.label,
                    turn=block.turn,
                )
            )
    return passages


def _parts(text: str, block: Block) -> list[tuple[int, int]]:
    words = len(text[block.start : block.end].split())
    if words <= MAX_WORDS:
        return [(block.start, block.end)]
    if block.kind in _WHOLE:
        return _by_lines(text, block.start, block.end)
    return _pack(text, sentences.split(text, block.start, block.end), words)


def _by_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            left = at + len(line) - len(line.lstrip())
            spans.append((left, at + len(line.rstrip())))
        at += len(line)
    return _pack(text, spans, len(text[start:end].split()))


def _pack(text: str, spans: list[tuple[int, int]], words: int) -> list[tuple[int, int]]:
    """Neighbouring spans together, in parts of about equal length, none above the limit if it can be helped."""
    parts: list[tuple[int, int]] = []
    open_part: tuple[int, int] | None = None
    size, left = 0, words
    for start, end in spans:
        length = len(text[start:end].split())
        target = left / -(-left // MAX_WORDS)  # what is left, shared out evenly
        if open_part and (size + length > MAX_WORDS or size + length / 2 > target):
            parts.append(open_part)
            left -= size
            open_part, size = None, 0
        open_part = (open_part[0] if open_part else start, end)
        size += length
    return [*parts, open_part] if open_part else parts
