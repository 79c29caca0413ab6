"""The table of contents of a PDF: what headings say stands there once more, with numbers of pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importers.documents.pdf.layout import Laid
from importers.documents.pdf.words import Line

_HEAD = re.compile(
    r"(?:table of )?contents|list of (?:figures|tables)|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice"
    r"|indice|sumário|contenido",
    re.I,
)
_LEADER = re.compile(r"(?:\.\s*){4,}|(?:…\s*){2,}")
_LED = re.compile(r".*[^\W\d_]{3}.*?(?:\.\s*){4,}\s*\d{1,4}")
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z](?:\.\d{1,2})*|[IVX]{1,5})\.?\s+\S.{0,110}")
_PAGED = re.compile(r"\S.{1,110}\s(?:\d{1,4}|[ivxlc]{1,5})")
_FEWEST = 3  # lines with a leader or the number of a page


def without_contents(laid: Sequence[Laid], size: float) -> int:
    """Takes the tables of contents out of the pages, each with its heading; how many there were."""
    count = 0
    lines = [(page, line) for page in laid for line in page.lines]
    gone: set[int] = set()
    at = 0
    while at < len(lines):
        headed = _HEAD.fullmatch(lines[at][1].text.strip(" .:")) is not None
        end = _end(lines, at, size) if headed or _LED.fullmatch(lines[at][1].text.strip()) else at
        if end > at:
            gone.update(id(line) for _, line in lines[at:end])
            count += 1
        at = max(end, at + 1)
    if gone:
        for page in laid:
            page.lines = [line for line in page.lines if id(line) not in gone]
    return count


def _end(lines: Sequence[tuple[Laid, Line]], head: int, size: float) -> int:
    """Where the table ends that a heading begins; the place of the heading where there is none."""
    said: set[str] = set()
    paged, at, end = 0, head, head
    while at < len(lines):
        line = lines[at][1]
        text = line.text.strip()
        entry = re.sub(r"[\s.…]*\d*$", "", text).casefold()
        numbered = bool(_PAGE.fullmatch(text) or _PAGED.fullmatch(text)) and not _is_heading(line, size)
        if _LEADER.search(text) or numbered:
            paged, end = paged + 1, at + 1
        elif (at > head and not _goes_on(lines, at)) and (
            not _NUMBERED.fullmatch(text) or _is_heading(line, size) or entry in said
        ):
            break
        said.add(entry)
        at += 1
    return end if paged >= _FEWEST else head


def _is_heading(line: Line, size: float) -> bool:
    return line.size >= 1.15 * size


def _goes_on(lines: Sequence[tuple[Laid, Line]], at: int) -> bool:
    """Whether a line is part of an entry that takes several: a leader stands in one of the next."""
    near = lines[at + 1 : at + 3]
    return len(lines[at][1].text) < 130 and any(_LEADER.search(line.text) is not None for _, line in near)
