"""What an edit changes: one field of a source or statement, as it was and as it is."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | tuple[str, ...] | None
"""A text, several texts (authors, tags), or nothing."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by the name that people give it (`date`, `tags`), and what it held before and holds now."""

    field: str
    old: Value
    new: Value
