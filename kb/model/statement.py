"""Statements as the store gives and takes them: propositions, and the verbatim spans in which somebody makes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model.context import Context
from kb.model.words import Basis, NodeKind, StatementKind, Status, Voice


@dataclass(frozen=True, slots=True)
class Gloss:
    """A statement said so that it can be read alone, beside its quote: in words of a model, `by` name."""

    text: str
    by: str
    status: Status


@dataclass(frozen=True, slots=True)
class Mention:
    """The verbatim span in which a speaker makes a statement: `text[start:end] == quote` in the source of that id.

    `speaker` is None where nobody is named: never a guess. Where `voice` is "quoted" the words are somebody's whom
    nobody names, and not the source's authors'.
    """

    source: str
    speaker: str | None
    quote: str
    start: int
    end: int
    voice: Voice = "author"

    def said_by(self, authors: str, nobody: str = "") -> str:
        """Who says it: the speaker, else the authors of the source; `nobody` where the words are a quoted one's."""
        return self.speaker or (nobody if self.voice == "quoted" else authors)


@dataclass(frozen=True, slots=True)
class Statement:
    """A proposition someone puts forward. The interface's Statement. `rule` names what found it.

    `context` is None where it stands alone; `gloss` is what a model says it means, where one was asked.
    """

    id: str
    kind: NodeKind
    text: str
    status: Status
    basis: Basis
    rule: str
    confidence: float | None
    mentions: tuple[Mention, ...] = ()
    context: Context | None = None
    gloss: Gloss | None = field(default=None, metadata={"optional": True})


@dataclass(frozen=True, slots=True)
class NewMention:
    """A mention to be stored, by the rowid of its source and the number of the passage it stands in."""

    source_rowid: int
    quote: str
    start: int
    end: int
    speaker: str | None = None
    passage_ordinal: int | None = None
    voice: Voice = "author"
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class NewStatement:
    """A statement to be stored. `content_hash` is the digest of `text`: what it is embedded under."""

    id: str
    kind: StatementKind
    text: str
    basis: str
    rule: str
    status: str
    confidence: float | None
    created: str
    content_hash: str
    mentions: tuple[NewMention, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What the argument graph knows of a statement, or of a source or a turn where that as a whole is meant; no text.

    `sources` are the ids of the sources it is made in, `speakers` who makes it there (authors where nobody is named).
    """

    id: str
    kind: NodeKind
    status: Status
    confidence: float | None
    created: str
    sources: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    basis: Basis = "authored"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement is first made: what the trained head reads besides its words.

    `source` is a rowid. `before` is the last character of its passage before it, "" where it opens the passage; `at`
    how far into the text it stands, 0 to 1.
    """

    source: int
    quote: str
    kind: str = "paragraph"  # of its passage
    before: str = ""
    closes: bool = False  # its passage ends with it
    leads: bool = False  # its passage is the first under a heading
    heading: tuple[str, ...] = ()
    spoken: bool = False  # its passage has a speaker of its own
    voice: Voice = "author"
    context: bool = False  # it has one
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class WordedStatement:
    """A statement found by its wording, with its vector (float32, little-endian): what the trained head scores.

    `waits`: nobody decided about it.
    """

    rowid: int
    text: str
    rule: str
    confidence: float | None
    waits: bool
    vector: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class DecidedStatement:
    """The same of one that a person decided about. `kept`: accepted."""

    id: str
    kept: bool
    said: WordedStatement


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A statement whose quote its source no longer has, though a person's decision keeps it."""

    id: str
    text: str
    source: str
