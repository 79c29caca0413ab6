"""What a list of sources may be sorted by: its own fields, and the facts that the places of texts count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kb.errors import UsageError
from kb.model import facts
from kb.text.spelling import one_of

SourceField = Literal["published", "added", "updated", "title", "kind"]
FIELDS: tuple[str, ...] = (*get_args(SourceField), *facts.NAMES)


@dataclass(frozen=True, slots=True)
class Sort:
    """The field to sort by: the latest, the most or the first of the alphabet comes first, with `reverse` last."""

    field: str
    reverse: bool = False


def sort_of(text: str) -> Sort:
    """What `karma`, or turned round `-karma`, asks for.

    Raises:
        UsageError: there is no such field.
    """
    name = text.removeprefix("-").strip().lower()
    if name not in FIELDS:
        raise UsageError(f"no field {name!r} to sort by", one_of(name, FIELDS))
    return Sort(name, text.startswith("-"))
