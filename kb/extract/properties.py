"""The properties of a note as its text has them: under which keys something stands in the front matter.

The front matter is read line by line, by its indentation, so that each value keeps its place in the text; what a YAML
reader would refuse (`supports: [[A]], [[B]]`) is read like the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FRONT = re.compile(r"---[ \t]*\n(?P<inside>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>(?:-[ \t]+)*)"
    r"(?:(?P<mark>[\"']?)(?P<key>[^\W\d][^:#\[\]{}\"'\n]{0,60}?)(?P=mark)[ \t]*:(?=[ \t\n]|\Z))?"
)
_FLOW_KEY = re.compile(r"[{,\[]?[ \t]*[\"']?(?P<key>[^\W\d][\w -]{0,60}?)[\"']?[ \t]*:[ \t]+")


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where its line, without indentation and dashes, or the key itself within a line, begins."""

    name: str
    start: int
    value: str  # what stands behind it on its line, without quotes
    group: int  # keys of one mapping have the same


@dataclass(frozen=True, slots=True)
class Property:
    """A place in the front matter: the keys above it, outermost first, and those beside the innermost one."""

    above: tuple[Key, ...]
    beside: tuple[Key, ...]


@dataclass(slots=True)
class _Open:
    column: int
    key: Key | None  # None for an item of a list
    line: int


class Properties:
    """The keys of the front matter of a text; of one without there are none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.span = front_matter(text)
        self._keys: list[Key] = []
        self._lines: list[tuple[int, int, tuple[Key, ...]]] = []  # start, end, keys above
        self._read()

    def at(self, place: int) -> Property | None:
        """What stands above and beside a place, None outside the front matter."""
        for start, end, above in self._lines:
            if start <= place < end:
                inner = self._flow(above[-1].start if above and above[-1].start >= start else start, place)
                if inner:
                    return Property((*above, inner[-1]), tuple(inner))
                return Property(above, tuple(key for key in self._keys if above and key.group == above[-1].group))
        return None

    def _read(self) -> None:
        opened: list[_Open] = []
        at = self.span[0]
        for number, line in enumerate(self.text[slice(*self.span)].splitlines(keepends=True)):
            found = _LINE.match(line)
            assert found is not None
            if found["dashes"] or found["key"]:
                column = len(found["indent"])
                for dash in re.finditer("-", found["dashes"]):
                    own = column + dash.start()
                    while opened and (opened[-1].column > own or (opened[-1].column == own and not opened[-1].key)):
                        opened.pop()
                    opened.append(_Open(own, None, number * 100 + dash.start()))
                if found["key"]:
                    self._key(opened, found, line, at, number)
            self._lines.append((at, at + len(line), tuple(one.key for one in opened if one.key)))
            at += len(line)

    def _key(self, opened: list[_Open], found: re.Match[str], line: str, at: int, number: int) -> None:
        column = len(found["indent"]) + len(found["dashes"])
        while opened and opened[-1].column >= column:
            opened.pop()
        value = line[found.end() :].strip(" \t\n:,").strip("\"'")
        key = Key(found["key"].strip(), at + column, value, opened[-1].line if opened else -1)
        self._keys.append(key)
        opened.append(_Open(column, key, number * 100 + 99))

    def _flow(self, start: int, place: int) -> list[Key]:
        """The keys of the braces around a place on its line, those before it last."""
        opening = _enclosing(self.text, start, place)
        if opening is None:
            return []
        end = self.text.find("}", place)
        line_end = self.text.find("\n", place)
        end = min(one for one in (end, line_end, len(self.text)) if one >= 0)
        before = [self._flow_key(found, end) for found in _FLOW_KEY.finditer(self.text, opening, place)]
        after = [self._flow_key(found, end) for found in _FLOW_KEY.finditer(self.text, place, end)]
        return [*after, *before]

    def _flow_key(self, found: re.Match[str], end: int) -> Key:
        value = re.split(r"[,}\]]", self.text[found.end() : end], maxsplit=1)[0]
        return Key(found["key"], found.start("key"), value.strip().strip("\"'"), found.start())


def front_matter(text: str) -> tuple[int, int]:
    """Where the properties of a text stand, without the lines around them; (0, 0) where it has none."""
    front = _FRONT.match(text)
    return front.span("inside") if front else (0, 0)


def _enclosing(text: str, start: int, place: int) -> int | None:
    """Where the brace opens that is open at a place."""
    depth = 0
    for at in range(place - 1, start - 1, -1):
        if text[at] == "}":
            depth += 1
        elif text[at] == "{":
            if depth == 0:
                return at + 1
            depth -= 1
    return None


def first_of(keys: Sequence[Key], names: frozenset[str]) -> Key | None:
    """The first of these keys that has one of the names."""
    return next((key for key in keys if key.name.lower() in names), None)
