"""The words that columns may hold, apart from the tables so that reading need not load SQLModel."""

from __future__ import annotations

from typing import Literal, get_args

SourceKind = Literal["post", "comment", "paper", "note", "transcript", "shortform", "web", "stub"]
SourceState = Literal["here", "gone", "removed"]
StatementKind = Literal["claim", "critique", "theory_of_impact", "question", "evidence"]
NodeKind = Literal[StatementKind, "source", "passage"]
Voice = Literal["author", "named", "quoted"]
"""Whose words a statement is made in: the text's own author, or whoever has the turn; somebody else, whom `speaker`
names; somebody else, and nobody knows who (the text's authors least of all)."""
Relation = Literal["supports", "attacks", "undercuts", "restates", "related"]
Basis = Literal["authored", "structure", "cue", "embedding", "nli", "llm"]
Status = Literal["accepted", "suggested", "rejected"]
ReadingState = Literal["to-read", "reading", "read"]
CommandKind = Literal["did", "undid", "redid"]

SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
SOURCE_STATES: tuple[str, ...] = get_args(SourceState)
VOICES: tuple[str, ...] = get_args(Voice)
STATEMENT_KINDS: tuple[str, ...] = get_args(StatementKind)
RELATIONS: tuple[str, ...] = get_args(Relation)
BASES: tuple[str, ...] = get_args(Basis)
STATUSES: tuple[str, ...] = get_args(Status)
READING_STATES: tuple[str, ...] = get_args(ReadingState)
COMMAND_KINDS: tuple[str, ...] = get_args(CommandKind)

Table = Literal["passage", "statement"]
"""What is searched."""
TABLES: tuple[Table, ...] = get_args(Table)
