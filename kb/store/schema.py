"""The tables of `kb.sqlite`. Alembic's migrations create them; a test holds the two together.

Ids that people see are text and stable (`kb.model.ids`); `rowid`s are for joins and full-text search only.
A link's ends and a decision's target are ids without a foreign key on purpose: a decision must outlive the
row it judged, so that the same suggestion found again after a re-import is not asked about again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from kb.model.words import BASES, RELATIONS, SOURCE_KINDS, STATEMENT_KINDS, STATUSES

SCHEMA_VERSION = 2
"""Number of the newest migration; kept in SQLite's `user_version` so that a reader need not load Alembic."""


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=f"ck_{column}")


def _owned(table: str) -> Column[Any]:
    return Column(f"{table}_rowid", ForeignKey(f"{table}.rowid", ondelete="CASCADE"), nullable=False, index=True)


class Source(SQLModel, table=True):
    """Anything read, or known only because something read refers to it."""

    __table_args__ = (_one_of("kind", SOURCE_KINDS),)
    rowid: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    citekey: str = Field(unique=True)
    kind: str
    title: str
    title_key: str = Field(index=True)  # kb.text.strings.fold of the title
    title_given: bool = False  # by a person: an importer does not replace it
    url: str | None = None
    published: str | None = Field(default=None, index=True)
    added: str
    updated: str
    parent: str | None = Field(default=None, index=True)  # id of the source it answers
    external_ids: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    original: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zlib
    original_hash: str | None = Field(default=None, index=True)
    text_hash: str | None = None
    importer: str = ""
    importer_version: str = ""
    target: str | None = Field(default=None, index=True)  # where it was read from last
    path: str | None = None  # inside its vault
    problems: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class SourceKey(SQLModel, table=True):
    """What identifies a source: "lesswrong:ID", "arxiv:ID", "doi:…", "url:…", "id:…" of a merged twin."""

    __tablename__ = "source_key"
    key: str = Field(primary_key=True)
    source_rowid: int = Field(sa_column=_owned("source"))


class SourceName(SQLModel, table=True):
    """Names by which a wikilink may mean a source. `rank` 0 path or title, 1 alias."""

    __tablename__ = "source_name"
    __table_args__ = (UniqueConstraint("name_key", "source_rowid"),)
    rowid: int | None = Field(default=None, primary_key=True)
    name_key: str = Field(index=True)
    source_rowid: int = Field(sa_column=_owned("source"))
    rank: int = 0


class Tag(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("name", "source_rowid"),)
    rowid: int | None = Field(default=None, primary_key=True)
    name: str
    source_rowid: int = Field(sa_column=_owned("source"))


class Person(SQLModel, table=True):
    """Who writes or speaks. `slug` is the account name on the site the text comes from."""

    rowid: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(index=True)
    slug: str | None = None


class Authorship(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("source_rowid", "person_rowid"),)
    rowid: int | None = Field(default=None, primary_key=True)
    source_rowid: int = Field(sa_column=_owned("source"))
    person_rowid: int = Field(foreign_key="person.rowid", index=True)
    position: int = 0


class Passage(SQLModel, table=True):
    """A contiguous span of a source: the unit of search. Headings are kept too, but not searched."""

    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', name="ck_span"),
        UniqueConstraint("source_rowid", "ordinal"),
    )
    rowid: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    source_rowid: int = Field(sa_column=_owned("source"))
    ordinal: int
    block: int  # passages cut from one block share its number
    kind: str
    start: int
    end: int
    text: str = Field(sa_column=Column(Text, nullable=False))
    context: str = ""  # title and headings above it
    heading: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    level: int = 0
    speaker: str | None = None
    parent: int | None = None  # number of the block it hangs under
    about: int | None = None  # number of the reference it comments on
    label: str | None = None
    turn: int | None = None
    content_hash: str = Field(index=True)  # of what is embedded


class Reference(SQLModel, table=True):
    """A pointer from a text to another source."""

    __table_args__ = (UniqueConstraint("source_rowid", "ordinal"),)
    rowid: int | None = Field(default=None, primary_key=True)
    source_rowid: int = Field(sa_column=_owned("source"))
    ordinal: int
    kind: str
    raw: str
    start: int
    end: int
    name: str  # the target as written: a name or a URL
    key: str = Field(index=True)  # what identifies the target: "lesswrong:ID", "url:…", "name:…"
    alias: str | None = None
    fragment: str | None = None
    target: str | None = Field(default=None, index=True)  # id of the source it points to


class Statement(SQLModel, table=True):
    """A proposition someone puts forward."""

    __table_args__ = (_one_of("kind", STATEMENT_KINDS), _one_of("basis", BASES), _one_of("status", STATUSES))
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

    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start', name="ck_mention_span"),)
    rowid: int | None = Field(default=None, primary_key=True)
    statement_rowid: int = Field(sa_column=_owned("statement"))
    source_rowid: int = Field(sa_column=_owned("source"))
    passage_ordinal: int | None = None
    speaker: str | None = None
    quote: str = Field(sa_column=Column(Text, nullable=False))
    start: int
    end: int
    lost: bool = False


class Link(SQLModel, table=True):
    """A directed relation between two statements, or a statement and a whole source."""

    __table_args__ = (
        _one_of("relation", RELATIONS),
        _one_of("basis", BASES),
        _one_of("status", STATUSES),
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


class Judgement(SQLModel, table=True):
    """What an optional judge answered, so that the same question is never asked, or paid for, twice."""

    key: str = Field(primary_key=True)  # digest of judge, model, wording of the question, and texts
    judge: str
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: str


class Embedding(SQLModel, table=True):
    """A vector, float32 little-endian, for a text under a model: each distinct text is embedded once."""

    __table_args__ = (UniqueConstraint("content_hash", "model"),)
    rowid: int | None = Field(default=None, primary_key=True)
    content_hash: str
    model: str  # fingerprint: name, weights, prompt, pooling
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class IndexChange(SQLModel, table=True):
    """A passage or statement that came, went, or changed its text, its status or its vector. Written by triggers.

    An index file knows how far it has followed (`kb.store.changes`). `token` is random: by it a file that belongs to
    another store, or to what a backup replaced, is told from an older state of this one.
    """

    __tablename__ = "index_change"
    rowid: int | None = Field(default=None, primary_key=True)
    searched: str  # passage, statement, or model when another one is searched with
    changed_rowid: int
    token: int = Field(sa_column_kwargs={"server_default": text("(random())")})


class ImportRun(SQLModel, table=True):
    """One `kb add`: when, what, and how it went."""

    __tablename__ = "import_run"
    rowid: int | None = Field(default=None, primary_key=True)
    started: str
    finished: str | None = None
    targets: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    counts: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    failures: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class SeenFile(SQLModel, table=True):
    """A file read before: while its bytes and the importers are the same it need not be read again."""

    __tablename__ = "seen_file"
    target: str = Field(primary_key=True)
    digest: str  # of the bytes and of the versions that read them
    sources: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Exported(SQLModel, table=True):
    """A file an export wrote, with the hash of what was written: a file that differs was changed by a person."""

    __table_args__ = (UniqueConstraint("vault", "path"),)
    rowid: int | None = Field(default=None, primary_key=True)
    vault: str
    path: str
    file_hash: str
    subject: str  # id of the source or statement it shows


class Meta(SQLModel, table=True):
    """Small facts about the store; `generation` counts the changes that concern the index."""

    name: str = Field(primary_key=True)
    value: str
