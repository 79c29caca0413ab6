"""JSON, CSV and XML out of files that people have: parsed within limits, refused with the line where they break."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import Any
from xml.etree import ElementTree

from importers.base import Input
from kb.errors import KbError
from kb.text.json_values import json_value
from kb.text.strings import squash

_AGAIN = "export it again: it looks cut off or damaged"
_MAX_FIELD = 32_000_000  # characters; the csv module refuses longer fields than its limit


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with the line on which it ends; a column that it lacks is empty."""

    line: int
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields.get(column.casefold(), "").strip()


def read_json(source: Input) -> Any:
    """The value of a JSON text.

    Raises:
        KbError: it is none; the message names line and column.
    """
    try:
        return loads(source.text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise KbError(f"{source.called} is not valid JSON at {where}: {error.msg}", _AGAIN) from None
    except RecursionError:
        raise KbError(f"{source.called} is nested too deep", "this is no export that kb knows") from None
    except ValueError as error:  # a number of thousands of digits
        raise KbError(f"{source.called} cannot be read as JSON: {error}", _AGAIN) from None


@lru_cache(maxsize=1)
def loads(text: str) -> Any:
    """The value of a JSON text, not to be changed: who asks next what a file is gets the same one.

    Raises:
        ValueError, RecursionError: it is none, or one that cannot be read.
    """
    return json_value(text)


def json_rows(source: Input, *names: str) -> list[dict[str, Any]]:
    """The objects in a JSON array, or in the array under one of the names in an object.

    Raises:
        KbError: not JSON, or no such array.
    """
    value = read_json(source)
    if isinstance(value, dict):
        value = next((value[name] for name in names if isinstance(value.get(name), list)), None)
    if not isinstance(value, list):
        expected = " or ".join(f'"{name}"' for name in names)
        raise KbError(f"{source.called} holds no list {f'under {expected}' if names else 'of records'}", _AGAIN)
    return [row for row in value if isinstance(row, dict)]


def held(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under a name; an empty one where there is none."""
    value = item.get(name)
    return value if isinstance(value, dict) else {}


def listed(item: Mapping[str, Any], name: str) -> list[Any]:
    """The list under a name; empty where there is none."""
    value = item.get(name)
    return value if isinstance(value, list) else []


def objects(item: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in the list under a name."""
    return [one for one in listed(item, name) if isinstance(one, dict)]


def labels(item: Mapping[str, Any], name: str) -> list[str]:
    """The words in the list under a name: strings, or objects with a `name` or `tag`."""
    found = [
        one if isinstance(one, str) else str(one.get("name") or one.get("tag") or "")
        for one in listed(item, name)
        if isinstance(one, str | dict)
    ]
    return [squash(words) for words in found if words.strip()]


def header(text: str) -> list[str]:
    """The columns that the first line of a CSV file names, in lower case."""
    first = text.lstrip("\n").split("\n", 1)[0]
    try:
        return [column.strip().casefold() for column in next(csv.reader([first]), [])]
    except csv.Error:
        return []


def read_csv(source: Input) -> tuple[list[Row], list[str]]:
    """The rows of a CSV file with a header, and what was odd about some of them.

    Raises:
        KbError: the file ends inside a quoted field; the message names the line where that field's row begins.
    """
    before = csv.field_size_limit(_MAX_FIELD)
    try:
        return _rows(source, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            message = f"{source.called} ends inside a quoted field that begins after line {_last_whole(source)}"
            raise KbError(message, _AGAIN) from None
    finally:
        csv.field_size_limit(before)
    try:
        rows, problems = _rows(source, strict=False)  # a quote inside a field that is not doubled
    except csv.Error as error:
        raise KbError(f"{source.called} is not valid CSV: {error}", _AGAIN) from None
    return rows, [*problems, "quotes inside fields are not doubled: some fields may be cut wrongly"]


def _rows(source: Input, *, strict: bool) -> tuple[list[Row], list[str]]:
    columns: list[str] | None = None
    rows: list[Row] = []
    problems: list[str] = []
    reader = csv.reader(StringIO(source.text), strict=strict)
    for values in reader:
        if not any(value.strip() for value in values):
            continue
        if columns is None:
            columns = [column.strip().casefold() for column in values]
            continue
        if len(values) != len(columns):
            problems.append(f"line {reader.line_num}: {len(values)} fields where the header has {len(columns)}")
        rows.append(Row(reader.line_num, dict(zip(columns, values, strict=False))))
    return rows, problems


def _last_whole(source: Input) -> int:
    reader, line = csv.reader(StringIO(source.text), strict=True), 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error:
        pass
    return line


_PROLOG = re.compile(
    r"\s*+(?:<\?(?:(?!\?>).)*+\?>\s*+|<!--(?:(?!-->).)*+-->\s*+)*+(?P<next><!DOCTYPE|<[\w:]+)", re.S | re.I
)


def root_tag(text: str) -> str:
    """The name of the outermost element of an XML text, as written, in lower case; "" where it is no XML."""
    found = _PROLOG.match(text[:20_000])
    if found and found["next"].upper() == "<!DOCTYPE":
        after = re.compile(r"<([A-Za-z][\w:]*)").search(text, found.end())
        return after[1].lower() if after else ""
    return found["next"][1:].lower() if found else ""


def read_xml(source: Input) -> ElementTree.Element:
    """The tree of an XML text. Entities are not expanded: a text that declares some is refused.

    Raises:
        KbError: not well-formed; the message names line and column. Or it declares entities.
    """
    found = _PROLOG.match(source.text)
    if found and found["next"].upper() == "<!DOCTYPE" and "<!ENTITY" in source.text:
        raise KbError(f"{source.called} declares XML entities, which kb does not expand", "remove its DOCTYPE")
    try:
        return ElementTree.fromstring(source.text)
    except ElementTree.ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        message = f"{source.called} is not well-formed XML at line {line}, column {column + 1}: {reason}"
        raise KbError(message, _AGAIN) from None
    except (ValueError, RecursionError) as error:
        raise KbError(f"{source.called} cannot be read as XML: {error}", _AGAIN) from None


def children(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """The children of that name, whatever their namespace."""
    return [child for child in element if local(child) == name]


def inner(element: ElementTree.Element, *names: str) -> str:
    """The words of the first child that bears one of the names and has words; "" where none does."""
    for name in names:
        for child in children(element, name):
            if words := "".join(child.itertext()).strip():
                return words
    return ""


def local(element: ElementTree.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
