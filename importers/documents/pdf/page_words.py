"""The words of a PDF page as PDFium tells them: sign by sign, with place, size, weight and font."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from importers.documents.pdf.legible import is_strange
from importers.documents.pdf.math_fonts import is_of_formulas, is_of_large_signs, plain, read_sign
from importers.documents.pdf.words import HYPHEN, Page, Rule, Sign, Word

_BOLD = re.compile(
    rb"bold|black|heavy|demi|medi(?:um)?$|medi-|^(?:\w{6}\+)?(?:cmbx|cmb\d|cmssbx|cmssdc|ecbx|lmbx|sfbx|sfsx)|\.b$|-b$",
    re.I,
)
_TYPED = re.compile(
    rb"mono|typewriter|courier|consol|menlo|monaco|^(?:\w{6}\+)?(?:cm(?:sl|it|v)?tt|sftt|sfst|eltt|lmtt|ectt|txtt|newtxtt|zi4|pcr|ucr"
    rb"|lucidasanstyp|fira ?code|sourcecode|dejavusansm|bera.*mono)",
    re.I,
)
_BLANK = frozenset(" \t\r\n\x00\xa0\u2028\u2029")
_MARKS = frozenset("0123456789*∗†‡§¶")
_LONGEST_MARK = 24
_THIN, _MOST_RULES = 2.0, 2000
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_OLD_FONTS = {
    0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl", 0x10: "“", 0x11: "”", 0x12: "„", 0x13: "«", 0x14: "»",
    0x15: "–", 0x16: "—", 0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
}  # fmt: skip
"""Where TeX's own encodings (OT1, T1) keep signs: fonts of bitmaps tell no others."""
_DROPPED = dict.fromkeys([0xAD, 0xFFFE, 0xFFFF, 0xFEFF, 0x200B])
LETTERS = _LIGATURES | _OLD_FONTS | _DROPPED
"""For `str.translate`: ligatures as letters, and signs that nobody sees dropped."""


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
        turned = list(_words(raw, textpage, text, letters_raised=number == 1))
    finally:
        textpage.close()
    if not turned:
        found.pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return found
    if any(word.signs for _, word in turned):
        found.rules = list(_rules(raw, page))
    sides: Counter[int] = Counter()
    for turn, word in turned:
        sides[turn] += len(word.text)
    upright = max((side for side in sides if side >= 0), key=lambda side: sides[side], default=-1)
    found.words = [word for turn, word in turned if turn == upright]
    found.sideways = " ".join(word.text for turn, word in turned if turn != upright)
    return found


def _rules(raw: Any, page: Any) -> Iterator[Rule]:
    """The thin lines from left to right on a page."""
    for number, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2)):
        if number >= _MOST_RULES:
            return
        left, bottom, right, top = one.get_bounds()
        if top - bottom < _THIN and right - left > 2 * _THIN:
            yield Rule(left, right, (top + bottom) / 2)


def _words(raw: Any, textpage: Any, text: list[str], *, letters_raised: bool) -> Iterator[tuple[int, Word]]:
    """Each word with the quarter turns it is rotated by, -1 where it stands askew; `letters_raised` looks for small
    letters behind words, too, as they stand behind the names of authors.
    """
    probe = _Probe(raw, textpage)
    at, count = 0, len(text)
    glued = False
    while at < count:
        if text[at] in _BLANK:
            at, glued = at + 1, False
            continue
        end = at + 1
        while end < count and text[end] not in _BLANK and text[end - 1] != HYPHEN:
            end += 1
        for first, last in _by_size(probe, text, at, end, letters_raised):
            signs = "".join(text[first:last]).translate(LETTERS)
            if signs:
                turn, word = probe.word(first, last, signs, glued or first > at)
                word.signs = probe.signs(text, first, last)
                if word.signs:
                    word.text = "".join(plain(sign) for sign in word.signs) or word.text
                yield turn, word
        glued = text[end - 1] != HYPHEN
        at = end


def _by_size(probe: _Probe, text: list[str], at: int, end: int, letters: bool) -> list[tuple[int, int]]:
    """A word without the small marks that are raised before or behind it."""
    if end - at < 2:
        return [(at, end)]
    last = text[end - 1]
    raised = last in _MARKS or (letters and (last in ",;)" or "a" <= last <= "z"))
    if raised and (mark := probe.raised_from(text, at, end)) > at:
        return [*_by_size(probe, text, at, mark, letters), (mark, end)]
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

    def __init__(self, raw: Any, textpage: Any) -> None:
        self.raw, self.textpage = raw, textpage
        self.weights: dict[bytes, bool] = {}  # by font
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
        font = self._font(first)
        return turn, Word(text, x0, max(x1, x0), y, size, self._bold(first, font), glued, _is_typed(font))

    def signs(self, text: list[str], first: int, last: int) -> tuple[Sign, ...]:
        """The signs one by one, where one of them comes from a font of formulas."""
        inner = "".join(text[first + 1 : last - 1])
        if len(inner) > 2 and inner.isascii() and inner.isalpha() and inner.islower() and text[first].isalpha():
            return ()  # a word, as nearly all are
        fonts = [self._font(index) for index in range(first, last)]
        if not any(map(is_of_formulas, fonts)):
            return ()
        made = []
        for index, font in zip(range(first, last), fonts, strict=True):
            if "\udc00" <= text[index] <= "\udfff":
                continue  # the second half of a sign
            self.raw.FPDFText_GetCharOrigin(self.textpage, index, self.x, self.y)
            large = is_of_large_signs(font)
            whole = "".join(text[index : index + 2]) if "\ud800" <= text[index] <= "\udbff" else text[index]
            sign = read_sign(whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), font)
            sign = sign if large else sign.translate(LETTERS)
            if sign.strip():
                made.append(Sign(sign, self.x.value, self.y.value, self.size(index), large))
        return tuple(made)

    def _font(self, index: int) -> bytes:
        self.raw.FPDFText_GetFontInfo(self.textpage, index, self.name, 128, self.flags)
        return self.name.value

    def _bold(self, index: int, font: bytes) -> bool:
        if font not in self.weights:
            weight = self.raw.FPDFText_GetFontWeight(self.textpage, index)
            self.weights[font] = bool(_BOLD.search(font)) or (weight >= 700 and not font)
        return self.weights[font]


@cache
def _is_typed(font: bytes) -> bool:
    return _TYPED.search(font) is not None


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
