"""Optional judges of what people say to each other: off by default, never needed, never believed unseen.

A judge is asked about items: two statements that are near in meaning, a reply with what it may answer, a part of a
text with its speakers. What it says becomes suggestions with the judge's basis and name, and only where the words that
it points to stand verbatim in the texts. Answers are kept (`ask`), so that nothing is asked, or paid for, twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from kb.model.words import Basis, Relation

Answer = Mapping[str, Any]
"""What a judge said, as it said it: kept as JSON. `suggestions` reads it anew each time."""

Item = TypeVar("Item")
AskedOf = TypeVar("AskedOf", contravariant=True)


@dataclass(frozen=True, slots=True)
class Side:
    """A statement as a judge sees it. `quote` is verbatim: what a judge points to must stand in it.

    `start` is the place of the quote in the text of `source`; `published` the day of that text, "" where unknown.
    """

    id: str
    kind: str
    text: str
    quote: str
    source: str
    start: int
    title: str = ""
    speaker: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A link that a judge proposes; `quote` is its evidence, verbatim at `place` in the text of `source`."""

    from_id: str
    relation: Relation
    to_id: str
    score: float
    source: str
    place: int
    quote: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a judge says of a statement, or of what else has an id: `field` (speaker, gloss, title) is `value`."""

    target: str
    field: str
    value: str
    score: float


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that cannot be used; `why` in a few words, the same for the same fault."""

    why: str


Suggested = Sequence[Drawn | Told] | Refused
"""What an answer comes to: nothing where the judge sees nothing, or cannot tell."""


@dataclass(frozen=True, slots=True)
class Trial(Generic[Item]):
    """An item of which the sign is known: a judge that does not see it gives no signs."""

    item: Item
    relation: Relation


@dataclass(frozen=True, slots=True)
class Cost:
    """What asking costs, estimated: calls to a server, tokens, and the price by the person's prices, if they gave any.

    A judge on this machine makes no calls.
    """

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    price: float | None = None
    to: str = ""


class Judge(Protocol[AskedOf]):
    """`basis` and `name` are kept with what it proposes; `batch` items are asked about, and their answers kept, at
    a time. What it `sends`, if anything, is told before. `trials` come in pairs, one the negation of the other."""

    @property
    def basis(self) -> Basis: ...
    @property
    def name(self) -> str: ...
    @property
    def batch(self) -> int: ...
    @property
    def sends(self) -> str: ...

    def trials(self) -> Sequence[Trial[Any]]:
        """What shows whether its signs can be used; nothing where it gives none, or where that is known."""

    def question(self, item: AskedOf) -> str:
        """All that the answer depends on: model, wording, texts. Equal questions have equal answers."""

    def cost(self, items: Sequence[AskedOf]) -> Cost:
        """What asking about these would cost."""

    def answers(self, items: Sequence[AskedOf]) -> list[Answer]:
        """What it says about each.

        Raises:
            KbError: it cannot be asked.
        """

    def suggestions(self, item: AskedOf, answer: Answer) -> Suggested:
        """What an answer comes to."""
