"""Front matter of a note: the YAML (or JSON) between `---` lines at its very first character.

Scalars stay strings: `007`, `yes` and `2024-05-01` are what the person wrote, not a number, a truth value
and a date. Broken YAML is read line by line instead, and `problems` says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kb.model.document import Reference
from notes.markdown import flat_front_matter
from notes.markdown.inline import scan, urls

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
Metadata: TypeAlias = dict[str, Value]

URL_KEYS = frozenset(
    {"url", "href", "source", "link", "links", "lw-page-url", "canonical"}
    | {
        f"{what}{sign}{of}"
        for what in ("original", "source", "canonical", "page")
        for of in ("url", "link")
        for sign in "_-"
    }
)
"""The keys whose URLs point at a source; other URLs in front matter are pictures, feeds and the like."""

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_KEY_LINE = re.compile(r"[ \t]*([\"']?)([^\W\d][^:#\[\]{}\"'\n]{0,60}?)\1[ \t]*:(?:[ \t]+(.*))?$")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)$")
_FLOW_LIST = re.compile(r"\[(?!\[)(.*)\]$")
_KEY_BEFORE = re.compile(r"(?:^|[{,])[ \t]*(?:-[ \t]+)?[\"']?([\w-]+)[\"']?[ \t]*:(?=[\s\"'\[])", re.MULTILINE)
_SHORT = 4_000  # characters of what is kept
_LINKED = re.compile(r"\[\[|\]\(|@|\(\(|cite[a-z]*:")
_LARGEST = 20_000  # values; more than that is a document that multiplies its own anchors


def split(text: str) -> tuple[Metadata, int, list[str]]:
    """Splits a note into `(metadata, where the body begins, problems)`; never raises.

    Front matter that is not closed, or holds nothing that looks like `key: value`, is body text.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return {}, 0, []
    raw = text[opening.end() : closing.start()]
    try:
        metadata = _load(raw)
    except _BrokenError as broken:
        # The parser numbers lines from 0 and does not see the opening `---`.
        problem = f"front matter: {broken.problem}, line {broken.line + 2}"
        lenient = _read_lines(raw) if _looks_like_properties(raw) else {}
        return (lenient, closing.end(), [problem]) if lenient else ({}, 0, [])
    return ({}, 0, []) if metadata is None else (metadata, closing.end(), [])


def references(text: str, body_start: int) -> list[Reference]:
    """The links and citations anywhere in the front matter and the URLs under `URL_KEYS`, in text order."""
    found: list[Reference] = []
    if body_start and _LINKED.search(text, 0, body_start):
        found += [one for one in scan(text, 0, body_start).references if "://" not in one.target or one.raw[0] == "["]
    taken = [(reference.start, reference.end) for reference in found]
    keys = [(match.end(), match.group(1).lower()) for match in _KEY_BEFORE.finditer(text, 0, body_start)]
    for link in urls(text, 0, body_start):
        key = next((name for end, name in reversed(keys) if end <= link.start), "")
        inside = any(start < link.start < end for start, end in taken)  # [[https://…]] is found already
        if key in URL_KEYS and not inside:
            found.append(link)
    return sorted(found, key=lambda reference: reference.start)


class _BrokenError(Exception):
    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def _load(raw: str) -> Metadata | None:
    """The mapping written in `raw`, {} where it is blank, None where it is something else than a mapping."""
    try:
        data = (_parsed if len(raw) < _SHORT else _parse)(raw)
        if data is None or data == "":
            return {}
        return _Plain().mapping(data) if isinstance(data, Mapping) else None
    except RecursionError:
        raise _BrokenError("values nest too deeply") from None


@lru_cache(maxsize=1_024)
def _parsed(raw: str) -> object:
    """The same, kept: an import reads the front matter of a note several times, and an edit seldom changes it.

    What is kept is only ever read.
    """
    return _parse(raw)


def _parse(raw: str) -> object:
    if (flat := flat_front_matter.read(raw)) is not None:
        return flat
    if raw.lstrip().startswith("{"):
        try:
            # numbers as they are written
            return json.loads(raw, parse_int=str, parse_float=str, parse_constant=str)
        except json.JSONDecodeError:
            pass  # flow-style YAML looks like this too
    loader = YAML(typ="base", pure=True)  # base: no implicit types
    loader.allow_duplicate_keys = True
    try:
        return loader.load(raw)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _BrokenError(str(error.problem or error.context), mark.line if mark else 0) from error
    except YAMLError as error:
        raise _BrokenError((str(error).splitlines() or ["not YAML"])[0]) from error
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError) as error:
        # the parser's own slips on strange input
        raise _BrokenError(f"not YAML ({type(error).__name__})") from error


class _Plain:
    """Turns what a parser gave into strings, lists and dicts; counts values, so that it cannot run away."""

    def __init__(self) -> None:
        self.left = _LARGEST

    def mapping(self, data: Mapping[object, object]) -> Metadata:
        return {self._scalar(key): self._value(value) for key, value in data.items()}

    def _value(self, data: object) -> Value:
        self.left -= 1
        if self.left < 0:
            raise _BrokenError("too many values")
        if isinstance(data, Mapping):
            return self.mapping(data)
        if isinstance(data, (list, tuple)):
            values: list[Value] = [self._value(value) for value in data]
            inner = values[0] if len(values) == 1 else None
            if isinstance(inner, list) and inner and all(isinstance(name, str) for name in inner):
                return f"[[{', '.join(str(name) for name in inner)}]]"  # an unquoted wikilink looks like this
            return values
        return self._scalar(data)

    @staticmethod
    def _scalar(data: object) -> str:
        if isinstance(data, bool):  # from JSON
            return "true" if data else "false"
        return "" if data is None else str(data)


def _looks_like_properties(raw: str) -> bool:
    """Whether at least half of the lines are `key: value` or items; otherwise this is prose between two rules."""
    lines = [line for line in raw.splitlines() if line.strip()]
    fitting = sum(line[0] in " \t#" or bool(_ITEM_LINE.match(line) or _KEY_LINE.match(line)) for line in lines)
    return bool(lines) and fitting * 2 >= len(lines)


def _read_lines(raw: str) -> Metadata:
    """What can be told from `key: value` and `- item` lines alone; other lines continue the value above."""
    found: Metadata = {}
    key = ""
    for line in raw.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, pair = _ITEM_LINE.match(line), _KEY_LINE.match(line)
        current = found.get(key, "")
        if item and key:
            entry = _unquote(item.group(1))
            found[key] = [*current, entry] if isinstance(current, list) else [*([current] if current else []), entry]
        elif pair:
            key = pair.group(2).strip()
            found[key] = _lenient_value((pair.group(3) or "").strip())
        elif key and isinstance(current, str):
            found[key] = f"{current} {line.strip()}".strip()
        elif key and isinstance(current, list):
            found[key] = [*current, line.strip()]
    return found


def _lenient_value(value: str) -> Value:
    if value in {"|", ">", "|-", ">-", "|+", ">+"}:
        return ""
    flow = _FLOW_LIST.match(value)
    if flow:
        return [_unquote(part) for part in flow.group(1).split(",") if part.strip()]
    return _unquote(value)


def _unquote(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
