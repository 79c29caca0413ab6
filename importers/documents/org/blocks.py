"""The blocks of Org between headings: lists, tables, what stands between `#+BEGIN` and `#+END`, drawers, properties."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from importers.documents.made import Element, code, element, formula
from importers.documents.org.inline import Reading, fill

_KEYWORD = re.compile(r"[ \t]*#\+(?P<name>\w[\w-]*)(?:\[[^\]]*\])?:[ \t]*(?P<value>.*)$")
_BEGIN = re.compile(r"[ \t]*#\+begin_(?P<kind>\S+)[ \t]*(?P<more>.*)$", re.I)
_DRAWER = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*$")
_PROPERTY = re.compile(r"[ \t]*:(?P<name>[\w+-]+):[ \t]*(?P<value>.*?)[ \t]*$")
_PLAN = re.compile(r"[ \t]*(?:(?:SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[][^>\]]*[>\]][ \t]*)+$")
_CLOCK = re.compile(r"[ \t]*CLOCK:[ \t]*\[")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-+]|(?<=[ \t])\*|\d+[.)]|[a-zA-Z][.)])(?:[ \t]+|$)(?:\[@\d+\][ \t]*)?")
_BOX = re.compile(r"\[([ xX-])\][ \t]+")
_TERM = re.compile(r"(?P<term>\S.*?)[ \t]+::(?:[ \t]+|$)")
_END = re.compile(r"^(?P<whole>[ \t]*(?:#\+end_\S+|:end:)[ \t]*)$|\\end\{[A-Za-z]+\*?\}", re.I)
_CAPTION = re.compile(r"[ \t]*#\+caption(?:\[[^\]]*\])?:[ \t]*(?P<words>\S.*)$", re.I)
_MARK = re.compile(r"(?:<[lcr]?\d*>)?|/|[<>]+")
_ESCAPED = re.compile(r"^([ \t]*),(?=,*(?:\*|#\+))")
_ROW = re.compile(r"[ \t]*\|")
_RULE = re.compile(r"[ \t]*\|-[-+| \t]*$")
_NOTE = re.compile(r"\[fn:(?P<name>[\w-]+)\][ \t]*(?P<words>.*)$")
_ENVIRONMENT = re.compile(r"[ \t]*\\begin\{(?P<name>[A-Za-z]+\*?)\}")
_PLAIN_MATH = {"equation", "equation*", "displaymath", "math"}
_LINE = re.compile(r"[ \t]*-{5,}[ \t]*$")
_FIXED = re.compile(r"[ \t]*:(?: (?P<words>.*)|)$")
_REMARK = re.compile(r"[ \t]*#(?:\s|$)")
_ADMONITIONS = {"note", "tip", "warning", "important", "caution"}
_DEEPEST = 40


class _Lines(list[str]):
    """Lines, with the places where what is opened in them may end, so that what never ends is found at once."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self.ends: dict[str, list[int]] = {}
        for number, line in enumerate(self):
            for found in _END.finditer(line):
                self.ends.setdefault((found["whole"] or "").strip().lower() or found[0], []).append(number)

    def end(self, closing: str, start: int) -> int:
        """The number of the first line from a place on with a closing sign; -1 where there is none."""
        places = self.ends.get(closing, [])
        at = bisect_left(places, start)
        return places[at] if at < len(places) else -1


@dataclass(slots=True)
class Page:
    """What a file says of itself, and its blocks."""

    made: list[Element] = field(default_factory=list)
    keywords: dict[str, list[str]] = field(default_factory=dict)  # by name in small letters
    properties: list[tuple[str, str]] = field(default_factory=list)
    """Of the whole file: what stands before the first heading."""
    ids: list[str] = field(default_factory=list)
    """Of the file and of its headings."""


@dataclass(slots=True)
class Blocks:
    """Reads lines between headings."""

    page: Page
    reading: Reading
    notes: dict[str, list[str]]

    def read(self, given: list[str], depth: int, *, first: bool = False) -> list[Element]:
        lines = _Lines(given)
        into: list[Element] = []
        paragraph: list[str] = []
        at = 0
        ways: tuple[Callable[[_Lines, int, int, list[Element]], int], ...] = (
            self._between, self._drawer, self._list, self._table, self._note, self._environment, self._fixed,
        )  # fmt: skip
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                self._end(paragraph, into)
                at += 1
                continue
            if caption := _CAPTION.match(line):
                self._end(paragraph, into)
                paragraph.append(caption["words"])
                self._end(paragraph, into)
                at += 1
                continue
            if self._is_silent(line, at, first):
                self._end(paragraph, into)
                at += 1
                continue
            if _LINE.match(line):
                self._end(paragraph, into)
                into.append(element("hr"))
                at += 1
                continue
            made: list[Element] = []
            after = next((end for way in ways if (end := way(lines, at, depth, made)) > at), at)
            if after > at:
                self._end(paragraph, into)
                into += made
                at = after
            else:
                paragraph.append(line.strip())
                at += 1
        self._end(paragraph, into)
        return into

    def _end(self, paragraph: list[str], into: list[Element]) -> None:
        if paragraph:
            made = element("p")
            fill(made, "\n".join(paragraph), self.reading)
            into.append(made)
            paragraph.clear()

    def _is_silent(self, line: str, at: int, first: bool) -> bool:
        """Whether a line is none of the text: a keyword, a comment, a date of a task."""
        if (keyword := _KEYWORD.match(line)) and not _BEGIN.match(line):
            name, value = keyword["name"].lower(), keyword["value"].strip()
            self.page.keywords.setdefault(name, []).append(value)
            self.reading.left["included file"] += name == "include"
        elif first and (found := _PROPERTY.match(line)) and found["value"] and at < 3:
            self._property(found)
        elif _PLAN.match(line) or _CLOCK.match(line):
            self.reading.left["date of a task" if _PLAN.match(line) else "time log"] += 1
        elif _REMARK.match(line):
            self.reading.left["comment"] += 1
        else:
            return False
        return True

    def _property(self, found: re.Match[str]) -> None:
        name, value = found["name"].lower(), found["value"]
        if name in {"id", "custom_id"} and value:
            self.page.ids.append(value)
        if not self.page.made:
            self.page.properties.append((name, value))

    def _drawer(self, lines: _Lines, at: int, _depth: int, _made: list[Element]) -> int:
        if (found := _DRAWER.match(lines[at])) is None:
            return at
        end = lines.end(":end:", at + 1)
        if end < 0:
            return at
        if found["name"].lower() == "properties":
            for line in lines[at + 1 : end]:
                if one := _PROPERTY.match(line):
                    self._property(one)
        else:
            self.reading.left["drawer"] += 1
        return end + 1

    def _between(self, lines: _Lines, at: int, depth: int, made: list[Element]) -> int:
        if (begin := _BEGIN.match(lines[at])) is None:
            return at
        kind = begin["kind"].lower()
        end = lines.end(f"#+end_{kind}", at + 1)
        if end < 0:
            return at
        inside = lines[at + 1 : end]
        if kind in {"src", "example"}:
            plain = [_ESCAPED.sub(r"\1", line) for line in _outdented(inside)]
            made.append(code("\n".join(plain), begin["more"].split(" ")[0] if kind == "src" else ""))
        elif kind == "verse":
            made.append(self._verse(inside))
        elif kind in {"comment", "export", "html", "latex"}:
            self.reading.left["comment" if kind == "comment" else "raw block"] += 1
        elif depth > _DEEPEST:
            made.append(element("p", "\n".join(inside)))
        else:
            told = kind in _ADMONITIONS
            block = element("blockquote" if told or kind == "quote" else "div")
            if told:
                block.append(element("p", element("strong", kind.capitalize())))
            for part in self.read(inside, depth + 1):
                block.append(part)
            made.append(block)
        return end + 1

    def _verse(self, lines: list[str]) -> Element:
        made = element("p")
        for number, line in enumerate(lines):
            if number:
                made.append(element("br"))
            fill(made, line.strip(), self.reading)
        return made

    def _environment(self, lines: _Lines, at: int, _depth: int, made: list[Element]) -> int:
        if (found := _ENVIRONMENT.match(lines[at])) is None:
            return at
        closing = rf"\end{{{found['name']}}}"
        end = lines.end(closing, at)
        if end < 0:
            return at
        tex = "\n".join(lines[at : end + 1]).strip()
        if found["name"] in _PLAIN_MATH:
            tex = tex.removeprefix(rf"\begin{{{found['name']}}}").rpartition(closing)[0]
        made.append(element("p", formula(tex.strip(), display=True)))
        return end + 1

    def _fixed(self, lines: _Lines, at: int, _depth: int, made: list[Element]) -> int:
        end = at
        while end < len(lines) and _FIXED.match(lines[end]):
            end += 1
        if end > at:
            made.append(code("\n".join((found["words"] or "") for n in lines[at:end] if (found := _FIXED.match(n)))))
        return end

    def _table(self, lines: _Lines, at: int, _depth: int, made: list[Element]) -> int:
        end = at
        while end < len(lines) and _ROW.match(lines[end]):
            end += 1
        rows = lines[at:end]
        rule = next((n for n, row in enumerate(rows) if _RULE.match(row) and n), 0)
        table = element("table")
        for number, row in enumerate(rows):
            cells = row.strip().strip("|").split("|")
            if not _RULE.match(row) and not all(_MARK.fullmatch(cell.strip()) for cell in cells):
                line = element("tr")
                for cell in cells:
                    inner = element("th" if number < rule else "td")
                    fill(inner, cell.strip(), self.reading)
                    line.append(inner)
                table.append(line)
        if len(table):
            made.append(table)
        return end

    def _note(self, lines: _Lines, at: int, _depth: int, _made: list[Element]) -> int:
        if (found := _NOTE.match(lines[at])) is None:
            return at
        end, blank = at + 1, 0
        while end < len(lines) and not _NOTE.match(lines[end]) and blank < 2:
            blank = 0 if lines[end].strip() else blank + 1
            end += 1
        self.notes.setdefault(found["name"], [found["words"], *lines[at + 1 : end]])
        return end

    def _list(self, lines: _Lines, at: int, depth: int, made: list[Element]) -> int:
        first = _ITEM.match(lines[at])
        if first is None or depth > _DEEPEST:
            return at
        width = _width(first["indent"])
        ordered = lines[at].strip()[:1].isalnum()
        parts: list[Element] = []
        while at < len(lines) and (item := _ITEM.match(lines[at])) and _width(item["indent"]) == width:
            end, blank = at + 1, 0
            while end < len(lines) and blank < 2:
                if lines[end].strip() and _width(lines[end]) <= width:
                    break
                blank = 0 if lines[end].strip() else blank + 1
                end += 1
            rest = [lines[at][item.end() :], *_outdented(lines[at + 1 : end])]
            self._item(rest, depth, parts)
            at = end
        terms = any(part.tag == "dt" for part in parts)
        made.append(element("dl" if terms else "ol" if ordered else "ul", *parts))
        return at

    def _item(self, lines: list[str], depth: int, parts: list[Element]) -> None:
        box = _BOX.match(lines[0])
        lines[0] = lines[0][box.end() :] if box else lines[0]
        tag = "li"
        if term := _TERM.match(lines[0]):
            made = element("dt")
            fill(made, term["term"], self.reading)
            parts.append(made)
            lines[0], tag = lines[0][term.end() :], "dd"
        inside = self.read(lines, depth + 1)
        if inside and inside[0].tag == "p":
            inside[0].tag = "span"
        parts.append(element(tag, *inside))
        if box:
            parts[-1].set("data-checked", "false" if box[1] in " -" else "true")


def _width(line: str) -> int:
    """Columns before the first sign; a tab goes to the next eighth."""
    plain = line.expandtabs(8)
    return len(plain) - len(plain.lstrip())


def _outdented(lines: list[str]) -> list[str]:
    plain = [line.expandtabs(8) if line[:1] in " \t" else line for line in lines]
    least = min((len(line) - len(line.lstrip()) for line in plain if line.strip()), default=0)
    return [line[least:] if line.strip() else "" for line in plain]
