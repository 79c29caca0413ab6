"""Optional judges of how two statements bear on each other: off by default, never needed, never believed unseen.

A judge is asked about pairs that are near in meaning. What it says becomes a suggestion with the judge's basis and
name, and only where the words it points to stand verbatim in the statements. Answers are kept (`ask`), so that nothing
is asked, or paid for, twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kb.model.words import Basis, Relation

Answer = Mapping[str, Any]
"""What a judge said, as it said it: kept as JSON. `proposal` reads it anew each time."""


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
class Pair:
    """Two statements to be judged; `score` is why they were chosen (cosine)."""

    a: Side
    b: Side
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """`start` stands in `relation` to `end`; the spans are the words of each that show it, verbatim in their quotes."""

    start: Side
    end: Side
    relation: Relation
    score: float
    start_span: str
    end_span: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that cannot be used; `why` in a few words, the same for the same fault."""

    why: str


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


class Judge(Protocol):
    """`basis` and `name` are kept with what it proposes; `batch` pairs are asked about, and their answers kept, at
    a time."""

    basis: Basis
    name: str
    batch: int

    def question(self, pair: Pair) -> str:
        """All that the answer depends on: model, wording, texts. Equal questions have equal answers."""

    def cost(self, pairs: Sequence[Pair]) -> Cost:
        """What asking about these would cost."""

    def answers(self, pairs: Sequence[Pair]) -> list[Answer]:
        """What it says about each.

        Raises:
            KbError: it cannot be asked.
        """

    def proposal(self, pair: Pair, answer: Answer) -> Proposal | Refused | None:
        """What an answer comes to; None where it sees no relation, or cannot tell."""
