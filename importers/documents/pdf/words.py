"""The words of a PDF page with place, size and weight, as PDFium tells them; and the lines they stand on."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from importers.documents.pdf.legible import is_strange

HYPHEN = "\x02"
"""PDFium's sign for a hyphen at the end of a line."""

_BOLD = re.compile(
    rb"bold|black|heavy|demi|medi(?:um)?$|medi-|^(?:\w{6}\+)?(?:cmbx|cmb\d|cmssbx|cmssdc|ecbx|lmbx|sfbx|sfsx)|\.b$|-b$",
    re.I,
)
_BLANK = frozenset(" \t\r\n\x00\xa0\u2028\u2029")
_MARKS = frozenset("0123456789*∗†‡§¶")
_LONGEST_MARK = 24
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_OLD_FONTS = {
    0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl", 0x10: "“", 0x11: "”", 0x12: "„", 0x13: "«", 0x14: "»",
    0x15: "–", 0x16: "—", 0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
}  # fmt: skip
"""Where TeX's own encodings (OT1, T1) keep signs: fonts of bitmaps tell no others."""
_DROPPED = dict.fromkeys([0xAD, 0xFFFE, 0xFFFF, 0xFEFF, 0x200B])
LETTERS = _LIGATURES | _OLD_FONTS | _DROPPED
"""For `str.translate`: ligatures as letters, and signs that nobody sees dropped."""


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
    legible: bool = True  # whether its fonts say which letters they draw


def read_page(page: Any, number: int) -> Page:
    """The words of a pypdfium2 page."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    found = Page(number, width, height)
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        text = [chr(raw.FPDFText_GetUnicode(textpage, index)) for index in range(count)]
        found.legible = not is_strange(text)
        turned = [(turn, word) for turn, word in _words(raw, textpage, text)]
    finally:
        textpage.close()
    if not turned:
        found.pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return found
    sides: Counter[int] = Counter()
    for turn, word in turned:
        sides[turn] += len(word.text)
    upright = max((side for side in sides if side >= 0), key=lambda side: sides[side], default=-1)
    found.words = [word for turn, word in turned if turn == upright]
    found.sideways = " ".join(word.text for turn, word in turned if turn != upright)
    return found


def _words(raw: Any, textpage: Any, text: list[str]) -> Iterator[tuple[int, Word]]:
    """Each word with the quarter turns it is rotated by, -1 where it stands askew."""
    weights: dict[bytes, bool] = {}
    probe = _Probe(raw, textpage, weights)
    at, count = 0, len(text)
    glued = False
    while at < count:
        if text[at] in _BLANK:
            at, glued = at + 1, False
            continue
        end = at + 1
        while end < count and text[end] not in _BLANK and text[end - 1] != HYPHEN:
            end += 1
        for first, last in _by_size(probe, text, at, end):
            signs = "".join(text[first:last]).translate(LETTERS)
            if signs:
                yield probe.word(first, last, signs, glued or first > at)
        glued = text[end - 1] != HYPHEN
        at = end


def _by_size(probe: _Probe, text: list[str], at: int, end: int) -> list[tuple[int, int]]:
    """A word without the small marks that are raised before or behind it."""
    if end - at < 2:
        return [(at, end)]
    last = text[end - 1]
    if (last in _MARKS or last in ",;)" or "a" <= last <= "z") and (mark := probe.raised_from(text, at, end)) > at:
        return [*_by_size(probe, text, at, mark), (mark, end)]
    size, left, right = 0.0, at, end
    if text[at] in _MARKS or text[end - 1] in _MARKS:
        size = max(probe.size(at), probe.size((at + end) // 2), probe.size(end - 1))
    if text[at] in _MARKS:
        while left < end and text[left] in _MARKS | {","} and probe.size(left) < 0.85 * size:
            left += 1
    if text[end - 1] in _MARKS:
        while right > left and text[right - 1] in _MARKS | {",", "–", "-"} and probe.size(right - 1) < 0.85 * size:
            right -= 1
    return [(a, b) for a, b in ((at, left), (left, right), (right, end)) if a < b]


class _Probe:
    """Asks PDFium about single signs, with the buffers made once: there are hundreds of thousands of them."""

    def __init__(self, raw: Any, textpage: Any, weights: dict[bytes, bool]) -> None:
        self.raw, self.textpage, self.weights = raw, textpage, weights
        self.box, self.matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.flags, self.name = ctypes.c_int(), ctypes.create_string_buffer(128)

    def size(self, index: int) -> float:
        self.raw.FPDFText_GetMatrix(self.textpage, index, self.matrix)
        scale = math.hypot(self.matrix.c, self.matrix.d) or 1.0  # the height: type is set wider and narrower
        return float(self.raw.FPDFText_GetFontSize(self.textpage, index)) * scale

    def raised_from(self, text: list[str], at: int, end: int) -> int:
        """Where the small letters begin that are raised behind a word; 0 where there are none."""
        size, whole = self.size(at), end
        if text[end - 1] in ",;" and end - at > 2 and self.size(end - 1) >= 0.85 * size:
            end -= 1
        if self.size(end - 1) >= 0.85 * size:
            return 0
        self.raw.FPDFText_GetCharOrigin(self.textpage, at, self.x, self.y)
        base = self.y.value
        self.raw.FPDFText_GetCharOrigin(self.textpage, end - 1, self.x, self.y)
        if self.y.value < base + 0.2 * size:
            return 0
        start = end - 1
        while start > at + 1 and self.size(start - 1) < 0.85 * size:
            start -= 1
        return start if whole - start <= _LONGEST_MARK and any(sign.isalpha() for sign in text[at:start]) else 0

    def word(self, first: int, last: int, text: str, glued: bool) -> tuple[int, Word]:
        raw, page = self.raw, self.textpage
        size = self.size(first)
        turn = _quarters(self.matrix.a, self.matrix.b)
        raw.FPDFText_GetCharOrigin(page, first, self.x, self.y)
        raw.FPDFText_GetLooseCharBox(page, first, self.box)
        left = (self.box.left, self.box.bottom, self.box.right, self.box.top)
        raw.FPDFText_GetLooseCharBox(page, last - 1, self.box)
        right = (self.box.left, self.box.bottom, self.box.right, self.box.top)
        x0, x1, y = _upright(turn, left, right, self.x.value, self.y.value)
        return turn, Word(text, x0, max(x1, x0), y, size, self._bold(first), glued)

    def _bold(self, index: int) -> bool:
        self.raw.FPDFText_GetFontInfo(self.textpage, index, self.name, 128, self.flags)
        name = self.name.value
        if name not in self.weights:
            weight = self.raw.FPDFText_GetFontWeight(self.textpage, index)
            self.weights[name] = bool(_BOLD.search(name)) or (weight >= 700 and not name)
        return self.weights[name]


_Box = tuple[float, float, float, float]


def _quarters(a: float, b: float) -> int:
    quarters = math.atan2(b, a) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.06 else -1


def _upright(turn: int, left: _Box, right: _Box, x: float, y: float) -> tuple[float, float, float]:
    """Begin, end and baseline of a word, seen with the page held so that the word is upright."""
    if turn == 1:
        return left[1], right[3], -x
    if turn == 2:
        return -left[2], -right[0], -y
    if turn == 3:
        return -left[3], -right[1], x
    return left[0], right[2], y


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
