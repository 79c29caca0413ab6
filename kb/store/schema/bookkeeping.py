"""The tables of what can be made again or only tells how something went: vectors, runs, files."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Embedding(SQLModel, table=True):
    """A vector, float32 little-endian, for a text under a model: each distinct text is embedded once."""

    __table_args__ = (UniqueConstraint("content_hash", "model"),)
    rowid: int | None = Field(default=None, primary_key=True)
    content_hash: str
    model: str  # fingerprint: name, weights, prompt, pooling
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class WordBits(SQLModel, table=True):
    """The words of an embedded text, a bit a component (`kb.vectors.embed.word_bits`); it goes with the vector."""

    __tablename__ = "word_bits"
    embedding_rowid: int = Field(
        sa_column=Column(ForeignKey("embedding.rowid", ondelete="CASCADE"), primary_key=True),
    )
    bits: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class IndexChange(SQLModel, table=True):
    """A passage or statement that came, went, or changed its text, its status or its vector. Written by triggers.

    An index file knows how far it has followed (`kb.store.changes`). By the random `token` a file that belongs to
    another store, or to what a backup replaced, is known.
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
    """A note of a vault as it was when store and vault last agreed about it: a file that differs was changed since."""

    __table_args__ = (UniqueConstraint("vault", "path"),)
    rowid: int | None = Field(default=None, primary_key=True)
    vault: str
    path: str
    file_hash: str
    subject: str = Field(index=True)  # id of the source or statement it shows
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zlib; unknown of old ones
    named: bool = False  # by a person, who chose its name or folder


class AgreedBefore(SQLModel, table=True):
    """A note as store and vault once agreed about it, or the hash of a text in one: what is so is no news.

    `state` is the mark that kb wrote into it; by that a file is known that grew from an older state.
    """

    __tablename__ = "agreed_before"
    rowid: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    subject: str = Field(default="", index=True)
    state: str = ""
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zlib; of the last few states


class Meta(SQLModel, table=True):
    """Small facts about the store; `generation` counts the changes that concern the index."""

    name: str = Field(primary_key=True)
    value: str
