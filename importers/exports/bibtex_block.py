"""The inside of one `@…{…}` of a BibTeX file: its key and its fields, read as programs and people write them.

No key, two commas or none, a brace too many and a comment do not stop it; what was odd is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.text.strings import clip, squash

_BLANK = re.compile(r"(?:[\s,]+|%[^\n]*)*")
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"(?P<name>[^\s,={}\"#()%@]+)\s*=")
_WORD = {"}": re.compile(r"[^\s,#{}\"]+"), ")": re.compile(r"[^\s,#{}\"()]+")}
_KEY = {
    "}": re.compile(r"(?P<key>[^,={}\"]*)(?P<end>[,={}\"])"),
    ")": re.compile(r"(?P<key>[^,={}\")]*)(?P<end>[,={}\")])"),
}
_JUNK = {"}": re.compile(r"[^,{}\"\n]+|[{\"]"), ")": re.compile(r"[^,{}\")\n]+|[{\"]")}
_MORE = re.compile(r"\s*,\s*[A-Za-z][\w-]*\s*=\s*[{\"\w]|\s*\n\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
_AFTER = re.compile(rf"\s*(?:[,#}})]|{_NAME.pattern})")
_SIGNS = re.compile(r"[{}\"\\]")
_MAX_SAID = 1_000_000  # characters of a value, which strings that name strings could make endless
_DEEP = 10  # strings may name strings; deeper is a circle


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value: what stood in braces or quotes, or a bare word, which may be the name of a string."""

    text: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field with the line on which its value ends; the name is in small letters."""

    name: str
    pieces: tuple[Piece, ...]
    line: int


class BrokenError(Exception):
    """A brace or a quote has no end, or the file has one too early."""


def said(pieces: tuple[Piece, ...], strings: Mapping[str, str]) -> str:
    """What a value says: its parts joined, its names of strings looked up. A bare word that names none stays."""
    parts = (strings.get(one.text.lower(), one.text) if one.bare else one.text for one in pieces)
    return "".join(parts)[:_MAX_SAID]


def looked_up(strings: Mapping[str, tuple[Piece, ...]], known: Mapping[str, str]) -> dict[str, str]:
    """What each string says, in whatever order they name each other; `known` are those that need no definition."""
    found: dict[str, str] = dict(known)
    for _ in range(_DEEP):
        before = dict(found)
        found |= {name: said(pieces, before) for name, pieces in strings.items()}
        if found == before:
            break
    return found


class Block:
    """Reads from `at` to the closing sign, or to `limit` where it has none (`ended` is False then)."""

    def __init__(self, text: str, at: int, limit: int, closing: str, line_of: Callable[[int], int]) -> None:
        self.at = at
        self.key = ""
        self.fields: list[Field] = []
        self.odd: list[str] = []
        self.ended = False
        self._text, self._limit, self._closing, self._line_of = text, limit, closing, line_of

    def read_key(self) -> None:
        """The key, "" where fields come at once.

        Raises:
            BrokenError: the file ends in it.
        """
        found = _KEY[self._closing].match(self._text, self.at, self._limit)
        if not found:
            raise BrokenError("it is cut off")
        key, end = found["key"].strip(), found["end"]
        if end == ",":
            self.at = found.end()
        elif end == "=":  # the last word is a field already
            key, _, name = key.rpartition("\n") if "\n" in key else key.rpartition(" ")
            self.at = found.end("key") - len(found["key"]) + found["key"].rfind(name)
            if key.strip():
                self.odd.append(f"line {self._line_of(self.at)}: a comma may be missing after the key {squash(key)!r}")
        else:
            self.at = found.start("end")
        self.key = squash(key)

    def read_fields(self) -> None:
        """All fields up to the closing sign.

        Raises:
            BrokenError: a value has no end.
        """
        while True:
            self.at = self._past(_BLANK)
            if self.at >= self._limit:
                return
            if self._text[self.at] == self._closing:
                self.at += 1
                if not _MORE.match(self._text, self.at, self._limit):
                    self.ended = True
                    return
                self.odd.append(f"line {self._line_of(self.at)}: a brace may be one too many")
            elif name := _NAME.match(self._text, self.at, self._limit):
                self.at = name.end()
                self._field(name["name"].lower())
            else:
                self._junk()

    def _past(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self.at, self._limit)
        return found.end() if found else self.at

    def _field(self, name: str) -> None:
        pieces: list[Piece] = []
        while True:
            self.at = self._past(_SPACE)
            if self.at >= self._limit:
                raise BrokenError(f"{name!r} has no value before its end")
            if self._text[self.at] in '{"':
                end = self._closed(name)
                pieces.append(Piece(self._text[self.at + 1 : end]))
                self.at = end + 1
            elif word := _WORD[self._closing].match(self._text, self.at, self._limit):
                pieces.append(Piece(word[0], bare=True))
                self.at = word.end()
            sign = _SPACE.match(self._text, self.at, self._limit)
            after = sign.end() if sign else self.at
            if self._text[after : after + 1] != "#" or after >= self._limit:
                break
            self.at = after + 1
        pieces += self._rest(pieces)
        line = self._line_of(self.at)
        self.fields.append(Field(name, tuple(pieces), line))
        if pieces and after < self._limit and _NAME.match(self._text, self._past(_SPACE), self._limit):
            self.odd.append(f"line {line}: a comma may be missing after {name!r}")

    def _rest(self, pieces: list[Piece]) -> list[Piece]:
        """Further bare words of a value that stands in no braces (`year = in press`)."""
        rest: list[Piece] = []
        while pieces and pieces[-1].bare:
            at = self._past(_SPACE)
            word = _WORD[self._closing].match(self._text, at, self._limit)
            if not word or _NAME.match(self._text, at, self._limit):
                break
            rest.append(Piece(f" {word[0]}"))
            self.at = word.end()
        return rest

    def _closed(self, name: str) -> int:
        """Where the value that opens here closes: every brace counts, or, where that gives no sense, none behind a
        backslash."""
        ends = [end for escapes in (False, True) if (end := self._end(escapes)) is not None]
        if not ends:
            raise BrokenError(f"a brace or quote of {name!r} has no end")
        return next((end for end in ends if _AFTER.match(self._text, end + 1, self._limit)), ends[0])

    def _end(self, escapes: bool) -> int | None:
        opening, depth, skipped = self._text[self.at], 0, -1
        for found in _SIGNS.finditer(self._text, self.at + 1, self._limit):
            at, sign = found.start(), found[0]
            if at == skipped:
                continue
            if sign == "\\":
                # An escaped quote ends nothing; two backslashes are none.
                following = self._text[at + 1 : at + 2]
                skipped = at + 1 if following in '\\"' or escapes else skipped
            elif sign == "{":
                depth += 1
            elif sign == "}" and depth:
                depth -= 1
            elif (sign == "}" and opening == "{") or (sign == '"' == opening and not depth):
                return at
        return None

    def _junk(self) -> None:
        """Words where a field should be."""
        start = self.at
        if self._text[start] == "{":
            self.at = self._closed("an entry") + 1
        else:
            self.at = max(self._past(_JUNK[self._closing]), start + 1)
        words = squash(self._text[start : self.at]).strip('{}"')
        if words:
            self.odd.append(f"line {self._line_of(start)}: {clip(words, 40)!r} is no field, it is left out")
