"""A part of a text that has a role by a label of its own, or by the group that it is in."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.labels.vocabulary import Role
from kb.extract.model import Span

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A part with a role. `words` is what it says, `whole` with its label, both spans of the text."""

    role: Role
    word: str
    block: int
    words: Span
    whole: Span
    path: Path  # the section it speaks in: that of a group is the one around it
    number: str | None = None
    answers: str | None = None
    answered: Role | None = None
    under: int | None = None  # the block that it hangs under
    group: int | None = None  # which group of its like it belongs to, named by no label of its own
    row: int | None = None  # parts of one row of a table
    within: Path | None = None  # of a heading with a label: the section that it heads
    after: bool = False  # it stands in the section of an objection, after the reply: `path` is that of the objection
    apart: bool = False  # a paragraph that is no point stands right before it
    subject: Span | None = None  # the cell of the row that says what is spoken about
