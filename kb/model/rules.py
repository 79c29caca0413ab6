"""The rules that find statements and links: what the docs tell of each, and the names that several modules use.

A name is kept with what its rule finds (`statement.rule`, `link.rule`), so it is never changed. One that a single
module uses stands in that module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PERSON = "person"  # no rule: a person wrote it in the program
MARKED = "note-"  # begins the name of each rule that takes up what a person marked in a note

HEADING = "heading"
OUTLINE_ITEM = "outline-item"
CLAIM_WORDING = "claim-wording"
CRITIQUE_WORDING = "critique-wording"
EVIDENCE_WORDING = "evidence-wording"
FLAT_CLAIM = "flat-claim"
QUESTION_MARK = "question-mark"
COMMENTARY = "commentary"
COMMENT_LEAD = "comment-lead"
COMMENT_ON_POST = "comment-on-post"
QUOTED_REPLY = "quoted-reply"
STANCE = "stance"
ANSWERED = "answered"
DOES_NOT_FOLLOW = "does-not-follow"
TURN_ANSWERS = "turn-answers-turn"
LABEL = "label"
OBJECTION_SECTION = "objection-section"
REPLY_TO_OBJECTION = "reply-to-objection"
REASON_CLAUSE = "reason-clause"
RUN_IN = "run-in-heading"

NOTATION = f"{MARKED}%"
"""Pattern, as LIKE has it, of the rules that read a person's notation: what they give is that person's, and theirs
to take back by changing the note."""
COMMENTS = (COMMENTARY, COMMENT_ON_POST, QUOTED_REPLY)
"""Rules that link what is said about a text, in a comment or in notes, to that text as a whole."""
NEAREST_IN_TEXT = "nearest-in-text"
"""Aims what those rules, and TURN_ANSWERS, say of a text or turn as a whole at the statement of it that is meant."""
BY_WORDING = (HEADING, COMMENT_LEAD, RUN_IN)
"""Rules whose statements stand by the wording of a heading or lead alone, like those of basis `cue`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the tables in docs/extraction.md. A rule that makes statements and links has a row for each."""

    name: str
    makes: Literal["mark", "statement", "link"]  # a mark: what a person writes in a note, statement or link
    basis: str
    what: str  # what it looks for, or what a person writes
    gives: str  # the statement, or the relation and what it is to
    score: str = "1.00"  # confidence or score, in words
