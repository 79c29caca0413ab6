"""The tables of what is argued: statements, links, and what people decided about them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from kb.model.proposed import PROPOSED_FIELDS
from kb.model.words import BASES, RELATIONS, STATEMENT_KINDS, STATUSES, VOICES
from kb.store.schema.columns import one_of, owned


class Statement(SQLModel, table=True):
    """A proposition someone puts forward."""

    __table_args__ = (one_of("kind", STATEMENT_KINDS), one_of("basis", BASES), one_of("status", STATUSES))
    rowid: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    kind: str = Field(index=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    basis: str
    rule: str = ""  # the named rule that found it
    status: str = "suggested"
    confidence: float | None = None
    created: str
    content_hash: str = Field(index=True)


class Mention(SQLModel, table=True):
    """The verbatim span in which a speaker makes a statement. `lost` when a new version no longer has it."""

    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', name="ck_mention_span"),
        one_of("voice", VOICES),
    )
    rowid: int | None = Field(default=None, primary_key=True)
    statement_rowid: int = Field(sa_column=owned("statement"))
    source_rowid: int = Field(sa_column=owned("source"))
    passage_ordinal: int | None = None
    speaker: str | None = None
    voice: str = "author"
    quote: str = Field(sa_column=Column(Text, nullable=False))
    start: int
    end: int
    lost: bool = False
    context_quote: str | None = Field(default=None, sa_column=Column(Text))  # what makes it readable alone: a span
    context_start: int | None = None  # of the same source, and where it begins


class Link(SQLModel, table=True):
    """A directed relation between two statements, or a statement and a whole source."""

    __table_args__ = (
        one_of("relation", RELATIONS),
        one_of("basis", BASES),
        one_of("status", STATUSES),
        Index("ix_link_ends", "from_id", "to_id"),
    )
    rowid: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    from_id: str
    to_id: str = Field(index=True)
    relation: str
    basis: str
    rule: str = ""
    status: str = "suggested"
    score: float | None = None
    created: str
    owner_rowid: int | None = Field(
        default=None,
        sa_column=Column("owner_rowid", ForeignKey("source.rowid", ondelete="CASCADE"), index=True),
    )  # the source whose extraction proposed it; none for what a person wrote
    evidence_rowid: int | None = Field(
        default=None,
        sa_column=Column("evidence_rowid", ForeignKey("source.rowid", ondelete="SET NULL"), index=True),
    )
    evidence_quote: str | None = Field(default=None, sa_column=Column(Text))
    evidence_start: int | None = None
    evidence_end: int | None = None


class Decision(SQLModel, table=True):
    """What a person decided about a statement or a link. Only ever added to; the newest counts."""

    rowid: int | None = Field(default=None, primary_key=True)
    target: str = Field(index=True)
    verdict: str
    basis: str = ""
    rule: str = ""
    at: str
    note: str = ""


class Credence(SQLModel, table=True):
    """How likely a person held a statement to be, as a range. Only ever added to; the newest of each person counts.

    Without a foreign key, like a decision: it outlives a re-extraction.
    """

    __table_args__ = (CheckConstraint("low >= 0 AND high <= 1 AND low <= high", name="ck_credence"),)
    rowid: int | None = Field(default=None, primary_key=True)
    statement_id: str = Field(index=True)
    who: str
    low: float
    high: float
    at: str
    note: str = ""


class Proposal(SQLModel, table=True):
    """What a judge says of a statement, or of what else has an id, links aside.

    Without a foreign key, like a decision: a statement that is found again has it again.
    """

    __table_args__ = (one_of("field", PROPOSED_FIELDS), one_of("basis", BASES), one_of("status", STATUSES))
    rowid: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    target: str = Field(index=True)
    field: str
    value: str = Field(sa_column=Column(Text, nullable=False))
    basis: str
    rule: str
    status: str = "suggested"
    score: float | None = None
    created: str


class Judgement(SQLModel, table=True):
    """What an optional judge answered, so that the same question is never asked, or paid for, twice."""

    key: str = Field(primary_key=True)  # digest of judge, model, wording of the question, and texts
    judge: str
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: str
