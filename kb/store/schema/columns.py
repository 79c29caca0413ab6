"""Columns that several tables have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A column holds one of these words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=f"ck_{column}")


def owned(table: str) -> Column[Any]:
    """The row of another table that this one goes with."""
    return Column(f"{table}_rowid", ForeignKey(f"{table}.rowid", ondelete="CASCADE"), nullable=False, index=True)
