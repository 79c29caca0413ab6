"""The words of a PDF page with place, size and weight, and the lines they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

HYPHEN = "\x02"
"""PDFium's sign for a hyphen at the end of a line."""


class Sign(NamedTuple):
    """One sign of a formula: its place, its size, and whether it comes from a font of large operators and brackets."""

    text: str
    x: float
    y: float
    size: float
    large: bool


class Rule(NamedTuple):
    """A thin line from left to right, such as that of a fraction."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class Word:
    """Signs without a blank between them. `y` is the baseline, in points from the foot of the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    glued: bool = False  # no blank stands before it: a raised mark behind a word
    typed: bool = False  # in letters of one width, as a typewriter's
    signs: tuple[Sign, ...] = ()
    """Each of its signs, where one of them comes from a font of formulas."""


@dataclass(slots=True)
class Line:
    """Words on one baseline, left to right."""

    words: list[Word]
    page: int
    y: float
    size: float
    gaps: int = 0  # wide blanks inside: the cells of a table
    text: str = ""

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def typed(self) -> bool:
        return all(word.typed or not word.text.isalnum() for word in self.words) and any(w.typed for w in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold or not word.text.isalpha() for word in self.words) and any(w.bold for w in self.words)


@dataclass(slots=True)
class Page:
    """A page as it was drawn: its upright words in the order of the file, and what stands sideways."""

    number: int  # from 1
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    sideways: str = ""
    pictures: bool = False
    rules: list[Rule] = field(default_factory=list)
    legible: bool = True  # whether its fonts say which letters they draw


def lines_of(words: Sequence[Word], number: int, gutter: tuple[float, float] | None) -> list[Line]:
    """The lines of a page in the order of the file, parted at the blank between two columns."""
    lines: list[Line] = []
    row: list[Word] = []
    for word in words:
        if row and not _follows(row, word, gutter):
            lines.append(_line(row, number))
            row = []
        row.append(word)
    if row:
        lines.append(_line(row, number))
    return [line for line in lines if line.text.strip(HYPHEN + " ")]


def _follows(row: list[Word], word: Word, gutter: tuple[float, float] | None) -> bool:
    last = row[-1]
    if last.text.endswith(HYPHEN) and not (abs(word.y - last.y) < 1 and -1 < word.x0 - last.x1 < last.size):
        return False
    big = max(max(one.size for one in row[-4:]), word.size)
    base = max(row[-4:], key=lambda one: one.size).y
    if abs(word.y - base) > (0.55 if word.size < 0.85 * big or last.size < 0.85 * big else 0.3) * big:
        return False
    gap = word.x0 - last.x1
    if gap < -0.6 * big or gap > 12 * big:
        return False
    return not (gutter and last.x1 <= gutter[0] + 1 and word.x0 >= gutter[1] - 1)


def _line(row: list[Word], number: int) -> Line:
    main = max(row, key=lambda word: len(word.text) * word.size)
    gaps = sum(b.x0 - a.x1 > 1.6 * main.size for a, b in pairwise(row))
    return Line(row, number, main.y, main.size, gaps, text_of_words(row))


def text_of_words(row: Sequence[Word]) -> str:
    """The words with the blanks between them; a hyphen inside a line was a soft one."""
    out = ""
    for word in row:
        if out.endswith(HYPHEN):
            out = out[:-1] + word.text
        else:
            out += word.text if word.glued or not out else " " + word.text
    return out


def gutter_of(page: Page) -> tuple[float, float] | None:
    """The empty strip between two columns, or None where lines run across the page."""
    if len(page.words) < 60:
        return None
    left, right = min(word.x0 for word in page.words), max(word.x1 for word in page.words)
    span = right - left
    if span < 200:
        return None
    bins = [0] * (int(span) + 2)
    for word in page.words:
        for place in range(max(int(word.x0 - left), 0), min(int(word.x1 - left) + 1, len(bins))):
            bins[place] += 1
    middle = range(int(0.35 * span), int(0.65 * span))
    usual = sorted(bins[int(0.05 * span) : int(0.95 * span)])[len(bins) // 2]
    limit = 0.25 * usual
    best, run = (0, 0), 0
    for place in middle:
        run = run + 1 if bins[place] <= limit else 0
        if run > best[1] - best[0]:
            best = (place - run + 1, place + 1)
    if best[1] - best[0] < 6:
        return None
    strip = (left + best[0], left + best[1])
    sides = [sum(w.x1 <= strip[0] + 2 for w in page.words), sum(w.x0 >= strip[1] - 2 for w in page.words)]
    return strip if min(sides) >= 0.2 * len(page.words) else None
