"""What has an id, as a REF names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NamedKind = Literal["source", "statement", "link", "passage"]


@dataclass(frozen=True, slots=True)
class Named:
    """A source, statement, link or passage: its id, and in `label` its title, its text, or a link's relation."""

    kind: NamedKind
    id: str
    label: str
    citekey: str = ""
