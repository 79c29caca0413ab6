"""The tables of what commands did: by them a command is undone, and the history of a source or statement told."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Text
from sqlmodel import Field, SQLModel

from kb.model.words import COMMAND_KINDS
from kb.store.engine.sql import NEVER_AGAIN
from kb.store.schema.columns import one_of, owned


class Command(SQLModel, table=True):
    """A command that wrote: what a person typed, a batch of `kb watch`, or a call from a program."""

    __table_args__ = (one_of("kind", COMMAND_KINDS), NEVER_AGAIN)
    rowid: int | None = Field(default=None, primary_key=True)
    at: str
    words: str
    kind: str = "did"
    reverts: int | None = Field(default=None, index=True)  # the command that an undo takes back, or a redo gives again
    undone: bool = False


class Step(SQLModel, table=True):
    """A transaction of a command: the changes from `first` to `last`. Gone where they are too old to be undone."""

    rowid: int | None = Field(default=None, primary_key=True)
    command_rowid: int = Field(sa_column=owned("command"))
    first: int
    last: int = Field(index=True)


class RowChange(SQLModel, table=True):
    """A row that came, went or changed, with its old values. Written by triggers (`kb.store.engine.change_log`)."""

    __tablename__ = "row_change"
    __table_args__ = (one_of("action", ("insert", "update", "delete")), NEVER_AGAIN)
    rowid: int | None = Field(default=None, primary_key=True)
    changed: str  # the table
    key: str  # its primary key there
    action: str
    old: str | None = Field(default=None, sa_column=Column(Text))  # JSON object: the old values of columns


class Event(SQLModel, table=True):
    """What a command did to a source, statement, link or person, in words. Only ever added to."""

    rowid: int | None = Field(default=None, primary_key=True)
    at: str
    command_rowid: int | None = Field(
        default=None,
        sa_column=Column("command_rowid", ForeignKey("command.rowid", ondelete="SET NULL"), index=True),
    )  # none for what happened before commands were noted
    subject: str = Field(index=True)  # an id, or the name of a person or tag
    label: str = Field(sa_column=Column(Text, nullable=False))  # title or wording of the subject; "" where it has none
    what: str = Field(sa_column=Column(Text, nullable=False))
