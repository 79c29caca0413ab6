"""Lines of a PDF to paragraphs: joined over line, column and page breaks, with headings, lists and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from importers.documents.pdf.displays import are_formulas
from importers.documents.pdf.headings import Headings
from importers.documents.pdf.layout import Laid, note_mark
from importers.documents.pdf.words import HYPHEN, Line

Role = Literal["paragraph", "heading", "bullet", "caption", "note", "figure", "formula", "code"]

_BULLET = re.compile(r"[•◦▪‣●○∙·■□➢▶]\s*|[–—-]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\[[\w+.,& -]{1,24}\]|\([a-z]{1,4}\)|[a-z][.)])\s+\S")
_COUNTED = re.compile(r"([(\[]?)(\d{1,3})([)\].])\s")
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|algorithm|listing|scheme|box)\s*[A-Z]{0,2}\.?\d+(?:\.\d+)*\s*[:.|–—]", re.I
)
_ENDED = re.compile(r"[.?!:;…][\"'”’)\]»]*\s*(?:\d{1,3}(?:[,–-]\d{1,3})*)?$")
_REFERENCES = re.compile(
    r"(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature cited|literatur)\b.{0,12}", re.I
)
_FIGURE_LINES = 4  # so many fragments in a row are the words of a drawing or the cells of a table
_LOOK_BACK = 8  # blocks between the two halves of a paragraph: a figure with its caption


@dataclass(slots=True)
class Piece:
    """A block of the text to be. `page` is the page it begins on, `column` that in it, 0 where it has but one."""

    role: Role
    lines: list[Line]
    page: int
    level: int = 0
    mark: str = ""  # a footnote's
    closed: bool = False  # nothing may be joined to it any more
    indented: bool = field(default=False)
    column: int = 0


def pieces_of(laid: Sequence[Laid], headings: Headings, size: float) -> list[Piece]:
    """The blocks of the whole document in reading order; the footnotes of a page stand behind its text."""
    pieces: list[Piece] = []
    references = False
    for page in laid:
        new = _Column(page, headings, size, references).run()
        for piece in new:
            piece.column = page.column(piece.lines[0])
        for number, piece in enumerate(new):
            if piece.role == "heading":
                references = _REFERENCES.fullmatch(piece.lines[0].text.strip()) is not None
            # Only the first words of a page or column can go on with a sentence from before a figure or note.
            if piece.role == "paragraph" and (place := _goes_on(pieces, piece, size, first=number == 0)) is not None:
                pieces[place].lines += piece.lines
            else:
                pieces.append(piece)
        pieces += _notes(page)
    return pieces


def _goes_on(pieces: Sequence[Piece], piece: Piece, size: float, *, first: bool) -> int | None:
    """The place of the paragraph that this one is the rest of."""
    text = piece.lines[0].text
    starts_low = text[:1].islower() or (text[:1] in "(,;" and text[1:2].islower())
    for place in range(len(pieces) - 1, max(len(pieces) - 1 - _LOOK_BACK, -1), -1):
        before = pieces[place]
        if before.role in {"heading", "formula"} or before.closed:
            return None
        if before.role not in {"paragraph", "bullet"}:
            continue
        if abs(before.lines[-1].size - piece.lines[0].size) > 0.08 * size:
            continue
        end = before.lines[-1].text
        turns = before.lines[-1].page != piece.page or piece.lines[0].y > before.lines[-1].y
        if not turns or _ENDED.search(end):
            return None
        unended = end.endswith(HYPHEN) or starts_low or (first and not piece.indented and len(end) > 25)
        return place if unended else None
    return None


def _notes(page: Laid) -> Iterator[Piece]:
    current: Piece | None = None
    for line in page.notes:
        mark = note_mark(line)
        if mark or current is None:
            if current:
                yield current
            current = Piece("note", [], page.number, mark=mark or "")
        current.lines.append(line)
    if current:
        yield current


class _Column:
    """Walks down the lines of one page."""

    def __init__(self, page: Laid, headings: Headings, size: float, references: bool) -> None:
        self.page, self.headings, self.size = page, headings, size
        self.references = references
        self.out: list[Piece] = []
        self.hang = 0.0  # where the words of the open list item begin
        self.leading = self._leading()

    def run(self) -> list[Piece]:
        lines = self.page.lines
        code = self._code(lines)
        formula = [one and not other for one, other in zip(are_formulas(lines, self.size), code, strict=True)]
        figure = [one and not other for one, other in zip(self._figures(lines), formula, strict=True)]
        at = 0
        while at < len(lines):
            line = lines[at]
            if formula[at]:
                self._part(line, "formula")
            elif code[at]:
                self._part(line, "code")
            elif figure[at]:
                self._part(line, "figure")
            elif found := self.headings.at(lines, at):
                level, count = found
                self.out.append(Piece("heading", list(lines[at : at + count]), line.page, level))
                self.references = _REFERENCES.fullmatch(line.text.strip()) is not None
                at += count - 1
            else:
                self._line(line)
            at += 1
        return self._joined()

    def _joined(self) -> list[Piece]:
        """Halves of paragraphs on the same page, parted by a column's end or a figure, together."""
        joined: list[Piece] = []
        column = None
        for piece in self.out:
            new = self.page.column(piece.lines[0])
            place = None
            if piece.role == "paragraph":
                place = _goes_on(joined, piece, self.size, first=column is not None and new != column)
            if place is None:
                joined.append(piece)
            else:
                joined[place].lines += piece.lines
            column = new
        return joined

    def _leading(self) -> float:
        steps = Counter(
            round((a.y - b.y) / a.size, 1)
            for a, b in zip(self.page.lines, self.page.lines[1:], strict=False)
            if 0.8 * a.size < a.y - b.y < 3 * a.size and abs(a.size - b.size) < 0.5
        )
        step, times = steps.most_common(1)[0] if steps else (1.2, 0)
        # A handful of lines have no usual distance: then the type's own is what a paragraph has.
        return step if times >= 4 and times >= 0.3 * steps.total() else min(step, 1.25)

    def _figures(self, lines: Sequence[Line]) -> list[bool]:
        """Which lines are the words of a drawing or the rows of a table: fragments, many in a row."""
        bits = [self._is_fragment(line) for line in lines]
        out = [False] * len(lines)
        at = 0
        while at < len(lines):
            end = at
            while end < len(lines) and (bits[end] or (end + 1 < len(lines) and end > at and bits[end + 1] and
                                                      self._may_bridge(lines[end]))):  # fmt: skip
                end += 1
            inside = lines[at:end]
            if end - at >= _FIGURE_LINES or (end - at >= 2 and all(line.gaps for line in inside)):
                out[at:end] = [True] * (end - at)
            at = max(end, at + 1)
        for at in range(1, len(lines)):
            before, line = lines[at - 1], lines[at]
            tail = line.text[:1].islower() and line.size < 0.93 * self.size and line.x0 < before.x1
            if out[at - 1] and not out[at] and tail and 0 < before.y - line.y < 1.4 * line.size:
                out[at] = True  # the last line of a cell
        for at in range(len(lines) - 2, -1, -1):
            close = abs(lines[at].y - lines[at + 1].y) < 2 * lines[at].size
            if out[at + 1] and close and self.headings.weak(lines[at]):
                out[at] = True  # the head of a table
        return out

    def _is_fragment(self, line: Line) -> bool:
        digits = sum(sign.isdigit() for sign in line.text) > 0.4 * len(line.text.replace(" ", ""))
        if digits and not self.references and len(line.words) > 1 and len(line.text) < 60 and line.text[0] != "[":
            return True
        if _BULLET.match(line.text) or _CAPTION.match(line.text) or self.headings.looks(line):
            return False
        if line.gaps and not re.search(r"\(\d{1,3}[a-z]?\)$", line.text):
            return True
        left, right = self.page.edges.get(self.page.column(line), (line.x0, line.x1))
        short = line.x1 - line.x0 < 0.45 * max(right - left, 1)
        if self.references:
            return False
        return short and (line.size < 0.93 * self.size or digits) and not _ENDED.search(line.text)

    def _may_bridge(self, line: Line) -> bool:
        return line.size < 0.95 * self.size and len(line.text) < 60 and not _CAPTION.match(line.text)

    def _code(self, lines: Sequence[Line]) -> list[bool]:
        """Which lines are of a program: in the letters of a typewriter, and no single word between other lines."""
        typed = [line.typed and id(line) not in self.headings.front for line in lines]
        out = list(typed)
        for at, line in enumerate(lines):
            alone = typed[at] and not any(typed[max(0, at - 1) : at] + typed[at + 1 : at + 2])
            if alone and len(line.words) < 2:
                out[at] = False
        return out

    def _part(self, line: Line, role: Role) -> None:
        """A line of a drawing, a table or a formula that may have several."""
        last = self.out[-1] if self.out else None
        if last and last.role == role:
            last.lines.append(line)
        else:
            self.out.append(Piece(role, [line], line.page))

    def _line(self, line: Line) -> None:
        last = self.out[-1] if self.out else None
        bullet = _BULLET.match(line.text)
        if bullet and (bullet[0][0] not in "–—-" or self._begins(last, line)):
            words = line.words[1:] if line.words[0].text == bullet[0].strip() else line.words
            self.hang = (words or line.words)[0].x0
            self.out.append(Piece("bullet", [line], line.page))
        elif _CAPTION.match(line.text) and (not last or self._begins(last, line)):
            self.out.append(Piece("caption", [line], line.page))
        elif last is None or last.role in {"heading", "figure", "formula", "code"} or self._begins(last, line):
            left = self.page.edges.get(self.page.column(line), (line.x0, line.x1))[0]
            self.out.append(
                Piece("paragraph", [line], line.page, indented=not self.references and line.x0 > left + 0.6 * line.size)
            )
            self.hang = line.x0
        else:
            last.lines.append(line)

    def _begins(self, last: Piece | None, line: Line) -> bool:
        """Whether a line begins a paragraph and does not go on with the open one."""
        if last is None or last.role in {"heading", "figure", "formula", "code"}:
            return True
        before = last.lines[-1]
        size = max(line.size, before.size)
        if abs(line.size - before.size) > 0.08 * size and min(len(line.text), len(before.text)) > 3:
            return True
        step = (before.y - line.y) / size
        if step < -0.6 or line.x0 > before.x1 or line.x1 < before.x0:
            return True  # another column: joined later, where the sentence goes on
        if step > max(1.3 * self.leading, self.leading + 0.25) and not before.text.endswith(HYPHEN):
            return True
        if last.role == "caption":
            return False
        if last.role == "bullet":
            return line.x0 < self.hang - 0.7 * size
        return self._new_paragraph(last, before, line, size)

    def _new_paragraph(self, last: Piece, before: Line, line: Line, size: float) -> bool:
        moved = (line.x0 - before.x0) / size
        ended = bool(_ENDED.search(before.text))
        if self.references:
            # A hanging indent: what stands further left begins the next entry.
            numbered = bool(_NUMBER.match(line.text)) and (ended or _succeeds(last.lines[0].text, line.text))
            return moved < -0.5 or (numbered and moved < 0.3)
        if len(last.lines) == 1:
            if moved > 0.7 and _NUMBER.match(before.text):
                return False  # a numbered item's words, set in behind its number
        elif moved < -0.7:
            return True
        if moved > 0.7:
            return True
        if _NUMBER.match(line.text) and (ended or _succeeds(last.lines[0].text, line.text)):
            return True
        right = self.page.edges.get(self.page.column(line), (0.0, before.x1))[1]
        short = before.x1 < right - 0.15 * (right - before.x0)
        return short and ended and not line.text[:1].islower()


def _succeeds(text: str, other: str) -> bool:
    """Whether the number of one entry is the one after another's, written the same way."""
    one, two = _COUNTED.match(text), _COUNTED.match(other)
    return bool(one and two and (one[1], one[3]) == (two[1], two[3]) and int(two[2]) == int(one[2]) + 1)
