"""The lines of a note as the block parser shall see them.

CommonMark reads some things otherwise than the people who write notes mean them. Before parsing, lines are
therefore re-indented, blanked or set apart by an empty line where

- a line at the margin follows a list or quote without a blank line, and does not read on from it,
- list items are indented too little or too much (`1. a` over two blanks, Logseq's tabs under a heading),
- `%%` comments span lines, or a formula that began inside a sentence ends on its own line.

Only what stands left of the words is ever changed, so a position in a shown line can be told in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
MARKER = re.compile(r"([-*+]|\d{1,9}[.)])([ \t]+|$)")
RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_STARTS_BLOCK = re.compile(r"#{1,6}(?:\s|$)|`{3}|~{3}|>|\[\^[^\]\s]+\]:")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_LINK_ALONE = re.compile(r"(?:\[\[.*\]\]|\[.*\]\(.*\)|<?https?://\S+)[ \t]*$")
_FIELD = re.compile(r"[\w -]{1,40}::(?:\s|$)")
_DEFINES = re.compile(r"\[[^\]\n]+\]:")
_SIGNS = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[\^[^\]\s]+\]:[ \t]*)?")
_BEFORE_WORD = "*_~=\"'“‘([{<"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what the parser sees of it, and where it stands in the text (without its line break)."""

    shown: str
    start: int
    end: int
    comment: bool = False  # wholly inside `%%`

    def position(self, column: int) -> int:
        """The offset in the text of a column of `shown`."""
        return max(self.start, self.end - (len(self.shown) - column))


def raw_lines(text: str, body_start: int) -> list[Line]:
    """The lines of `text[body_start:]` as they stand."""
    lines = []
    for match in _LINE.finditer(text, body_start):
        words = match.group().rstrip("\r\n")
        lines.append(Line(words, match.start(), match.start() + len(words)))
    return lines


def body_lines(text: str, body_start: int) -> list[Line]:
    """The lines of `text[body_start:]`, made fit for the parser."""
    return list(_Reader(raw_lines(text, body_start)).run())


def column(line: str) -> int:
    """How far a line is indented, tabs counting up to the next multiple of four."""
    blank = line[: len(line) - len(line.lstrip(" \t"))]
    return len(blank.expandtabs(4)) if "\t" in blank else len(blank)


@dataclass(frozen=True, slots=True)
class _Item:
    """An open list item: the column of its marker, how far it was moved, and where its words begin now."""

    marker: int
    shift: int
    content: int


class _Reader:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.at = 0
        self.items: list[_Item] = []
        self.in_text = False  # the line above can be read on from
        self.in_quote = False
        self.in_footnote = False
        self.in_code = False  # the last line with words is indented code
        self.unclosed: set[str] = set()  # signs looked for once, down to the end, and not found

    def run(self) -> Iterator[Line]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            words = line.shown.lstrip(" \t")
            if not words.strip():
                self.at += 1
                self.in_text = self.in_quote = False
                yield line
            elif self._comment_end(words) >= 0:
                yield from self._comment(self._comment_end(words))
            else:
                yield from self._words(line, words)

    def _words(self, line: Line, words: str) -> Iterator[Line]:
        indent = column(line.shown)
        if words[0] == ">":
            self._leave(indent)
            shown = [self._moved(line, words, indent)]
            self.in_text = self.in_quote = True
        elif MARKER.match(words) and not RULE.match(words):
            shown = self._item(line, words, indent)
        else:
            shown = self._plain(line, words, indent)
        yield from shown
        self.at += 1
        self.in_code = not self.items and not self.in_footnote and column(shown[-1].shown) >= 4
        fence = _FENCE.match(line.shown)
        if fence:
            yield from self._verbatim(self._fence_end(fence.group(1)))
            self.in_text = self.in_quote = False
        elif "$$" in words:
            yield from self._formula(words)

    def _item(self, line: Line, words: str, indent: int) -> list[Line]:
        before: list[Line] = []
        if self.in_text and not words.rstrip(" \t")[1:]:
            before = [Line("", line.start, line.start)]  # a lone "-" would make the line above a heading
        stray = not self.items and indent >= 4
        self._leave(indent)
        shown = self._target(indent)
        if not self.items and indent >= 4 and not self.in_footnote and not (stray and self.in_code):
            shown = 0  # no list above it: the indentation is that of an outline, not of code
        match = MARKER.match(words)
        width = len(match.group().expandtabs(4)) if match else 2
        sign = match.group(1) if match else ""
        bare = len(sign) + 1
        if self.in_text and self.items and sign[:-1] not in {"", "1"} and len(sign) < 5:
            before = [Line("", line.start, line.start)]  # or "2." would read on from the item above; years do
        self.items.append(_Item(indent, shown - indent, shown + (width if width - bare < 4 else bare)))
        self.in_text, self.in_quote = True, False
        return [*before, line if shown == indent else _at(line, words, shown)]

    def _plain(self, line: Line, words: str, indent: int) -> list[Line]:
        hangs = self.in_quote or (self.in_footnote and indent == 0)
        hangs = hangs or (bool(self.items) and indent < self.items[-1].marker + 2)
        before: list[Line] = []
        if not self.in_text or _STARTS_BLOCK.match(words) or RULE.match(words):
            self._leave(indent)
        elif hangs and _reads_anew(words):
            if not words.startswith("$$"):  # a formula at the margin still belongs to the item above
                self._leave(indent)
            before = [Line("", line.start, line.start)]
            self.in_quote = False
        elif hangs:
            return [line]  # lazily reads on from the line above, as CommonMark has it
        elif words.rstrip(" \t") == "=":
            before = [Line("", line.start, line.start)]
        if indent == 0:
            self.in_footnote = bool(_FOOTNOTE.match(words))
        self.in_text = not RULE.match(words)
        return [*before, self._moved(line, words, indent)]

    def _leave(self, indent: int) -> None:
        while self.items and indent < self.items[-1].marker + 2:
            self.items.pop()

    def _target(self, indent: int) -> int:
        """Where an item indented so far is to be shown: exactly inside the item it belongs to."""
        return self.items[-1].content if self.items else indent

    def _moved(self, line: Line, words: str, indent: int) -> Line:
        if not self.items:
            return line
        shown = max(indent + self.items[-1].shift, self.items[-1].content)
        return line if shown == indent else _at(line, words, shown)

    def _verbatim(self, stop: int) -> Iterator[Line]:
        """The lines up to `stop`, kept together with the item they are in."""
        while self.at < stop:
            line = self.lines[self.at]
            words = line.shown.lstrip(" \t")
            yield self._moved(line, words, column(line.shown)) if words else line
            self.at += 1

    def _fence_end(self, fence: str) -> int:
        closing = re.compile(rf"[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        if fence in self.unclosed:
            return self.at
        for number in range(self.at, len(self.lines)):
            if closing.match(self.lines[number].shown):
                return number + 1
        self.unclosed.add(fence)
        return self.at  # never closed: the parser decides how far it reaches

    def _formula(self, words: str) -> Iterator[Line]:
        """The rest of a formula over several lines."""
        if words.count("$$") % 2 == 0:
            return
        signs = _SIGNS.match(words)
        alone = words.startswith("$$", signs.end() if signs else 0)
        if alone and "$$" in self.unclosed:
            return
        for number in range(self.at, len(self.lines)):
            inner = self.lines[number].shown.strip()
            if not inner and not alone:
                return
            if inner.endswith("$$") if alone else "$$" in inner:
                yield from self._verbatim(number)
                line = self.lines[number]
                if alone:
                    yield from self._verbatim(number + 1)
                    return
                yield _at(line, f"\\{inner}", 0) if inner.startswith("$$") else line
                self.at += 1
                return
        self.unclosed.add("$$" if alone else "")

    def _comment_end(self, words: str) -> int:
        """The line on which the comment that begins this line ends, -1 where none begins or it never ends."""
        words = words.lstrip("> \t").rstrip()
        if not words.startswith("%%"):
            return -1
        if words.count("%%") % 2 == 0:
            return self.at if words.find("%%", 2) == len(words) - 2 else -1
        for number in range(self.at + 1, len(self.lines)):
            if "%%" in self.lines[number].shown:
                return number
        return -1

    def _comment(self, last: int) -> Iterator[Line]:
        first = self.at
        for number in range(first, last + 1):
            line = self.lines[number]
            quoted = ">" if line.shown.lstrip(" \t").startswith(">") else ""
            rest = line.shown.partition("%%")[2].strip() if number == last > first else ""
            yield Line(rest or quoted, line.start, line.end - _trailing(line.shown) if rest else line.end, not rest)
        self.at = last + 1
        self.in_text = self.in_quote = False


def _trailing(words: str) -> int:
    return len(words) - len(words.rstrip())


def _at(line: Line, words: str, shown: int) -> Line:
    return Line(" " * shown + words, line.start, line.end, line.comment)


def _reads_anew(words: str) -> bool:
    """Whether a line at the margin below a list or quote begins something, rather than going on with it."""
    if words.startswith(("$$", "|", "![", "<http", "http", "^")) or _DEFINES.match(words):
        return True
    if _LINK_ALONE.match(words) or _FIELD.match(words):
        return True
    first = words.lstrip(_BEFORE_WORD)[:1]
    return first.isalnum() and not first.islower()
