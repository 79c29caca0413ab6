"""Records as JSON: a frozen dataclass is an object with its fields, in their order.

A field's metadata may give it another name in JSON (`{"json": "from"}`), leave it out (`{"json": None}`), or leave it
out where it is empty (`{"optional": True}`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]
"""What a JSON document may hold."""

JsonObject = dict[str, JsonValue]


def json_form(value: object) -> JsonValue:
    """A value, and all that is in it, as JSON. Sets come sorted.

    Raises:
        TypeError: it holds something that has no such form.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        form: JsonObject = {}
        for one in fields(value):
            name, inner = one.metadata.get("json", one.name), getattr(value, one.name)
            if name is not None and not (one.metadata.get("optional") and _empty(inner)):
                form[name] = json_form(inner)
        return form
    if isinstance(value, Mapping):
        return {str(key): json_form(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return [json_form(inner) for inner in sorted(value)]
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [json_form(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def json_object(record: object) -> JsonObject:
    """A record as a JSON object, to which more may be added."""
    form = json_form(record)
    assert isinstance(form, dict)
    return form


def _empty(value: object) -> bool:
    """Whether there is nothing to say; a zero is something."""
    return value is None or value is False or (not isinstance(value, int | float) and not value)
