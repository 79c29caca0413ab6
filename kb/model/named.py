"""What has an id, as a REF names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NamedKind = Literal["source", "statement", "link", "passage", "proposal"]
Manner = Literal["whole", "begins", "words", "beginnings"]
"""Of a title and words: they are all of it; it begins with them; it has them; it has words that begin with them."""
Names = Literal["source", "person"]
"""Whose words: those of titles, or of people's names."""
Place = Literal["text", "comment", "stub"]
"""Of a source among those that words may mean: a title of its own, that of what it is a comment on, or a stub's."""


@dataclass(frozen=True, slots=True)
class Named:
    """A source, statement, link, passage or proposal: its id, and in `label` its title, its text, or a relation."""

    kind: NamedKind
    id: str
    label: str
    citekey: str = ""
