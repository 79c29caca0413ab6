"""Which words of a PDF's page stand in the boxes that a reader marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from importers.documents.pdf.page_words import LETTERS
from importers.documents.pdf.words import HYPHEN
from kb.text.strings import squash

Quad = tuple[float, float, float, float]
"""A box: left, bottom, right, top; in points from the lower left corner of the page."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The signs of a page in the order of the file, each with the middle of its box; None for blanks."""

    signs: Sequence[str]
    middles: Sequence[tuple[float, float] | None]

    @classmethod
    def of(cls, raw: Any, page: Any) -> PageText:
        textpage, box = page.get_textpage(), raw.FS_RECTF()
        try:
            signs: list[str] = []
            middles: list[tuple[float, float] | None] = []
            for index in range(textpage.count_chars()):
                sign = chr(raw.FPDFText_GetUnicode(textpage, index))
                there = bool(sign.strip("\0 \t\r\n\xa0")) and raw.FPDFText_GetLooseCharBox(textpage, index, box)
                signs.append(sign)
                middles.append(((box.left + box.right) / 2, (box.bottom + box.top) / 2) if there else None)
        finally:
            textpage.close()
        return cls(signs, middles)

    def within(self, quads: Sequence[Quad]) -> tuple[str, int | None]:
        """The words in these boxes, and the place of the first; a word of which a part is in them is, too."""
        inside = [n for n, middle in enumerate(self.middles) if middle and any(_holds(quad, middle) for quad in quads)]
        if not inside:
            return "", None
        chosen = set(inside)
        for index in inside:
            for step in (-1, 1):
                at = index + step
                while 0 <= at < len(self.signs) and at not in chosen and self._joined(at, at - step):
                    chosen.add(at)
                    at += step
        out, before = "", None
        for index in sorted(chosen):
            between = "" if before is None else "".join(self.signs[before + 1 : index])
            out += (HYPHEN if HYPHEN in between else " " if between else "") + self.signs[index]
            before = index
        # PDFium leaves the blank after a broken word to whoever reads.
        whole = re.sub(rf"\s*{HYPHEN}\s*", "", out.rstrip(HYPHEN)).translate(LETTERS)
        return squash(whole), inside[0]

    def _joined(self, one: int, other: int) -> bool:
        """Whether two signs, the one beside the other, are letters of one word."""
        return self.signs[one].isalnum() and self.signs[other].isalnum()


def _holds(quad: Quad, point: tuple[float, float]) -> bool:
    return quad[0] <= point[0] <= quad[2] and quad[1] <= point[1] <= quad[3]


def letters(words: str) -> str:
    """The letters and digits alone, by which two forms of the same words are compared."""
    return "".join(sign for sign in words.translate(LETTERS).casefold() if sign.isalnum())
