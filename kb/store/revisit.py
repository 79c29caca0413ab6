"""Table `revisit`: what spaced review knows of the statements that a person looked at again."""

from __future__ import annotations

from dataclasses import dataclass

from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Card:
    """What the scheduler keeps of a statement (JSON), when it is to be looked at again, and when it last was."""

    statement_id: str
    card: str
    due: str
    at: str


def every(store: Store) -> dict[str, Card]:
    """All cards, by statement."""
    rows = store.execute("SELECT statement_id, card, due, at FROM revisit ORDER BY due, statement_id")
    return {row[0]: Card(*row) for row in rows}


def put(store: Store, new: Card) -> None:
    """Keep, inside a transaction, a card in place of the one before."""
    store.execute(
        """INSERT INTO revisit (statement_id, card, due, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (statement_id) DO UPDATE SET card = excluded.card, due = excluded.due, at = excluded.at""",
        (new.statement_id, new.card, new.due, new.at),
    )
