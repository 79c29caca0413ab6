"""Spans of a Markdown text, carried through its rendering: signs go in where they begin and end, marks come out.

A sign is a number between two punctuation marks that no text uses. Punctuation, because emphasis is told by what stands
beside its stars (CommonMark 0.31, 6.2), and a sign must change nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

OPEN, CLOSE = "\u2e1a", "\u2e1b"  # hyphen with diaeresis, tilde with ring above: of dictionaries of German dialects
SIGN = re.compile(f"{OPEN}(-?)([rs])(\\d+){CLOSE}")
ANY = re.compile(f"{OPEN}[^{CLOSE}]{{0,12}}{CLOSE}?|{CLOSE}")
_TAG = re.compile(r'<(?:[a-zA-Z/!](?:[^>"]|"[^"]*")*)>')
_BARE = re.compile(r"(</?[a-zA-Z0-9]*).*", re.S)
_BLOCK_START = re.compile(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)]|#{1,6}|\[[ xX]\]|\|)[ \t]+)+")
_ENDS = ("</p", "</li", "</td", "</th", "</h", "</dd", "</dt")
_MATHS = re.compile(r'<(?:span|div) [^>]*class="math (inline|block)"')


@dataclass(frozen=True, slots=True)
class Span:
    """A statement where it stands: half open, in code points of the text."""

    id: str
    kind: str
    status: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference that Markdown does not know, such as a wikilink: what it shows, where it leads ('': nowhere)."""

    start: int
    end: int
    shown: str
    address: str


def with_signs(text: str, start: int, spans: Sequence[Span], pointers: Sequence[Pointer]) -> str:
    """The text from `start` on, with signs for the spans, and pointers by their words between signs of their own."""
    events: list[tuple[int, int, str]] = []  # where, in which order at one place, what
    replaced: list[tuple[int, int, str]] = []
    for number, pointer in enumerate(pointers):
        if pointer.start >= start and (not replaced or pointer.start >= replaced[-1][1]):
            words = ANY.sub("", pointer.shown)
            shown = f"{OPEN}r{number}{CLOSE}{_escaped(words)}{OPEN}-r{number}{CLOSE}"
            replaced.append((pointer.start, pointer.end, shown))
    for number, span in enumerate(spans):
        first, last = _fit(text, span.start, span.end)
        if first >= start and last > first:
            events.append((first, 1, f"{OPEN}s{number}{CLOSE}"))
            events.append((last, 0, f"{OPEN}-s{number}{CLOSE}"))
    out, at = [], start
    pieces = sorted(
        [(where, order, where, sign) for where, order, sign in events] + [(a, 2, b, c) for a, b, c in replaced]
    )
    for where, order, end, piece in pieces:
        if where < at:  # within a pointer, whose words are others
            out.append(piece if order != 2 else "")
            continue
        out += [ANY.sub("", text[at:where]), piece]
        at = end
    return "".join([*out, ANY.sub("", text[at:])])


def _fit(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, moved out of marks that it would part: after those of a block, outside those of emphasis."""
    line = text.rfind("\n", 0, start) + 1
    if (found := _BLOCK_START.match(text, line)) and start < found.end() <= end:
        start = found.end()
    while start > line and text[start - 1] in "*_~`[":
        start -= 1
    start, end = _beyond_address(text, start), _beyond_address(text, end)
    while end < len(text) and text[end] in "*_~`":
        end += 1
    while end > start and text[end - 1] in "\n ":
        end -= 1
    return start, end


def _beyond_address(text: str, at: int) -> int:
    """The place, or the end of the link in whose address it lies."""
    opened = text.rfind("](", 0, at)
    if opened < 0 or "\n" in text[opened:at] or ")" in text[opened:at]:
        return at
    closed = text.find(")", at)
    return at if closed < 0 or "\n" in text[at:closed] else closed + 1


def _escaped(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+.!~>|<$&-])", r"\\\1", words)


def with_marks(html: str, spans: Sequence[Span], pointers: Sequence[Pointer]) -> str:
    """Clean HTML in which each part of a span's text stands in a `<mark>`, and pointers are links.

    A span begins with a link to its statement, so that a keyboard and a screen reader find it.
    """
    writer = _Writer(spans, pointers)
    at = 0
    for tag in _TAG.finditer(html):
        writer.words(html[at : tag.start()])
        # Signs within a tag are in a text's own HTML: without them its attributes would say what nobody has cleaned.
        writer.tag(tag[0] if not ANY.search(tag[0]) else _BARE.sub(r"\1>", ANY.sub("", tag[0])))
        at = tag.end()
    writer.words(html[at:])
    return "".join(writer.out)


@dataclass(slots=True)
class _Writer:
    """Puts out HTML piece by piece, and knows in what it is."""

    spans: Sequence[Span]
    pointers: Sequence[Pointer]
    out: list[str] = field(default_factory=list)
    active: dict[int, None] = field(default_factory=dict)  # spans, by number
    told: set[int] = field(default_factory=set)  # spans that have their link
    pointer: str = ""  # the end tag of the pointer that it is in
    anchored: bool = False  # in a link of the text
    maths: str = ""  # in a formula: what is to follow its end tag

    def tag(self, piece: str) -> None:
        """A tag of the text."""
        if self.maths:  # what a formula holds is escaped: this is its end
            self.out.append(piece + self.maths.strip())
            self.maths = ""
        elif found := _MATHS.match(piece):
            marked = bool(self.active) and found[1] == "inline"
            self.out.append((self._mark() if marked else "") + piece)
            self.maths = "</mark>" if marked else " "
        else:
            if self.pointer and piece.startswith(_ENDS):  # a pointer ends with its block
                self.out.append(self.pointer)
                self.pointer = ""
            self.anchored = piece.startswith("<a ") or (self.anchored and piece != "</a>")
            self.out.append(piece)

    def words(self, words: str) -> None:
        """A text between two tags."""
        at = 0
        for sign in SIGN.finditer(words):
            self._part(words[at : sign.start()])
            at, number = sign.end(), int(sign[3])
            if sign[2] == "s" and number < len(self.spans):
                self.active.pop(number, None) if sign[1] else self.active.setdefault(number)
            elif sign[2] == "r" and number < len(self.pointers) and not self.maths:
                self._point(self.pointers[number].address, ends=bool(sign[1]))
        self._part(words[at:])

    def _part(self, part: str) -> None:
        part = ANY.sub("", part)
        if self.maths or not self.active or not part.strip():
            self.out.append(part)
            return
        if not (self.pointer or self.anchored):  # a link cannot stand in a link
            self.out += [_sign(self.spans[number]) for number in self.active if number not in self.told]
            self.told |= self.active.keys()
        self.out.append(f"{self._mark()}{part}</mark>")

    def _point(self, to: str, *, ends: bool) -> None:
        if ends and self.pointer:
            self.out.append(self.pointer)
            self.pointer = ""
        elif not ends and not self.pointer and not self.anchored:
            self.out.append(f'<a href="{escape(to)}">' if to else '<span class="dead" title="nothing of this name">')
            self.pointer = "</a>" if to else "</span>"

    def _mark(self) -> str:
        found = [self.spans[number] for number in self.active]
        last = found[-1]
        return f'<mark class="{last.kind} {last.status}" data-s="{" ".join(one.id for one in found)}">'


def _sign(span: Span) -> str:
    words = f"{span.kind.replace('_', ' ')}{'' if span.status == 'accepted' else ', suggested'}"
    return (
        f'<a class="sign {span.kind}" id="st-{span.id}" href="/statement/{span.id}" data-open="{span.id}" '
        f'aria-label="{words}"></a>'
    )
