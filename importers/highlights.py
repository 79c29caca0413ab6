"""Highlights from one work with the reader's comments, as Markdown: written for importers that find them, cut again.

First a link to the work, then the reader's notes on the whole, and each highlight as a block quote with its place
as the last line ("— p. 5 · 2024-05-01 · #claim") and the comment as a list item below it. An abstract is such a
note with one quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.model.document import Block, Reference
from kb.text.repair import repair
from kb.text.strings import squash
from notes.markdown import structure as markdown

NAME = "highlights"
"""The name of the importer that cuts these texts: `importers.exports.highlights`."""

COLOURS = ("yellow", "red", "green", "blue", "purple", "magenta", "orange", "gray", "grey", "pink")
STRUCK = "struck out"

_FACT = rf"(?:(?:p\.|location) [^·\n]+|{'|'.join(COLOURS)}|{STRUCK}|\d{{4}}-\d\d-\d\d|(?:\#[^\s#·]+ ?)+)"
_FACTS = re.compile(rf"— (?P<facts>{_FACT}(?: · {_FACT})*)")
_PLACE = re.compile(r"(?:p\.|location) [^·\n]+")
_REPLY = re.compile(r"Reply by (?P<who>[^:\n]{1,80}): (?=\S)")
# At the beginning of a line, what would end the quote or turn the line into something else than words.
_SIGNS = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|```|~~~|<|\[!|\[[^\]]*\]:|[=+*-]+\s*$|(?:[*_-]\s*){3,}$|\||\$\$)",
)
_ROW = re.compile(r"[-*+•|]\s|\d{1,3}[.)]\s")  # a line that stands for itself: an item


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that a reader marked; without `quote` a note on the work as a whole or on a page of it."""

    quote: str = ""
    comment: str = ""  # Markdown
    colour: str | None = None
    when: str | None = None  # ISO 8601
    place: str | None = None  # "p. 5", "location 1234"
    tags: tuple[str, ...] = ()
    replies: tuple[tuple[str, str], ...] = ()  # who, and what they say to it
    struck: bool = False  # the reader would have these words away


def compose(title: str, url: str | None, marked: Sequence[Highlight], remarks: Sequence[str] = ()) -> str:
    """The Markdown of the highlights from a work and of what the reader says on it as a whole; `structure` cuts it."""
    quoted = [one for one in marked if one.quote.strip()]
    parts = [_link("Highlights from" if quoted else "Notes on", title, url)]
    parts += [remark.strip() for remark in remarks if remark.strip()]
    for one in marked:
        if one.comment.strip() and not one.quote.strip():
            parts.append(one.comment.strip() + (f" ({_facts(one)})" if one.place else ""))
            parts.append(_replies(one, ""))
    for one in quoted:
        parts.append(_quote(one.quote, _facts(one)))
        comment = _item(one.comment, "")
        parts.append("\n".join(filter(None, (comment, _replies(one, "  " if comment else "")))))
    return _whole(parts)


def compose_abstract(title: str, url: str | None, abstract: str) -> str:
    """The Markdown of a work's abstract, as long as that is all there is of the work; `structure` cuts it."""
    return _whole([_link("Abstract of", title, url), _quote(abstract)])


def _whole(parts: Sequence[str]) -> str:
    text = repair("\n\n".join(part for part in parts if part.strip())).strip()
    return text.replace("%%", "%\\%")  # else everything up to the next pair is a comment


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of the note: quotes and what is said on them are about the work that the first line links to."""
    base, references = markdown.structure(text)
    linked = bool(base and references and references[0].start < base[0].end)
    blocks: list[Block] = []
    moved: dict[int, int] = {}  # place in `base` to place in `blocks`
    anchor: int | None = None  # the quote, or the note on the whole, that list items hang under
    before = 0  # where the block before ends
    for number, block in enumerate(base):
        parent = moved.get(block.parent) if block.parent is not None else None
        if block.kind == "quote":
            begins = anchor is None or blocks[anchor].kind != "quote" or _apart(text[before : block.start])
            before = block.end
            if facts := _FACTS.fullmatch(text, block.start, block.end):
                anchor = None if begins else anchor  # begins: Markdown found no words in the quote itself
                place = _PLACE.search(facts["facts"])
                if place and anchor is not None and blocks[anchor].label is None:
                    blocks[anchor] = replace(blocks[anchor], label=place[0].strip())
                continue
            anchor = len(blocks) if begins else anchor
        else:
            before = block.end
            if block.kind == "heading":
                anchor = None
            elif parent is None and block.kind == "item" and number:
                parent = anchor
            elif parent is None:
                anchor = len(blocks) if number else None
        moved[number] = len(blocks)
        about = 0 if linked and number and block.kind != "heading" else None
        blocks.append(_reply(text, replace(block, parent=parent, about=about)))
    return tuple(blocks), references


def _apart(between: str) -> bool:
    """Whether a blank line that is no line of the quote stands between two quotes."""
    return any(not line.strip() for line in between.split("\n")[1:-1])


def _reply(text: str, block: Block) -> Block:
    found = _REPLY.match(text, block.start, block.end) if block.kind == "item" else None
    return replace(block, start=found.end(), speaker=squash(found["who"])) if found else block


def _link(what: str, title: str, url: str | None) -> str:
    # Brackets and hiding signs in a title would end the link.
    shown = squash(re.sub(r"[\[\]\\`|]|%%|<!--|\$\$", _softer, title))
    if url is None:
        return f"{what} [[{linkable(title)}]]"
    line = f"{what} [{shown}]({url})"
    if re.search(r"[\s()<>\\]", url) or not shown:
        line = f"{what} [{shown}](<{url}>)"
    found = markdown.structure(line)[1]
    return line if len(found) == 1 and found[0].target == url else f"{what} <{url}>"


def linkable(title: str) -> str:
    """The title as a wikilink can name it."""
    return squash(re.sub(r"[\[\]|#^\\`$%<>]+", " ", title)) or "Untitled"


def _softer(sign: re.Match[str]) -> str:
    return {"[": "(", "]": ")", "`": "'"}.get(sign[0], " ")


def _facts(one: Highlight) -> str:
    tags = " ".join("#" + re.sub(r"[\s#·]+", "-", tag.strip()) for tag in one.tags if tag.strip())
    colour = one.colour if one.colour in COLOURS else None
    place = squash(one.place.replace("·", " ")) if one.place else None
    when = one.when[:10] if one.when and len(one.when) >= 10 else None
    return " · ".join(filter(None, (place, colour, STRUCK if one.struck else None, when, tags)))


def _quote(words: str, facts: str = "") -> str:
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", words.strip()) if part.strip()]
    lines: list[str] = []
    for part in paragraphs:
        lines += [">"] if lines else []
        rows = [line.strip() for line in part.split("\n") if line.strip()]
        if not any(_ROW.match(row) for row in rows[1:]):
            rows = [" ".join(rows)]  # as the work has it, without signs of the quote inside
        lines += [f"> {_escaped(row)}" for row in rows]
    if facts:
        lines += [">", f"> — {facts}"]
    return "\n".join(lines)


def _escaped(line: str) -> str:
    if re.fullmatch(r"\d{1,9}[.)]", line):
        return f"{line[:-1]}\\{line[-1]}"
    return "\\" + line if _SIGNS.match(line) else line


def _item(words: str, indent: str) -> str:
    lines = [line.rstrip() for line in words.strip().split("\n")]
    if not any(lines):
        return ""
    rest = [f"{indent}  {line}" if line else "" for line in lines[1:]]
    return "\n".join([f"{indent}- {lines[0]}", *rest])


def _replies(one: Highlight, indent: str) -> str:
    said = ((squash(who).replace(":", " ") or "someone", words) for who, words in one.replies)
    return "\n".join(_item(f"Reply by {who}: {words.strip()}", indent) for who, words in said if words.strip())
