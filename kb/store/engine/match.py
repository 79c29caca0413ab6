"""Full-text expressions: words and phrases in the form that FTS5's MATCH takes, nothing of it ever unquoted."""

from __future__ import annotations

from collections.abc import Sequence

from kb.store.engine import apart
from kb.text.blankless import words

ASKED = f"{apart.SQL_NAME}(?)"
"""What stands behind MATCH for an expression in words as people write them."""
MOST_WORDS = 64
"""Of a long text only that many different words are searched for."""


def phrase(parts: Sequence[str]) -> str:
    """These words beside each other."""
    return f'"{" ".join(parts)}"'


def every_word(text: str) -> str:
    """An expression that asks for all words of a text; empty if it has none."""
    return " AND ".join(phrase([part]) for part in dict.fromkeys(words(text.lower())[:MOST_WORDS]))


def rows_found(table: str) -> str:
    """The SELECT of the rows of a table that an expression, its only placeholder, finds."""
    return f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH {ASKED}"
