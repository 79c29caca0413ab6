"""The words of a page in their order, with the place of each element among them: what is counted is counted once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from importers.documents.html.blocks import BLOCKS

Runs = frozenset[tuple[str, ...]]
"""What a text says, by its words in threes: single words are the same everywhere."""

_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"  # kana, Han, Thai
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_UNREAD = frozenset(["script", "style", "template", "noscript", "head"])
_PARAGRAPH = 12  # words of a block that may be a paragraph, no label
_FEW_LINKS = 0.34  # share of a paragraph's words in links at most


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an element. Of `said`, `linked` and `prose` each says how many there are before a place.

    `said` are words that a given text has too, `linked` those in links, `prose` those in paragraphs of some length
    that are no lists of links.
    """

    all: Sequence[str]
    places: dict[etree._Element, tuple[int, int]]
    said: Sequence[int]
    linked: Sequence[int]
    prose: Sequence[int]

    def count(self, element: etree._Element) -> int:
        start, end = self.places[element]
        return end - start

    def share(self, of: Sequence[int], element: etree._Element) -> float:
        """The share of an element's words that count as `of`; nought where it has none."""
        start, end = self.places[element]
        return (of[end] - of[start]) / max(end - start, 1)

    def number(self, of: Sequence[int], element: etree._Element) -> int:
        start, end = self.places[element]
        return of[end] - of[start]


def words(text: str) -> list[str]:
    """The words of a text; where a script has no blanks, its characters, so that lengths can be compared."""
    return _WORD.findall(text)


def runs(text: str) -> Runs:
    """What a text says, by its words in threes."""
    said = words(text)
    return frozenset(zip(said, said[1:], said[2:], strict=False))


def of(root: etree._Element, said: Runs) -> Words:
    """The words of an element that a reader sees."""
    found: list[str] = []
    linked: list[bool] = []
    starts: dict[etree._Element, int] = {}
    places: dict[etree._Element, tuple[int, int]] = {}
    unread = links = 0

    def take(text: str | None) -> None:
        if text and not unread:
            new = words(text)
            found.extend(new)
            linked.extend([links > 0] * len(new))

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            starts[element] = len(found)
            unread += element.tag in _UNREAD
            links += element.tag == "a"
            take(element.text)
            continue
        if event == "end":
            unread -= element.tag in _UNREAD
            links -= element.tag == "a"
            places[element] = (starts.pop(element), len(found))
        if element is not root:
            take(element.tail)
    sums = _sums(linked)
    return Words(found, places, _sums(_in(found, said)), sums, _sums(_prose(found, places, sums)))


def visible(root: etree._Element) -> str:
    """All words that a reader of the page sees."""
    body = root.find(".//body")
    parts: list[str] = []
    for node in (root if body is None else body).iter():
        if isinstance(node.tag, str) and node.tag not in _UNREAD:
            parts += [node.text or "", " "]
        parts += [node.tail or ""] if node is not body else []
    return " ".join(parts)


def _sums(marks: Iterable[bool]) -> list[int]:
    return list(accumulate(marks, initial=0))


def _in(found: Sequence[str], said: Runs) -> list[bool]:
    marks = [False] * len(found)
    for at in range(len(found) - 2):
        if (found[at], found[at + 1], found[at + 2]) in said:
            marks[at] = marks[at + 1] = marks[at + 2] = True
    return marks


def _prose(found: Sequence[str], places: dict[etree._Element, tuple[int, int]], linked: Sequence[int]) -> list[bool]:
    marks = [False] * len(found)
    for element, (start, end) in places.items():
        if element.tag not in BLOCKS or end - start < _PARAGRAPH:
            continue
        if linked[end] - linked[start] > _FEW_LINKS * (end - start) or any(child.tag in BLOCKS for child in element):
            continue
        marks[start:end] = [True] * (end - start)
    return marks
