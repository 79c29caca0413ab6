"""When a statement is to be looked at again: FSRS, by its library, without its fuzz, so that it is the same everywhere.

FSRS asks how well something was remembered. Here a judgement is what is to last, and how far the credence moved since
it was given says how well it did: asking people to grade themselves too would only ask the same once more. One that
stands is looked at after ever longer gaps, one that moved far within days. What stands at once and without a doubt
may be graded "easy" by the person, which no number shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from kb.model.credence import Credence
from kb.review.credences import DIFFER
from kb.text.dates import utc

if TYPE_CHECKING:
    from fsrs import Scheduler

Grade = Literal["again", "hard", "good", "easy"]
GRADES: tuple[str, ...] = get_args(Grade)

LITTLE = 0.05
"""A credence that moved by less stands; one that moved by as much as people differ by (`DIFFER`) has not lasted."""

_DAY = "2000-01-01"
_LONGEST = 365  # days: whatever one holds is looked at once a year


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment at which the person looked at a statement, and how well what they held had lasted."""

    at: str
    grade: Grade


def grade_of(before: Credence | None, now: Credence | None) -> Grade:
    """How well what was held before has lasted, by how far the middle of the credence moved."""
    if before is None or now is None:
        return "good"
    moved = abs(now.middle - before.middle)
    return "good" if moved < LITTLE else "hard" if moved < DIFFER - 1e-9 else "again"


def after(card: str | None, seen: Sequence[Seen]) -> str | None:
    """The card (JSON) of a statement after these moments, oldest first; None where nobody ever looked at it.

    What is older than the card's own last moment is in it already.
    """
    from fsrs import Card, Rating

    kept = Card.from_json(card) if card else None
    for one in seen:
        at = _moment(one.at)
        if kept is not None and kept.last_review is not None and at <= kept.last_review:
            continue
        kept, _ = _scheduler().review_card(kept or Card(card_id=0), Rating[one.grade.capitalize()], at)
    return kept.to_json() if kept else None


def looked_at(card: str, one: Seen) -> str:
    """The card after one more moment, which is none before the card's own last one."""
    from fsrs import Card, Rating

    kept, at = Card.from_json(card), _moment(one.at)
    last = kept.last_review or at
    return _scheduler().review_card(kept, Rating[one.grade.capitalize()], max(at, last))[0].to_json()


def due(card: str) -> str:
    """When a card is due, ISO 8601, UTC."""
    from fsrs import Card

    return utc(Card.from_json(card).due)


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # No steps of minutes: the first look back is days after the first judgement.
    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST, enable_fuzzing=False)


def _moment(at: str) -> datetime:
    """A time of the store; of a bare year or month, as a vault may have it, the beginning; of no date, long ago."""
    try:
        moment = datetime.fromisoformat(at if len(at) >= len(_DAY) else at + _DAY[len(at) :])
    except ValueError:
        moment = datetime.fromisoformat(_DAY)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
