"""What a site's JSON holds, read without trust: several values in a file, missing and odd fields, times as numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from importers.base import Input
from importers.exports import parsing
from kb.errors import KbError
from kb.text.dates import read_loosely
from kb.text.strings import squash

Node = Mapping[str, object]
"""One object of an answer. Fields may be missing, null or of another type; unknown ones do not matter."""

_MOST = 1_000_000  # values in one file
_BETWEEN = re.compile(r"[\s,\ufeff]*")


def objects(source: Input) -> list[Node]:
    """The objects of a JSON file: one, those of a list, of lists in a list, or of values one behind the other, as
    `gh api --paginate` and JSON Lines have them.

    Raises:
        KbError: it is no JSON, or too much.
    """
    found: list[Node] = []
    waiting = list(reversed(_values(source)))
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, Mapping):
            found.append(value)
        if len(waiting) + len(found) > _MOST:
            raise KbError(f"{source.called} holds more than {_MOST:,} values", "split it")
    return found


def looks_like(source: Input, *marks: str) -> bool:
    """Whether a text may be JSON and has all of these words in it; quick."""
    text = source.text
    return text[:200].lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and all(mark in text for mark in marks)


def sniffed(source: Input) -> list[Node]:
    """The same objects for a look at the content; none where it is no JSON."""
    try:
        return objects(source)
    except KbError:
        return []


def _values(source: Input) -> list[object]:
    try:
        return [parsing.loads(source.text)]
    except json.JSONDecodeError as error:
        if "Extra data" not in error.msg:
            return [parsing.read_json(source)]  # says what is wrong with it, and where
    except (ValueError, RecursionError):
        return [parsing.read_json(source)]
    return list(_one_behind_the_other(source))


def _one_behind_the_other(source: Input) -> Iterator[object]:
    decoder, text, at = json.JSONDecoder(), source.text, 0
    while True:
        blanks = _BETWEEN.match(text, at)
        at = blanks.end() if blanks else at
        if at >= len(text):
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, at) + 1
            raise KbError(f"{source.called} is not valid JSON behind line {line}: {error}", "export it again") from None
        yield value


def words(node: Node, *names: str) -> str:
    """The first of these fields that holds words, as they are; "" where none does. A number is words too."""
    for name in names:
        value = node.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return str(value)
    return ""


def line(node: Node, *names: str) -> str:
    """The same on one line."""
    return squash(words(node, *names))


def number(node: Node, *names: str) -> int | None:
    """The first of these fields that holds a whole number that a store can hold."""
    for name in names:
        value = node.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
            return value
    return None


def inner(node: Node, *names: str) -> Node:
    """The first of these fields that holds an object; an empty one where none does."""
    return next((value for name in names if isinstance(value := node.get(name), Mapping)), {})


def nodes(node: Node, *names: str) -> list[Node]:
    """The objects in the first of these fields that holds a list; in `nodes` of an object, as GraphQL has lists."""
    for name in names:
        value = node.get(name)
        if isinstance(value, Mapping):
            value = value.get("nodes")
        if isinstance(value, list):
            return [one for one in value if isinstance(one, Mapping)]
    return []


def labels(node: Node, *names: str) -> tuple[str, ...]:
    """The names in a list of words or of objects with a `name`, each once."""
    found: dict[str, None] = {}
    for name in names:
        value = node.get(name)
        if isinstance(value, Mapping):
            value = value.get("nodes")
        for one in value if isinstance(value, list) else ():
            said = squash(one) if isinstance(one, str) else line(one, "name") if isinstance(one, Mapping) else ""
            if said:
                found[said] = None
    return tuple(found)


def moment(node: Node, *names: str) -> str | None:
    """The first time among these fields as ISO 8601: words, or seconds or thousandths since 1970."""
    for name in names:
        value = node.get(name)
        big = isinstance(value, int | float) and not 0 < value < 1e15
        if value and not big and (read := read_loosely(value)):
            return read
    return None
