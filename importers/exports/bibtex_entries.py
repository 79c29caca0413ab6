"""A BibTeX file cut into its entries and strings; what is neither, or broken, is told.

A brace that is missing costs its entry alone: the next one that begins a line is read again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from importers.exports.bibtex_block import Block, BrokenError, Field, Piece
from kb.text.strings import clip, squash

START = re.compile(r"(?<![\w@.])@[ \t]*(?P<kind>[A-Za-z]\w*)\s*(?P<open>[{(])")
_NEXT = re.compile(
    r"^[ \t]*(?P<at>@)[ \t]*(?:(?:comment|string|preamble)\s*[{(]|[A-Za-z]\w*\s*[{(]"
    r"(?:[^\n={}\"@]*,|[^\n={}\"@]*$|\s*\w+\s*=))",
    re.M | re.I,
)
_SWALLOWED = re.compile(r"[,\n]\s*[A-Za-z][\w-]*\s*=\s*[{\"]")
_MAX_UNCLOSED = 20
_NO_ENTRIES = ("comment", "string", "preamble")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the file has it; `kind` is in small letters, `key` is "" where it has none."""

    kind: str
    key: str
    fields: tuple[Field, ...]
    line: int
    raw: str
    odd: tuple[str, ...] = ()


@dataclass(slots=True)
class Library:
    """What a file holds; `problems` names what is broken and what is left out."""

    entries: list[Entry] = field(default_factory=list)
    strings: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def split(text: str) -> Library:
    """The entries of a file, in their order."""
    return _Splitter(text).library


class _Splitter:
    def __init__(self, text: str) -> None:
        self.library = Library()
        self._text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._starts = [found.start("at") for found in _NEXT.finditer(text)]
        self._comments = self._preambles = self._commented_out = self._outside = self._unclosed = 0
        at = 0
        while start := START.search(text, at):
            line_start = max(text.rfind("\n", 0, start.start()) + 1, at)
            commented = "%" in text[line_start : start.start()]
            self._pass_over(at, start.start())
            if commented:
                self._commented_out += start["kind"].lower() not in _NO_ENTRIES
                line_end = text.find("\n", start.end())
                at = len(text) if line_end < 0 else line_end
            else:
                at = self._block(start)
        self._pass_over(at, len(text))
        self._count()

    def _line(self, at: int) -> int:
        return bisect_left(self._breaks, at) + 1

    def _pass_over(self, start: int, end: int) -> None:
        lines = (line.strip() for line in self._text[start:end].split("\n"))
        self._outside += sum(1 for line in lines if re.search(r"\w", line) and not line.startswith("%"))

    def _count(self) -> None:
        for number, one, more in (
            (self._commented_out, "entry in a comment", "entries in comments"),
            (self._comments, "comment", "comments"),
            (self._preambles, "preamble", "preambles"),
            (self._outside, "line outside of entries", "lines outside of entries"),
        ):
            if number:
                are = f"{one} is" if number == 1 else f"{more} are"
                self.library.problems.append(f"{number:,} {are} left out")

    def _block(self, start: re.Match[str]) -> int:
        """Takes the block that begins here; where the text goes on behind it."""
        kind, closing = start["kind"].lower(), "}" if start["open"] == "{" else ")"
        if kind == "comment":
            return self._comment(start.start("open"))
        following = bisect_right(self._starts, start.start())
        limit = self._starts[following] if following < len(self._starts) else len(self._text)
        if kind == "preamble":
            self._preambles += 1
            return self._after(start.start("open"), limit)
        block = Block(self._text, start.end("open"), limit, closing, self._line)
        try:
            if kind == "string":
                block.read_fields()
                self.library.strings |= {one.name: one.pieces for one in block.fields}
            else:
                block.read_key()
                block.read_fields()
                self._entry(kind, block, start.start())
        except BrokenError as broken:
            what = "a string" if kind == "string" else "an entry"
            raw = clip(squash(self._text[start.start() : limit]), 60)
            self.library.problems.append(
                f"line {self._line(start.start())}: {what} is broken and left out ({broken}): {raw}"
            )
            return limit
        return block.at

    def _entry(self, kind: str, block: Block, start: int) -> None:
        line, raw = self._line(start), self._text[start : block.at].rstrip()
        if not block.ended:
            if not block.fields:
                raise BrokenError("it is cut off")
            if any(_SWALLOWED.search(piece.text) for one in block.fields for piece in one.pieces):
                raise BrokenError("a brace is missing")
            block.odd.append(f"line {line}: the entry has no end, it may be cut off")
        if block.fields:
            self.library.entries.append(Entry(kind, block.key, tuple(block.fields), line, raw, tuple(block.odd)))
        else:
            self.library.problems.append(f"line {line}: an entry without fields is left out: {clip(squash(raw), 60)}")

    def _comment(self, at: int) -> int:
        # One that has no end is looked for in all of the file: not often, or a damaged file takes for ever.
        following = bisect_right(self._starts, at)
        near = self._unclosed > _MAX_UNCLOSED and following < len(self._starts)
        end = self._after(at, self._starts[following] if near else len(self._text))
        self._unclosed += self._text[end - 1] not in "})"
        inside = self._text[at:end]
        self._commented_out += (entries := len(START.findall(inside)))
        # What JabRef keeps about groups and sorting is no comment of a person.
        self._comments += not entries and not re.match(r"[{(]\s*jabref", inside, re.I)
        return end

    def _after(self, at: int, limit: int) -> int:
        """Behind the partner of the brace or parenthesis at `at`; of one that has none, the end of its line."""
        pair = "{}" if self._text[at] == "{" else "()"
        depth = 0
        for found in re.compile(f"[{re.escape(pair)}]").finditer(self._text, at, limit):
            depth += 1 if found[0] == pair[0] else -1
            if not depth:
                return found.end()
        end = self._text.find("\n", at, limit)
        return limit if end < 0 else end
