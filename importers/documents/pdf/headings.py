"""Which lines of a PDF are headings, by type, weight and number; and how deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from importers.documents.pdf.layout import Laid
from importers.documents.pdf.words import HYPHEN, Line

_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z](?:\.\d{1,2}){1,3}\.?|[IVX]{1,5}\.|[A-H]\.?)\s+(?P<words>\S.*)"
)
_NAMED = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:abstract|summary|introduction|background|related work"
    r"|methods?|results|discussion|conclusions?|limitations"
    r"|references|bibliography|acknowledge?ments?|appendix(?:\s+[A-Z])?|supplementary (?:material|information)|theory"
    r"|author contributions|data availability)",
    re.I,
)
_NOT = re.compile(r"(?:figure|fig\.|table|algorithm|listing|theorem|lemma|proof)\b|https?://|\S+@\S+|[•◦]", re.I)
_LONGEST, _MOST_LINES = 160, 3


def centred(laid: Sequence[Laid]) -> set[int]:
    """The short lines in the middle of their column with space above and a line of text below, by identity."""
    found: set[int] = set()
    for page in laid:
        for before, line, after in zip([None, *page.lines], page.lines, page.lines[1:], strict=False):
            left, right = page.edges.get(page.column(line), (line.x0, line.x1))
            wide, moved = right - left, line.x0 - left
            middle = abs((line.x0 + line.x1) / 2 - (left + right) / 2) < 0.01 * wide + 1
            above = before is None or before.y - line.y > 1.5 * line.size or before.y < line.y
            below = after.x1 - after.x0 > 0.75 * wide and 0 < line.y - after.y < 3 * line.size
            if middle and above and below and moved > 1.5 * line.size and line.x1 - line.x0 < 0.8 * wide:
                found.add(id(line))
    return found


class Headings:
    """The styles of this document's headings, largest first; `middle` are lines that are centred, by identity."""

    def __init__(
        self,
        lines: Iterable[Line],
        size: float,
        title: Sequence[Line],
        front: Sequence[Line],
        middle: Collection[int] = (),
    ) -> None:
        self.size = size
        self.middle = middle
        self.title = {id(line) for line in title}
        self.front = {id(line) for line in front}
        found = [line for line in lines if self.looks(line) and id(line) not in self.title]
        counted = Counter(_style(line) for line in found)
        self.styles = sorted(counted, reverse=True)
        depths: dict[tuple[float, bool], Counter[int]] = {}
        for line in found:
            number = _NUMBERED.match(line.text)
            if number and (depth := _depth(number["number"])):
                depths.setdefault(_style(line), Counter())[depth] += 1
        self.depths = {style: count.most_common(1)[0][0] for style, count in depths.items()}

    def looks(self, line: Line) -> bool:
        """Whether a line by itself could be a heading or a part of one."""
        text = line.text.strip()
        if id(line) in self.front:
            return False
        if not 2 <= len(text) <= _LONGEST or not any(sign.isalpha() for sign in text) or _NOT.match(text):
            return False
        if id(line) in self.title:
            return True
        if text[-1] in ",;:" or (text[-1] == "." and not _NUMBERED.fullmatch(text)) or line.gaps > 1:
            return False
        letters = [sign for sign in text if sign.isalpha()]
        first = next((w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 0), "")
        if not re.search(r"[^\W\d_]{3}", text):
            return False
        if line.gaps and not _NUMBERED.fullmatch(text):
            return False
        if first[:1].islower() or len(letters) < 0.5 * len(text.replace(" ", "")):
            return False
        if line.size >= 1.1 * self.size and line.size - self.size > 0.8:
            return True
        if _NAMED.fullmatch(text.rstrip(".:")) and (line.bold or text.isupper() or line.size > 1.02 * self.size):
            return True
        number = _NUMBERED.fullmatch(text)
        if line.size < (0.85 if number and line.bold else 0.93) * self.size:
            return False
        if line.bold:
            return True
        if id(line) in self.middle and len(text) < 80 and (number or _NAMED.fullmatch(text.rstrip(".:"))):
            return True
        capitals = all(sign.isupper() for sign in letters) and len(letters) >= 4
        return bool(number and capitals and len(text) < 80)

    def weak(self, line: Line) -> bool:
        """Whether nothing but its weight makes the line a heading."""
        return self.looks(line) and line.size <= 1.05 * self.size and not _NUMBERED.fullmatch(line.text.strip())

    def at(self, lines: Sequence[Line], at: int) -> tuple[int, int] | None:
        """Level and number of lines of the heading that begins at a place, or None."""
        line = lines[at]
        if not self.looks(line):
            return None
        count = 1
        while at + count < len(lines) and self._goes_on(lines[at + count - 1], lines[at + count]):
            count += 1
        if count > _MOST_LINES and id(line) not in self.title:
            return None  # a bold paragraph
        text = " ".join(one.text for one in lines[at : at + count]).rstrip(HYPHEN)
        if count > 1 and len(text) > 1.5 * _LONGEST:
            return None
        follows = lines[at + count] if at + count < len(lines) else None
        if follows is not None and _same_row(lines[at + count - 1], follows):
            return None  # a bold cell with others beside it
        return self._level(line, text), count

    def _goes_on(self, line: Line, after: Line) -> bool:
        if id(line) in self.title or id(after) in self.title:
            return id(line) in self.title and id(after) in self.title
        if _NUMBERED.fullmatch(after.text.strip()) or _NAMED.fullmatch(after.text.strip()):
            return False
        close = 0 < line.y - after.y < 1.9 * line.size and abs(line.size - after.size) < 0.3
        return close and line.bold == after.bold and self.looks_continued(after)

    def looks_continued(self, line: Line) -> bool:
        """Whether a line could be the second one of a heading: it may begin with a small letter."""
        return self.looks(line) or (line.bold and len(line.text) < _LONGEST and line.text[:1].islower())

    def _level(self, line: Line, text: str) -> int:
        if id(line) in self.title:
            return 1
        number = _NUMBERED.match(text)
        if number and (depth := _depth(number["number"])):
            return min(depth + 1, 6)
        if _NAMED.fullmatch(text.rstrip(".:")):
            return 2
        style = _style(line)
        if style in self.depths:
            return min(self.depths[style] + 1, 6)
        larger = [one for one in self.styles if one > style]
        return min(2 + len({round(size) for size, _ in larger if size > style[0] + 0.5}), 4)


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _depth(number: str) -> int:
    parts = number.rstrip(".").split(".")
    return len(parts) if parts[0].isdigit() or len(parts) > 1 or number[0] in "IVX" or len(number) <= 2 else 0


def _same_row(line: Line, other: Line) -> bool:
    return abs(line.y - other.y) < 0.4 * line.size and abs(line.x0 - other.x0) > line.size
