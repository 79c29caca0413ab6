"""Markdown tables, and their places in a page that people write otherwise.

A place is `<!-- generated: NAME -->`, the table, `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_PLACE = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.S)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, with a line end after each row."""
    lines = [_line(head), "|" + "---|" * len(head), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def filled(page: str, tables: Mapping[str, str]) -> str:
    """The page with each table in its place.

    Raises:
        KeyError: the page has a place for a table that is not given.
        ValueError: it has no place for one that is, or two.
    """
    if sorted(found["name"] for found in _PLACE.finditer(page)) != sorted(tables):
        raise ValueError(f"the page must have one place for each of: {', '.join(tables)}")
    return _PLACE.sub(lambda found: found[1] + tables[found["name"]] + found[3], page)


def code(words: Iterable[str]) -> str:
    """Words as code, commas between."""
    return ", ".join(f"`{word}`" for word in words)


def _line(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell.replace('|', chr(92) + '|')} " if cell else " " for cell in cells) + "|"
