"""Planted negations: answers of which it is known what they bear on, each beside a claim and beside its opposite.

A model that does not see that a "not" turns the sign round is not believed about signs. The sentences are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model.words import Relation
from kb.suggest.judges import Side

LEAST = 5 / 6
"""Share of the pairs, claim and negation, of which both signs must be right."""

_PLANTED: tuple[tuple[str, str, str, Relation], ...] = (
    (
        "Every harbour that put out its lamp lost ships within the year.",
        "Lamps keep ships from being wrecked near harbours.",
        "Lamps do not keep ships from being wrecked near harbours.",
        "supports",
    ),
    (
        "The river flooded the lower town twice after the dam was finished.",
        "The dam has put an end to the floods of the lower town.",
        "The dam has not put an end to the floods of the lower town.",
        "attacks",
    ),
    (
        "Patients on the new drug recovered no faster than those who got sugar pills.",
        "The new drug shortens the illness.",
        "The new drug does not shorten the illness.",
        "attacks",
    ),
    (
        "Bakeries that weigh their flour throw away half as much dough as others.",
        "Weighing flour makes bakeries waste less.",
        "Weighing flour does not make bakeries waste less.",
        "supports",
    ),
    (
        "Rents rose in each of the nine towns in the year after they capped them.",
        "A cap on rents holds rents down.",
        "A cap on rents does not hold rents down.",
        "attacks",
    ),
    (
        "The ink of the letters is the one that he bought in the last year of his life.",
        "He wrote the letters in his last years.",
        "He did not write the letters in his last years.",
        "supports",
    ),
)
_OTHER: dict[Relation, Relation] = {"supports": "attacks", "attacks": "supports"}


@dataclass(frozen=True, slots=True)
class Planted:
    """An answer, the claim that it bears on, and how."""

    answer: Side
    claim: Side
    relation: Relation


def every() -> Sequence[Planted]:
    """Each answer with a claim and with its negation, one after the other."""
    found = []
    for at, (answer, claim, negated, relation) in enumerate(_PLANTED):
        for turned, words in enumerate((claim, negated)):
            sides = _side(f"answer {at}", answer), _side(f"claim {at} {turned}", words)
            found.append(Planted(*sides, _OTHER[relation] if turned else relation))
    return found


def passed(seen: Sequence[bool]) -> bool:
    """Whether enough was seen: for each of `every`, in order, whether the sign was right."""
    pairs = [claim and negated for claim, negated in zip(seen[::2], seen[1::2], strict=True)]
    return bool(pairs) and sum(pairs) >= LEAST * len(pairs) - 1e-9


def _side(name: str, text: str) -> Side:
    return Side(name, "claim", text, text, "", 0)
