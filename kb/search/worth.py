"""What a hit is worth besides its nearness: whether it answers, asks, or only names another text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model.found import SearchUnit
from kb.search import intents, pointers, referring
from kb.search.intents import Intent
from kb.store import said_in
from kb.store.open import Store
from kb.text.stop_words import STOP_WORDS

_QUESTION = re.compile(r"\?\W*$|^\W*(?:what|why|who|whom|whose|where|when|which|how)\b", re.I)
_ASKED_AGAIN = 0.6
"""Share of a question's telling words that the query has when it is the query again."""
ASKS_AGAIN = 0.85
"""What the score of such a passage is worth: it asks, where an answer is wanted."""
REFERENCE = 0.8
"""What that of a passage is worth that only names other texts: an entry of a list of references."""
SOUGHT = 1.04
"""What that of a text is worth that is of the kind the query asks for."""
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 300  # characters in which a question says what it asks for


@dataclass(frozen=True, slots=True)
class Worth:
    """By what a score is multiplied, and why; None where that does not hold of the text."""

    asks_again: float | None = None
    reference: float | None = None
    sought: float | None = None

    @property
    def factor(self) -> float:
        return (self.asks_again or 1) * (self.reference or 1) * (self.sought or 1)


def worths(store: Store, asked: str, units: Sequence[SearchUnit]) -> list[Worth]:
    """What each of these texts is worth to who asks."""
    telling = _telling(asked) if _QUESTION.search(asked) else set()
    sought = _sought(store, intents.of(asked[:_LONGEST]), units)
    return [
        Worth(
            ASKS_AGAIN if telling and _only_asks(unit.text, telling) else None,
            REFERENCE if unit.type == "passage" and _only_refers(unit) else None,
            SOUGHT if (unit.type, unit.rowid) in sought else None,
        )
        for unit in units
    ]


def _only_refers(unit: SearchUnit) -> bool:
    return referring.only_refers(unit.text, unit.locator.heading) or pointers.only_points(unit.text)


def _only_asks(text: str, asked: set[str]) -> bool:
    words = _telling(text) if text.rstrip(' "”*_)').endswith("?") else set()
    return bool(words) and len(words & asked) >= _ASKED_AGAIN * len(words)


def _telling(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS}


def _sought(store: Store, wanted: Sequence[Intent], units: Sequence[SearchUnit]) -> set[tuple[str, int]]:
    """Which of the texts are, or hold, what the query asks for."""
    if not wanted:
        return set()
    kinds = {kind for intent in wanted for kind in intent.kinds}
    spoken = any(intent.spoken for intent in wanted)
    found: set[tuple[str, int]] = set()
    for table in {unit.type for unit in units}:
        said = said_in.rows(store, table, [unit.rowid for unit in units if unit.type == table])
        found |= {(table, row) for row, kind, named in said if kind in kinds or (spoken and named)}
    return found | {(unit.type, unit.rowid) for unit in units if spoken and unit.locator.speaker}
