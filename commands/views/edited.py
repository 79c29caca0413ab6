"""What an edit changed, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commands import output
from kb.text.strings import clip, squash

if TYPE_CHECKING:
    from kb.model.field_change import FieldChange, Value

_LONG = 300  # characters of a value that are shown


def change_lines(changes: Iterable[FieldChange]) -> list[str]:
    """A line a field: of lists what came and went, else the old value and the new."""
    lines: list[str] = []
    for one in changes:
        head = f"  {one.field}: "
        if one.field in {"tags", "aliases"} and isinstance(one.old, tuple) and isinstance(one.new, tuple):
            came = [output.style(f"+{name}", "green") for name in one.new if name not in one.old]
            went = [output.style(f"-{name}", "red") for name in one.old if name not in one.new]
            lines.append(head + " ".join([*came, *went]))
            continue
        lines += output.wrapped(f"{_value(one.old)} → {_value(one.new)}", " " * len(head), head)
    return lines


def _value(value: Value) -> str:
    words = "; ".join(value) if isinstance(value, tuple) else value
    return clip(squash(words), _LONG) if words else "none"
