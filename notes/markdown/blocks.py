"""Blocks from the token stream of the Markdown parser: kinds, nesting, heading paths and offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from kb.model.document import Block, BlockKind
from notes.markdown.lines import MARKER, Line, body_lines, raw_lines
from notes.markdown.outline import read_outline
from notes.markdown.parser import MARKDOWN

_LONGEST_UNDERLINED = 120  # characters; a longer "heading" is a paragraph with a rule right below it
_CALLOUT = re.compile(r"\[!([^\]\n]+)\][+-]?[ \t]*")
_CHECKBOX = re.compile(r"\[[^\d\]]\](?:[ \t]+|$)")
_DEFINITION = re.compile(
    r"[ \t>]*\[[^\]^]+\]:[ \t]*(?:<[^<>]*>|#\S+|\S*/\S*|\S+\.\w\S*|\S+(?=[ \t]+[\"'(]))"
    r"(?:[ \t]+(?:\".*\"|'.*'|\(.*\)))?[ \t]*$"
)
_BLOCK_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]{1,60})\s*$")
_PROPERTY_ID = re.compile(r"(?<!\S)id::[ \t]*([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})[ \t]*$", re.M)
_COMMENTS = re.compile(r"%%.*?%%", re.DOTALL)
_AFTER_TITLE = re.compile(r"(?:[ \t]+#*)?[ \t]*$")
_PREFIX = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a body, and the spans that are no text but may hold URLs: definitions of link targets."""

    blocks: tuple[Block, ...]
    definitions: tuple[tuple[int, int], ...] = ()


def read_blocks(text: str, body_start: int) -> Blocks:
    """The blocks of `text[body_start:]`; every line with words is in one of them. Never raises."""
    lines = body_lines(text, body_start)
    try:
        tokens = MARKDOWN.parse("\n".join(line.shown for line in lines))
    except (RecursionError, LookupError, ValueError, AttributeError):
        # nested deeper than the parser can follow, or something it trips over
        return Blocks(tuple(read_outline(text, raw_lines(text, body_start))))
    return _Walker(text, lines).run(tokens)


@dataclass(slots=True)
class _Container:
    """A quote, list item or footnote that is open while tokens are walked."""

    kind: BlockKind
    label: str | None = None
    path: int = 0  # how many headings were open when it began
    anchor: int | None = None  # index of the block that what follows inside hangs under
    fresh: bool = True  # nothing inside it yet


class _Walker:
    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        self.blocks: list[Block] = []
        self.definitions: list[tuple[int, int]] = []
        self.open: list[_Container] = []
        self.titles: list[tuple[int, str]] = []  # level and title of the sections that are open
        self.seen = bytearray(len(lines))  # lines that are in a block or only syntax
        self.items_on: dict[int, int] = {}  # how many items begin on a line

    def run(self, tokens: Sequence[Token]) -> Blocks:
        for number, token in enumerate(tokens):
            first, last = token.map if token.map else (0, 0)
            if token.type in {"blockquote_open", "list_item_open", "footnote_reference_open"}:
                self._enter(token, first)
            elif token.type in {"blockquote_close", "list_item_close", "footnote_reference_close"}:
                del self.titles[self.open.pop().path :]
            elif token.map and token.type not in {"bullet_list_open", "ordered_list_open"}:
                self.seen[first:last] = b"\1" * (last - first)
                self._leaf(token, tokens[number + 1] if number + 1 < len(tokens) else token, first, last)
        self._recover()
        return Blocks(tuple(self.blocks), tuple(self.definitions))

    def _enter(self, token: Token, first: int) -> None:
        if self.open:
            self.open[-1].fresh = False
        path = len(self.titles)
        if token.type == "blockquote_open":
            self.open.append(_Container("quote", None, path))
        elif token.type == "list_item_open":
            self.seen[first] = 1
            self.items_on[first] = self.items_on.get(first, 0) + 1
            self.open.append(_Container("item", token.info or None, path))
        else:
            self.seen[first] = 1
            self.open.append(_Container("footnote", f"^{token.meta['label']}", path))

    def _leaf(self, token: Token, inside: Token, first: int, last: int) -> None:
        if token.type == "heading_open":
            self._heading(token, inside, first, last)
        elif token.type == "paragraph_open":
            self._paragraph(self._start_of(inside.content, first), first, last)
        elif token.type == "fence":
            rows = token.content.count("\n")
            self._whole("code", first + 1, min(first + 1 + rows, last), self._before(first + 1))
        elif token.type == "code_block":
            self._whole("code", first, last, self._before(first))
        elif token.type == "math_block":
            self._whole("math", first, last, self.lines[first].shown.find("$$"))
        elif token.type == "html_block":
            self._whole("html", first, last, self._before(first))
        elif token.type == "table_open":
            self._whole("table", first, last, self._before(first))
        else:
            return  # a rule, or a part of a table
        if self.open:
            self.open[-1].fresh = False

    def _heading(self, token: Token, inside: Token, first: int, last: int) -> None:
        content = inside.content
        if token.markup in {"-", "="}:
            last -= 1
            if last - first > 1 or len(content) > _LONGEST_UNDERLINED:
                self._paragraph(self._start_of(content, first), first, last)
                return
            start = self._start_of(content, first)
        else:
            start = self._title_of(content, first)
        level, end = int(token.tag[1]), start + len(content)
        if not content:
            return
        floor = self.open[-1].path if self.open else 0
        while len(self.titles) > floor and self.titles[-1][0] >= level:
            self.titles.pop()
        index = self._add("heading", start, end, level=level, parent=self._parent())
        self.titles.append((level, self.text[start:end]))
        if index is not None and self.open and self.open[-1].kind == "item" and self.open[-1].fresh:
            self.open[-1].anchor = index  # an outliner's heading: its children hang under it

    def _paragraph(self, start: int, first: int, last: int) -> None:
        end = self._end_of(first, last)
        if all(_DEFINITION.match(line.shown) for line in self.lines[first:last]) and not self._begins("item"):
            self.definitions.append((start, end))
            return
        holder = self.open[-1] if self.open else None
        if holder is not None and holder.kind == "quote" and holder.fresh:
            callout = _CALLOUT.match(self.text, start, end)
            if callout is not None:
                holder.label = callout.group(1).partition("|")[0].strip().lower()
                title_end = self.lines[first].end
                holder.anchor = self._words(callout.end(), min(title_end, end))
                if last - first == 1:
                    return
                start = self._position(first + 1)
        index = self._words(start, end)
        if holder is not None and holder.fresh and holder.kind in {"item", "footnote"}:
            holder.anchor = index

    def _words(self, start: int, end: int) -> int | None:
        """Adds a paragraph in the role that its containers give it."""
        holder = self.open[-1] if self.open else None
        kind: BlockKind = "paragraph"
        label = None
        if holder is not None and holder.kind == "item" and holder.fresh:
            kind, label = "item", holder.label
            checkbox = _CHECKBOX.match(self.text, start, end)
            start = checkbox.end() if checkbox else start
        elif holder is not None and holder.kind == "footnote":
            kind, label = "footnote", holder.label
        quote = next((one for one in reversed(self.open) if one.kind == "quote"), None)
        if quote is not None:
            kind, label = "quote", quote.label or label  # quoted lists too are somebody else's words
        level = sum(one.kind == "item" for one in self.open) - 1 if kind == "item" else 0
        end, block_id = self._block_id(start, end)
        label = label or block_id or self._property_id(start, end)
        if block_id is not None and not self.text[start:end].strip():
            self._name_last(block_id)
            return None
        return self._add(kind, start, end, level=level, label=label, parent=self._parent())

    def _block_id(self, start: int, end: int) -> tuple[int, str | None]:
        """Where a span ends without the block id behind it, and that id."""
        tail = max(start, end - 64)
        found = _BLOCK_ID.search(self.text[tail:end])
        return (tail + found.start(), f"^{found.group(1)}") if found else (end, None)

    def _property_id(self, start: int, end: int) -> str | None:
        """The id that Logseq keeps in a line of its own of a block; below a heading it is the heading's."""
        found = _PROPERTY_ID.search(self.text, start, end)
        if found and found.start() == start and self.blocks and self.blocks[-1].kind == "heading":
            self._name_last(f"^{found[1].lower()}")
        return f"^{found[1].lower()}" if found else None

    def _name_last(self, label: str) -> None:
        """A block id on a line of its own belongs to the block above."""
        if self.blocks and self.blocks[-1].label is None:
            self.blocks[-1] = replace(self.blocks[-1], label=label)

    def _whole(self, kind: BlockKind, first: int, last: int, column: int) -> None:
        if first < last:
            start, end = self.lines[first].position(max(column, 0)), self._end_of(first, last)
            end, label = self._block_id(start, end) if kind == "table" else (end, None)
            self._add(kind, start, end, label=label, parent=self._parent())

    def _add(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        *,
        level: int = 0,
        label: str | None = None,
        parent: int | None = None,
    ) -> int | None:
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if self.blocks:
            start = max(start, self.blocks[-1].end)
        if start >= end or ("%%" in words and not _COMMENTS.sub("", words).strip()):
            return None
        path = tuple(title for _, title in self.titles)
        self.blocks.append(Block(kind, start, end, level, path, parent=parent, label=label))
        return len(self.blocks) - 1

    def _parent(self) -> int | None:
        return next((one.anchor for one in reversed(self.open) if one.anchor is not None), None)

    def _begins(self, kind: str) -> bool:
        return bool(self.open) and self.open[-1].kind == kind and self.open[-1].fresh

    def _start_of(self, content: str, first: int) -> int:
        """Where a paragraph begins: what the parser gave of its first line is the end of that line."""
        shown = self.lines[first].shown.rstrip()
        begun = content.partition("\n")[0].rstrip()
        if shown.endswith(begun):
            return self.lines[first].position(len(shown) - len(begun))
        return self._position(first)

    def _title_of(self, content: str, first: int) -> int:
        shown = self.lines[first].shown
        at = shown.find(content)
        while at >= 0 and not (shown[at - 1 : at] in " \t" and _AFTER_TITLE.match(shown, at + len(content))):
            at = shown.find(content, at + 1)
        return self.lines[first].position(max(at, 0))

    def _end_of(self, first: int, last: int) -> int:
        for line in reversed(self.lines[first:last]):
            if line.shown.strip(" \t>"):
                return line.end
        return self.lines[first].start

    def _position(self, number: int) -> int:
        return self.lines[number].position(self._before(number)) if number < len(self.lines) else len(self.text)

    def _before(self, number: int) -> int:
        """The column at which the words of a line begin, after the signs of the containers around it."""
        if number >= len(self.lines):
            return 0
        shown = self.lines[number].shown
        quoted = any(one.kind == "quote" for one in self.open)
        blank = _PREFIX if quoted else re.compile(r"[ \t]*")
        match = blank.match(shown)
        at = match.end() if match else 0
        for _ in range(self.items_on.get(number, 0)):
            marker = MARKER.match(shown, at)
            match = blank.match(shown, marker.end()) if marker else None
            at = match.end() if match else at
        return at

    def _recover(self) -> None:
        """Adds lines with words that the parser dropped as paragraphs: nothing may be lost."""
        lost = [
            line
            for line, seen in zip(self.lines, self.seen, strict=True)
            if not seen and not line.comment and line.shown.strip(" \t>")
        ]
        if not lost:
            return
        order = [(block.start, index, block) for index, block in enumerate(self.blocks)]
        order += [(line.start, -1, Block("paragraph", line.start, line.end)) for line in lost]
        order.sort(key=lambda entry: entry[0])
        moved = {index: place for place, (_, index, _) in enumerate(order)}
        self.blocks = [
            block if block.parent is None else replace(block, parent=moved[block.parent]) for _, _, block in order
        ]
