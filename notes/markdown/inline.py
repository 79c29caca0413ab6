"""The marks inside a line or paragraph of a note: links, tags, block ids, footnote references, fields.

The scanner follows Obsidian, with what Logseq and Dataview add. It works in two passes: first everything
that hides its content (code, maths, comments, escapes) is blanked, then links and tags are looked for in what
is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model.document import Reference
from notes.markdown import citations
from notes.markdown.dialect import PLAIN, Dialect
from notes.markdown.hidden import visible
from notes.markdown.targets import (
    BARE_URL,
    BLOCK,
    block_reference,
    is_web,
    markdown_link,
    page_link,
    url,
    url_end,
    wikilink,
)

_MARK = re.compile(
    r"!?\[\[|!?\[|<(?=[A-Za-z])|(?<![A-Za-z0-9])(?=https?://|ftp://)|(?<!\S)#(?=\S)"
    r"|\(\((?=[0-9a-f]{8}-)|\{\{(?=embed[ \t]+\(\()|(?<![\w@./:+-])-?@(?=[\w{])|(?<![\w:/])cite(?=[a-z]*:)",
    re.IGNORECASE,
)
WIKILINK = re.compile(r"\[\[((?:[^\[\]\n]|\[[^\[\]\n]*+\]|\](?!\]))*+)\]\]")
_DESTINATION = re.compile(
    r"\(\s*+(?:<([^<>\n]*+)>|((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\]|\([^\s()]*+\))*+\))*+))"
    r"(?:\s++(?:\"(?:\\.|[^\"\\])*+\"|'(?:\\.|[^'\\])*+'|\([^()]*+\)))?+\s*+\)"
)
_PAGE = re.compile(r"\(\[\[([^\[\]\n]+)\]\]\)")
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]+://[^\s<>]+>")
_HTML = re.compile(
    r"<[A-Za-z][\w-]*+(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)++\s*+/?+>"
)
"""A tag with attributes: what stands in these is no text, but an address is one."""
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]+)\](?!:)")
_TAG = re.compile(
    r"#((?:[\w/-]|[^\x00-\x7f\s\u00a1-\u00bf\u2000-\u200c\u200e-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20])++)"
    r"(?!,\w)"  # `#a,b` is not written as a tag
)
_BLOCK_ID = re.compile(r"(?:^|[ \t\n])\^([A-Za-z0-9-]+)[ \t]*$")
_LINE_FIELD = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+(?:\[.\][ \t]+)?)?[*_]{0,2}([^\W\d_][\w /-]{0,40}?)[*_]{0,2}"
    r"::[*_]{0,2}[ \t]+(\S.*)$",
    re.MULTILINE,
)
_SET_FIELD = re.compile(
    r"[\[(]([^\W\d_][\w /-]{0,40}?)::[ \t]*"
    r"((?:[^\[\]()\n]|\[\[[^\[\]\n]*+\]\]|\[[^\[\]\n]*+\]|\([^()\n]*+\))++)[\])]"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag, block id or footnote label without its sign; the span covers the sign too."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A Dataview field, `key:: value`, on its own line or set in brackets. `text[start:end] == value`."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inline:
    """Everything the scanner found in one span, in text order; references never overlap."""

    references: tuple[Reference, ...] = ()
    tags: tuple[Mark, ...] = ()
    footnotes: tuple[Mark, ...] = ()
    fields: tuple[Field, ...] = ()
    block_id: Mark | None = None  # `^id` at the very end of the span


def scan(text: str, start: int = 0, end: int | None = None, dialect: Dialect = PLAIN) -> Inline:
    """Finds the marks in `text[start:end]`, which should be one block; all offsets count from `text[0]`."""
    end = len(text) if end is None else end
    return _Scanner(text, start, visible(text, start, end), dialect).run()


def urls(text: str, start: int, end: int) -> list[Reference]:
    """The bare URLs in `text[start:end]`, wherever they stand: for HTML, front matter and definitions."""
    found = []
    for match in BARE_URL.finditer(text, start, end):
        stop = url_end(text, match.start(), match.end())
        found.append(url(text, match.start(), stop))
    return found


class _Scanner:
    """One pass over the visible signs of one span; `base` is where the span begins in the text."""

    def __init__(self, text: str, base: int, visible: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.base = base
        self.visible = visible
        self.references: list[Reference] = []
        self.tags: list[Mark] = []
        self.footnotes: list[Mark] = []
        self.attributes = [found.span() for found in _HTML.finditer(visible)] if "=" in visible else []
        self.brackets = _brackets(visible) if "](" in visible or dialect.definitions else {}

    def run(self) -> Inline:
        position = 0
        while (match := _MARK.search(self.visible, position)) is not None:
            sign, at = match.group(), match.start()
            if sign and any(start < at < end for start, end in self.attributes):
                position = match.end()
            elif sign == "#":
                position = self._tag(at)
            elif sign == "<":
                position = self._autolink(at)
            elif sign == "":
                position = self._bare_url(at)
            elif sign in {"((", "{{"}:
                position = self._block(at, len(sign))
            elif sign[-1] == "@" or sign[0] in "cC":
                position = self._citation(at, len(sign))
            else:
                position = self._bracketed(at, at + (sign[0] == "!"))
        return Inline(
            tuple(self.references),
            tuple(self.tags),
            tuple(self.footnotes),
            _fields(self.text, self.base, self.visible) if "::" in self.visible else (),
            self._block_id() if "^" in self.visible else None,
        )

    def _add(self, reference: Reference | None) -> None:
        if reference is not None:
            self.references.append(reference)

    def _slice(self, start: int, end: int) -> str:
        return self.text[self.base + start : self.base + end]

    def _tag(self, at: int) -> int:
        page = WIKILINK.match(self.visible, at + 1)
        if page is not None:  # Logseq writes tags of several words as #[[a b]]
            self.tags.append(Mark(page.group(1), self.base + at, self.base + page.end()))
            return at + 1
        match = _TAG.match(self.visible, at)
        name = match.group(1).strip("/") if match else ""
        if match is None or not name or name.isdigit():
            return at + 1
        self.tags.append(Mark(name, self.base + at, self.base + at + 1 + len(match.group(1).rstrip("/"))))
        return match.end()

    def _autolink(self, at: int) -> int:
        match = _AUTOLINK.match(self.visible, at)
        if match is None:
            return at + 1
        self._add(url(self.text, self.base + at, self.base + match.end()))
        return match.end()

    def _bare_url(self, at: int) -> int:
        match = BARE_URL.match(self.text, self.base + at, self.base + len(self.visible))
        if match is None:
            return at + 1
        start = match.start()
        stop = url_end(self.text, start, match.end())
        self._add(url(self.text, start, stop))
        return stop - self.base

    def _block(self, at: int, sign: int) -> int:
        found = BLOCK.match(self.visible, at)
        if found is None:
            return at + sign
        block, start = found["embedded"] or found["block"], self.base + at
        embed = found["embedded"] is not None
        self._add(block_reference(self.text, start, self.base + found.end(), block, embed=embed))
        return found.end()

    def _citation(self, at: int, sign: int) -> int:
        """A citekey in running text, or several behind one `cite:`."""
        if self.visible.startswith(("@", "-@"), at):
            one = citations.bare(self.text, self.visible, self.base, at)
            self._add(one[0] if one else None)
            return one[1] if one else at + sign
        several = citations.org(self.text, self.visible, self.base, at)
        self.references += several[0] if several else []
        return several[1] if several else at + sign

    def _bracketed(self, at: int, opening: int) -> int:
        """A wikilink, markdown link, image or footnote reference whose `[` is at `opening`."""
        embed = opening > at
        page = WIKILINK.match(self.visible, opening)
        if page is not None and self._is_page(page, embed=embed):
            self._add(wikilink(self.text, self.base + at, self.base + page.end(), embed=embed, dialect=self.dialect))
            return page.end()
        note = _FOOTNOTE.match(self.visible, opening)
        closing = self.brackets.get(opening, -1)
        if closing < 0 or not self.visible.startswith("(", closing + 1):
            if self.dialect.definitions and (stop := self._defined(at, opening, closing)):
                return stop
            cited = citations.group(self.text, self.visible, self.base, opening) if opening == at else None
            if cited is not None:
                self.references += cited[0]
                return cited[1]
            if note is not None:
                self.footnotes.append(Mark(note.group(1), self.base + opening, self.base + note.end()))
                return note.end()
            return opening + 1
        return self._markdown_link(at, opening, closing)

    def _is_page(self, page: re.Match[str], *, embed: bool) -> bool:
        """Whether `[[x]]` is a wikilink; `[[1]](https://…)` is a markdown link whose text is `[1]`."""
        destination = _DESTINATION.match(self.text, self.base + page.end())
        if destination is None or destination.end() > self.base + len(self.visible):
            return True
        goal = destination.group(1) or destination.group(2) or ""
        return not is_web(goal) and (embed or not goal.startswith("#"))

    def _markdown_link(self, at: int, opening: int, closing: int) -> int:
        limit = self.base + len(self.visible)
        shown = self._slice(opening + 1, closing)
        inside = WIKILINK.search(self.visible, opening + 1, closing)
        if inside is not None and self.visible[inside.start() - 1] != "!":
            return opening + 1  # links do not nest: the inner one is the link
        page = _PAGE.match(self.text, self.base + closing + 1, limit)
        if page is not None and opening == at:
            self._add(page_link(self.text, self.base + at, page.end(), shown, page.group(1)))
            return page.end() - self.base
        found = _DESTINATION.match(self.text, self.base + closing + 1, limit)
        if found is None:
            return opening + 1
        goal = found.group(1) if found.group(1) is not None else found.group(2)
        image = opening > at
        self._add(markdown_link(self.text, self.base + at, found.end(), shown, goal, image=image))
        return found.end() - self.base

    def _defined(self, at: int, opening: int, closing: int) -> int | None:
        """Where a link ends whose destination is defined elsewhere, `[shown][label]` or `[label]`; None for none."""
        shown, label, stop = self._slice(opening + 1, closing), "", closing + 1
        if (inner := self.brackets.get(stop, -1)) >= 0:
            label, stop = self._slice(stop + 1, inner), inner + 1
        goal = self.dialect.destination(label or shown) if closing >= 0 else None
        if goal is None:
            return None
        image = opening > at
        self._add(markdown_link(self.text, self.base + at, self.base + stop, shown, goal, image=image))
        return stop

    def _block_id(self) -> Mark | None:
        match = _BLOCK_ID.search(self.visible, max(0, self.visible.rfind("^") - 1))
        if match is None:
            return None
        return Mark(match.group(1), self.base + match.start(1) - 1, self.base + match.end(1))


def _brackets(visible: str) -> dict[int, int]:
    """The position of the `]` that closes each `[`."""
    pairs: dict[int, int] = {}
    pending: list[int] = []
    for match in re.compile(r"[\[\]]").finditer(visible):
        if match.group() == "[":
            pending.append(match.start())
        elif pending:
            pairs[pending.pop()] = match.start()
    return pairs


def _fields(text: str, base: int, visible: str) -> tuple[Field, ...]:
    found: dict[int, Field] = {}
    for pattern in (_SET_FIELD, _LINE_FIELD):
        for match in pattern.finditer(visible):
            start, end = base + match.start(2), base + match.end(2)
            end -= len(text[start:end]) - len(text[start:end].rstrip())
            if end > start:
                found.setdefault(start, Field(match.group(1).strip(), text[start:end], start, end))
    return tuple(found[start] for start in sorted(found))
