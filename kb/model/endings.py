"""What stands at the end of a text and is no part of its last section: footnotes, and a list of references."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.model.document import Block
from kb.text.list_headings import of_footnotes, of_references

FOOTNOTES, REFERENCES = ("Footnotes",), ("References",)
"""Under what they stand where the text has no heading of its own for them."""

_FEWEST = 3  # entries that are a list of references without a heading
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
_NUMBERED = re.compile(r"\\?\[?\d{1,3}(?:\\?\]|\.)\s")
_NAME = r"[A-ZÀ-Þ][\w'’-]+"
_AUTHOR = re.compile(rf"{_NAME}(?: {_NAME})?,? (?:(?:[A-ZÀ-Þ]\.[ -]?)+|{_NAME})(?:[,;&(]| and | et al)")
_LONGEST = 80  # words of an entry
_TITLE = 4  # words


def sections(text: str, blocks: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """The headings above the footnotes and references at the end of a text, by the numbers of their blocks.

    Footnotes that stand under a heading of their own, or among what is said, stay where they are.
    """
    found: dict[int, tuple[str, ...]] = {}
    last = end = _before_references(text, blocks)
    while end and blocks[end - 1].kind == "footnote":
        end -= 1
    own = _own_heading(blocks, end)
    for number in range(end, last):
        if blocks[number].heading and blocks[number].speaker is None and not own:
            found[number] = FOOTNOTES
    first = end
    while first and _is_entry(text, blocks[first - 1]):
        first -= 1
    title = _title(text, blocks, first)
    if end - first < (1 if title else _FEWEST) or (blocks[first].heading and of_references(blocks[first].heading[-1])):
        return found
    return found | dict.fromkeys(range(first, end), (title,) if title else REFERENCES)


def _before_references(text: str, blocks: Sequence[Block]) -> int:
    """How many blocks there are before a list of references that has a heading and ends the text."""
    end = len(blocks)
    while end:
        block = blocks[end - 1]
        title = text[block.start : block.end] if block.kind == "heading" else "".join(block.heading[-1:])
        if not of_references(title):
            break
        end -= 1
    return end


def _own_heading(blocks: Sequence[Block], first: int) -> bool:
    """Whether the footnotes from a block on stand under a heading that says so."""
    path = blocks[first].heading if first < len(blocks) else ()
    return any(of_footnotes(title) or of_references(title) for title in path[-1:])


def _is_entry(text: str, block: Block) -> bool:
    """Whether a block reads like an entry of a list of references."""
    if block.kind not in {"paragraph", "item"} or block.speaker is not None:
        return False
    words = text[block.start : block.end]
    if len(words.split()) > _LONGEST or not _YEAR.search(words):
        return False
    return bool(_AUTHOR.match(words) or _NUMBERED.match(words) or (block.label or "").rstrip(".)").isdigit())


def _title(text: str, blocks: Sequence[Block], first: int) -> str:
    """The words of a paragraph above the entries that is their title, without being a heading."""
    if not first or first == len(blocks) or blocks[first - 1].kind != "paragraph":
        return ""
    words = text[blocks[first - 1].start : blocks[first - 1].end].strip("*_: \n")
    return words if len(words.split()) <= _TITLE and of_references(words) else ""
