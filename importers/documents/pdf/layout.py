"""The order in which the lines of a PDF are read, and what on a page is no text: running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.documents.pdf.words import Line, Page, gutter_of, lines_of

_EDGE = 0.15  # share of the page's height, at its head and at its foot, where furniture stands
_REPEATS = 3  # pages on which a line stands at the same place
_PAGE_NUMBER = re.compile(
    r"(?:page\s+|p\.\s*)?[-–—|\s]*(?:(\d{1,4})|[ivxlc]{1,7})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.I
)
_MARK = re.compile(r"\d{1,3}|[*∗†‡§¶]{1,3}")
_SEEMS_SMALL = 0.93


@dataclass(slots=True)
class Laid:
    """A page in reading order. `notes` are the lines of its footnotes, which stand below the text."""

    number: int
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    edges: dict[int, tuple[float, float]] = field(default_factory=dict)  # left and right of each column
    gutter: tuple[float, float] | None = None
    sorted: bool = False  # the file's order was no reading order

    def column(self, line: Line) -> int:
        """0 where the line runs over the whole page or there is one column; 1 left, 2 right."""
        return _column(line, self.gutter)


def lay(pages: Sequence[Page]) -> tuple[list[Laid], list[Line]]:
    """The pages in reading order without their furniture, and the furniture."""
    laid = []
    for page in pages:
        gutter = gutter_of(page)
        lines = lines_of(page.words, page.number, gutter)
        laid.append(Laid(page.number, lines, gutter=gutter))
    furniture = _furniture(pages, laid)
    size = body_size(laid)
    for one in laid:
        one.lines = [line for line in one.lines if id(line) not in furniture]
        _order(one)
        _edges(one)
        _set_notes_apart(one, size)
    return laid, list(furniture.values())


def body_size(laid: Sequence[Laid]) -> float:
    """The size that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for one in laid:
        for line in one.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _column(line: Line, gutter: tuple[float, float] | None) -> int:
    if gutter is None:
        return 0
    middle = (gutter[0] + gutter[1]) / 2
    return 1 if line.x1 <= middle else 2 if line.x0 >= middle else 0


def _furniture(pages: Sequence[Page], laid: Sequence[Laid]) -> dict[int, Line]:
    """Lines that are part of the page and not of the text, by the identity of the line."""
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    found: dict[int, Line] = {}
    numbers: dict[int, list[Line]] = defaultdict(list)
    for page, one in zip(pages, laid, strict=True):
        if not one.lines:
            continue
        top, bottom = max(line.y for line in one.lines), min(line.y for line in one.lines)
        for line in one.lines:
            share = line.y / page.height if page.height else 0.5
            if _EDGE < share < 1 - _EDGE:
                continue
            if match := _PAGE_NUMBER.fullmatch(line.text.strip()):
                outermost = line.y >= top - 2 or line.y <= bottom + 2
                if outermost and match[1]:
                    numbers[int(match[1]) - page.number].append(line)
                elif outermost:
                    places["i", round(line.y / 4)].append(line)
            else:
                key = re.sub(r"\d+", "#", line.text.casefold())
                places[key, round(line.y / 4)].append(line)
                places[key, round(line.y / 4 + 0.5) + 100_000].append(line)  # a place near the border of two
    for lines in places.values():
        if len({line.page for line in lines}) >= _REPEATS:
            found |= {id(line): line for line in lines}
    for lines in numbers.values():
        if len(lines) >= min(2, len(pages)):
            found |= {id(line): line for line in lines}
    for one in laid:
        _beside(one, found)
    return found


def _beside(one: Laid, found: dict[int, Line]) -> None:
    """A page number on the line of a running head is one more piece of it."""
    heights = [line.y for line in one.lines if id(line) in found]
    for line in one.lines:
        if _PAGE_NUMBER.fullmatch(line.text.strip()) and any(abs(line.y - y) < 2 for y in heights):
            found[id(line)] = line


def _order(one: Laid) -> None:
    """Keep the order of the file where one can read along it; else bands from the top, columns inside them."""
    lines = one.lines
    if len(lines) < 4 or not _jumps(one):
        return
    one.sorted = True
    rows = sorted(lines, key=lambda line: (-round(line.y / 3), line.x0))
    ordered: list[Line] = []
    band: list[Line] = []
    for line in rows:
        if one.column(line) == 0:
            ordered += _by_column(one, band)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    one.lines = ordered + _by_column(one, band)


def _by_column(one: Laid, band: Sequence[Line]) -> list[Line]:
    return [line for column in (1, 2) for line in band if one.column(line) == column]


def _jumps(one: Laid) -> bool:
    """Whether the file's order leaps about: from the right column back to the left, or upwards in one column."""
    back = up = 0
    pairs = list(zip(one.lines, one.lines[1:], strict=False))
    for line, after in pairs:
        sides = one.column(line), one.column(after)
        if sides == (2, 1):
            back += 1
        elif sides[0] == sides[1] and after.y > line.y + 2 * line.size and after.x0 < line.x1:
            up += 1
    return back > max(4, 0.08 * len(pairs)) or up > max(6, 0.3 * len(pairs))


def _edges(one: Laid) -> None:
    for column in (0, 1, 2):
        lines = [line for line in one.lines if one.column(line) == column and len(line.text) > 20]
        if len(lines) >= 3:
            ends = sorted(line.x1 for line in lines)
            begins = sorted(line.x0 for line in lines)
            one.edges[column] = begins[len(begins) // 10], ends[-1 - len(ends) // 10]


def note_mark(line: Line) -> str | None:
    """The raised mark with which a line of a footnote begins."""
    first = line.words[0]
    raised = first.size < 0.9 * line.size or first.y > line.y + 0.1 * line.size
    return first.text if len(line.words) > 1 and raised and _MARK.fullmatch(first.text) else None


def _set_notes_apart(one: Laid, size: float) -> None:
    """Footnotes: small lines below everything else in a column, the first one with a mark."""
    if not one.lines:
        return
    height = max(line.y for line in one.lines)
    for column in (0, 1, 2):
        inside = [line for line in one.lines if one.column(line) == column]
        large = [line.y for line in inside if line.size > _SEEMS_SMALL * size and line.y < 0.98 * height]
        if not large:
            continue
        below = [line for line in inside if line.y < min(large) and line.size <= _SEEMS_SMALL * size]
        marks = [n for n, line in enumerate(below) if note_mark(line) and line.y < 0.5 * height]
        if marks:
            chosen = {id(line) for line in below[marks[0] :]}
            one.notes += below[marks[0] :]
            one.lines = [line for line in one.lines if id(line) not in chosen]
