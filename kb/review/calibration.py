"""How far each rule can be trusted, by what a person decided about its suggestions, and which to hide therefore.

Precision is the share of a rule's decided suggestions that were right, with Wilson's 95 % interval (E. B. Wilson,
"Probable Inference", JASA 22, 1927): it stays within 0 and 1 and says something sensible about few decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from math import sqrt
from typing import Literal, TypeVar

from kb import config
from kb.model.link import Edge, Link
from kb.model.statement import Statement
from kb.store import decisions
from kb.store.open import Store

LEAST_DECISIONS = 10
"""A rule with fewer decisions is never hidden."""

_Z = 1.959963984540054  # of the 95 % interval

Table = Literal["statement", "link", "proposal"]
TABLES: tuple[Table, ...] = ("statement", "link", "proposal")
Rule = tuple[str, str]
"""Basis and name of a rule; one name may stand for two bases."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Precision of a rule, or of a whole basis where `rule` is empty; `low` and `high` are its 95 % interval."""

    table: Table
    basis: str
    rule: str
    right: int
    decided: int
    precision: float
    low: float
    high: float


def wilson(right: int, decided: int) -> tuple[float, float]:
    """The 95 % interval of a share; all of 0 to 1 where nothing was decided."""
    if decided == 0:
        return 0.0, 1.0
    share, z2 = right / decided, _Z * _Z
    middle = share + z2 / (2 * decided)
    half = _Z * sqrt(share * (1 - share) / decided + z2 / (4 * decided * decided))
    scale = 1 + z2 / decided
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def rules(store: Store) -> list[Estimate]:
    """An estimate for each rule that decisions say something about."""
    return [_estimate(t.table, t.basis, t.rule, t.right, t.decided) for t in decisions.tallies(store)]


def bases(store: Store) -> list[Estimate]:
    """An estimate for each basis, its rules taken together; statements and links apart."""
    sums: dict[tuple[Table, str], tuple[int, int]] = {}
    for tally in decisions.tallies(store):
        right, decided = sums.get((tally.table, tally.basis), (0, 0))
        sums[tally.table, tally.basis] = right + tally.right, decided + tally.decided
    return [_estimate(table, basis, "", *counted) for (table, basis), counted in sums.items()]


def hidden_rules(store: Store, table: Table) -> frozenset[Rule]:
    """The rules whose suggestions are hidden by default: certainly worse than the person's `least_precision`.

    Certainly: even the upper end of the interval is below it, after LEAST_DECISIONS or more. What is hidden gets no
    further decisions that could show that it was hidden wrongly, so the doubt is to the rule's benefit.

    Raises:
        KbError: the configuration cannot be read.
    """
    least = config.load(store.home).least_precision
    if least <= 0:
        return frozenset()
    return frozenset(
        (rule.basis, rule.rule)
        for rule in rules(store)
        if rule.table == table and rule.decided >= LEAST_DECISIONS and rule.high < least
    )


@dataclass
class Hider:
    """Says of a statement or link whether it is a suggestion of one of these rules, and counts those that are."""

    rules: frozenset[Rule]
    met: set[str] = field(default_factory=set)

    def __call__(self, item: Statement | Edge) -> bool:
        """Whether to leave it out."""
        if item.status != "suggested" or (item.basis, item.rule) not in self.rules:
            return False
        self.met.add(item.id)
        return True


Suggestion = TypeVar("Suggestion", Statement, Link)


def visible(
    store: Store, table: Table, found: Sequence[Suggestion], *, everything: bool
) -> tuple[list[Suggestion], int]:
    """Statements or links without the suggestions of hidden rules, unless `everything` is wanted; how many those are.

    Raises:
        KbError: the configuration cannot be read.
    """
    hider = Hider(frozenset() if everything else hidden_rules(store, table))
    return [item for item in found if not hider(item)], len(hider.met)


def confident(statement: Statement, least: float) -> bool:
    """Whether the program is sure enough of a statement; of one without a confidence it is."""
    return (1 if statement.confidence is None else statement.confidence) >= least


@dataclass(frozen=True, slots=True)
class RuleFigure(Estimate):
    """An estimate with whether the rule's suggestions are hidden."""

    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What `kb stats` shows of decisions, rounded."""

    least_precision: float
    bases: tuple[Estimate, ...]
    rules: tuple[RuleFigure, ...]


def figures(store: Store) -> Figures:
    """By basis and by rule, how often suggestions were right."""
    hidden = {table: hidden_rules(store, table) for table in TABLES}
    return Figures(
        config.load(store.home).least_precision,
        tuple(_rounded(estimate) for estimate in bases(store)),
        tuple(
            RuleFigure(**asdict(_rounded(estimate)), hidden=(estimate.basis, estimate.rule) in hidden[estimate.table])
            for estimate in rules(store)
        ),
    )


def _rounded(estimate: Estimate) -> Estimate:
    precise = {name: round(getattr(estimate, name), 4) for name in ("precision", "low", "high")}
    return replace(estimate, **precise)


def _estimate(table: Table, basis: str, rule: str, right: int, decided: int) -> Estimate:
    return Estimate(table, basis, rule, right, decided, right / decided, *wilson(right, decided))
