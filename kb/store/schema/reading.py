"""The tables of a person's own reading: what is to be read, and when a claim is to be looked at again."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from kb.model.words import READING_STATES
from kb.store.schema.columns import one_of


class Reading(SQLModel, table=True):
    """How far the reading of a source is. Without a foreign key, like a decision."""

    __table_args__ = (one_of("state", READING_STATES),)
    rowid: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(unique=True)
    state: str | None = None  # none: a person took it away
    at: str
    given: bool = True  # by a person here; not taken from a read-later list
    imported: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))  # last word of each


class Revisit(SQLModel, table=True):
    """When a statement that one holds is looked at again, and what spaced review knows of it."""

    rowid: int | None = Field(default=None, primary_key=True)
    statement_id: str = Field(unique=True)
    card: str = Field(sa_column=Column(Text, nullable=False))  # JSON of the scheduler
    due: str = Field(index=True)
    at: str
