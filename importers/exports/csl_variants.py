"""CSL-JSON as programs write it beside the standard: one item alone, items by their ids, titles in lists (Crossref),
dates and people as words."""

from __future__ import annotations

import re
from typing import Any

from importers.base import Input
from importers.exports.parsing import read_json
from kb.errors import KbError
from kb.model.bibliography import DATE_FIELDS, NAME_FIELDS
from kb.text.dates import read_loosely
from kb.text.person_names import as_said

_LISTS = ("items", "references", "message", "data")
_ONCE = ("title", "container-title", "short-title", "title-short", "ISSN", "ISBN", "URL", "DOI", "archive")


def rows(source: Input, problems: list[str]) -> list[dict[str, Any]]:
    """The items of a file in the standard form; what is none is told in `problems`.

    Raises:
        KbError: not JSON, or no items in it.
    """
    value = read_json(source)
    for _ in range(3):
        if isinstance(value, dict) and "type" not in value and "title" not in value:
            inside = next((value[name] for name in _LISTS if isinstance(value.get(name), dict | list)), None)
            if inside is None:
                break
            value = inside
    if isinstance(value, dict):
        by_id = [{"id": name, **one} for name, one in value.items() if isinstance(one, dict)]
        value = [value] if "type" in value or "title" in value else [one for one in by_id if "type" in one]
    if not isinstance(value, list) or not value:
        raise KbError(f"{source.called} holds no list of items", "export it again: it looks cut off or damaged")
    found = [_standard(one) for one in value if isinstance(one, dict)]
    if len(found) < len(value):
        problems.append(f"{len(value) - len(found):,} of {len(value):,} items are no objects, they are left out")
    return found


def _standard(item: dict[str, Any]) -> dict[str, Any]:
    changed = dict(item)
    for name in _ONCE:
        value = item.get(name)
        if isinstance(value, list):
            changed[name] = next((one for one in value if isinstance(one, str | int)), "")
    for name in NAME_FIELDS:
        if name in item:
            changed[name] = _people(item[name])
    for name in DATE_FIELDS:
        if name in item:
            changed[name] = _date(item[name])
    if "issued" not in item and isinstance(item.get("year"), str | int):
        changed["issued"] = str(item["year"])
    return changed


def _people(value: Any) -> list[Any]:
    people = value if isinstance(value, list) else [value]
    return [_person(one) for one in people if isinstance(one, dict | str)]


def _person(one: dict[str, Any] | str) -> dict[str, Any]:
    if isinstance(one, dict):
        named = one.get("name")
        return {**one, "literal": named} if isinstance(named, str) and not one.get("family") else one
    family, comma, given = (part.strip() for part in one.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": as_said(one)}


def _date(value: Any) -> Any:
    """A date whose parts stand in no list of their own, under their names, or as words."""
    if isinstance(value, list):
        value = value[0] if value and isinstance(value[0], dict) else {"date-parts": value}
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if isinstance(parts, str | int):
            return _date(str(parts))
        if isinstance(parts, list) and parts and not isinstance(parts[0], list):
            return {**value, "date-parts": [parts]}
        if not parts and isinstance(value.get("year"), str | int):
            named = [value.get(name) for name in ("year", "month", "day")]
            return {"date-parts": [[one for one in named if isinstance(one, str | int)]]}
        words = value.get("raw") or value.get("literal")
        return _date(words) if not parts and isinstance(words, str) else value
    when = read_loosely(value) if isinstance(value, str | int) else None
    if when and re.fullmatch(r"\d{4}(-\d\d){0,2}", when[:10]) and not re.search(r"[/~]|circa|ca\.", str(value)):
        return {"date-parts": [[int(part) for part in when[:10].split("-")]]}
    return {"raw": str(value)}
