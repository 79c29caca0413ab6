"""The tables of what was read: sources, what names them, their passages and references."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from kb.model.words import SOURCE_KINDS, SOURCE_STATES
from kb.store.schema.columns import one_of, owned

_AWAY = Index("ix_source_away", "state", sqlite_where=text("state <> 'here'"))


class Source(SQLModel, table=True):
    """Anything read, or known only because something read refers to it."""

    __table_args__ = (one_of("kind", SOURCE_KINDS), one_of("state", SOURCE_STATES), _AWAY)
    rowid: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    citekey: str = Field(unique=True)
    citekey_used: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})  # it stays from then on
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
    # What else a citation needs, an item of CSL-JSON (kb.model.bibliography).
    bibliography: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    original: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zlib
    original_hash: str | None = Field(default=None, index=True)
    text_hash: str | None = Field(default=None, index=True)
    importer: str = ""
    importer_version: str = ""
    target: str | None = Field(default=None, index=True)  # where it was read from last
    path: str | None = None  # inside its vault
    problems: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # gone: its file is no longer there; removed: by a person. Such a source has no passages, and its mentions are lost.
    state: str = Field(default="here", sa_column_kwargs={"server_default": "here"})


class SourceKey(SQLModel, table=True):
    """What identifies a source: "lesswrong:ID", "arxiv:ID", "doi:…", "url:…", "id:…" of a merged twin, "citekey:…"."""

    __tablename__ = "source_key"
    key: str = Field(primary_key=True)
    source_rowid: int = Field(sa_column=owned("source"))


class SourceName(SQLModel, table=True):
    """Names by which a link may mean a source. `rank` 0 path or title, 1 alias, 2 where it is (kb.sources.names), 3 a
    path or title it had before."""

    __tablename__ = "source_name"
    __table_args__ = (UniqueConstraint("name_key", "source_rowid"),)
    rowid: int | None = Field(default=None, primary_key=True)
    name_key: str = Field(index=True)
    source_rowid: int = Field(sa_column=owned("source"))
    rank: int = 0


class Edit(SQLModel, table=True):
    """What a person said a source or statement is, over what importers and rules say; the newest of a field counts.

    Without a foreign key, like a decision: it outlives what it corrects. Of the field "text" the value is the text as
    it was imported last, from which the person's version differs.
    """

    __table_args__ = (UniqueConstraint("target", "field"),)
    rowid: int | None = Field(default=None, primary_key=True)
    target: str
    field: str
    value: str = Field(sa_column=Column(Text, nullable=False))  # JSON
    imported: str | None = Field(default=None, sa_column=Column(Text))  # JSON; what importers or rules say; or unknown
    at: str


class SameAs(SQLModel, table=True):
    """A source or statement that was joined with another one, by their ids: `kept` answers for both."""

    __tablename__ = "same_as"
    rowid: int | None = Field(default=None, primary_key=True)
    gone: str = Field(unique=True)
    kept: str = Field(index=True)
    at: str


class Copied(SQLModel, table=True):
    """What a source took over from one that was joined with it: taking them apart takes it away again."""

    rowid: int | None = Field(default=None, primary_key=True)
    gone: str = Field(index=True)  # id of the source that was joined
    kind: str  # of what: a link, a tag, a key …
    name: str  # its id, or itself


class SamePerson(SQLModel, table=True):
    """A name under which somebody appears who is known under another. Texts and authors keep the name they have.

    `person` may itself be known under another. Of several rows of one name the newest counts: one that only says how
    a name is written stays below one that gives another.
    """

    __tablename__ = "same_person"
    rowid: int | None = Field(default=None, primary_key=True)
    name_key: str = Field(index=True)  # kb.text.strings.fold of the name
    name: str
    person: str = Field(index=True)  # the name that is shown
    at: str


class OtherPerson(SQLModel, table=True):
    """Two names, folded, the smaller first, of which a person said that they are not one's: not offered as twins."""

    __tablename__ = "other_person"
    __table_args__ = (UniqueConstraint("name_key", "other_key"),)
    rowid: int | None = Field(default=None, primary_key=True)
    name_key: str
    other_key: str
    at: str


class Tag(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("name", "source_rowid"),)
    rowid: int | None = Field(default=None, primary_key=True)
    name: str
    source_rowid: int = Field(sa_column=owned("source"))


class SourceFact(SQLModel, table=True):
    """What the place of a text counts or says of it, as it was seen last (kb.model.facts): never news."""

    __tablename__ = "source_fact"
    __table_args__ = (UniqueConstraint("name", "source_rowid"), Index("ix_source_fact_number", "name", "number"))
    rowid: int | None = Field(default=None, primary_key=True)
    source_rowid: int = Field(sa_column=owned("source"))
    name: str
    number: float | None = None
    said: str = ""


class Person(SQLModel, table=True):
    """Who writes or speaks. `slug` is the account name on the site the text comes from."""

    rowid: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(index=True)
    slug: str | None = None


class Authorship(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("source_rowid", "person_rowid"),)
    rowid: int | None = Field(default=None, primary_key=True)
    source_rowid: int = Field(sa_column=owned("source"))
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
    source_rowid: int = Field(sa_column=owned("source"))
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
    source_rowid: int = Field(sa_column=owned("source"))
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
