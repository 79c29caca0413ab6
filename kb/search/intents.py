"""What kind of text a question asks for: a critique, a theory of impact, evidence, somebody who says it.

A table of wordings. What is asked for is preferred a little, never demanded: most answers are of no kind at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model.words import StatementKind


@dataclass(frozen=True, slots=True)
class Intent:
    """Kinds of statements that answer, or, if `spoken`, statements with a named speaker."""

    kinds: frozenset[StatementKind] = frozenset()
    spoken: bool = False


def _kinds(*names: StatementKind) -> Intent:
    return Intent(frozenset(names))


_CRITIQUE, _THEORY, _EVIDENCE = _kinds("critique"), _kinds("theory_of_impact"), _kinds("evidence")
_WOULD_HELP = (
    r"^\W*(?:why|how) (?:would|might|could|should|can|does|do|will)\b(?!.*(?:\bnot|\bnever|n['’]t)\b)"
    r".*\b(?:help|matter|useful|reduce|prevent|make|improve|enable|lead|worth|good)"
)
_SAYS = (
    "says?|said|claims?|claimed|argues?|argued|thinks?|thought|believes?|believed|holds?|held|wrote|writes|suggest(?:s|ed)?"
    "|proposed|proposes|disagrees?|objects?"
)
_TABLE: tuple[tuple[str, Intent, str], ...] = (
    ("against", _CRITIQUE, r"\b(?:speaks?|spoke|counts?|argues?|said|arguments?|reasons?|case|evidence) against\b"),
    ("object", _CRITIQUE, r"\bobjections? (?:to|against)\b|\bwho objects?\b"),
    ("criti", _CRITIQUE, r"\b(?:criticisms?|critiques?) (?:of|to)\b|^\W*(?:critici[sz]e|critique)\b"),
    ("argument", _CRITIQUE, r"\bcounter-?arguments? (?:to|against)\b"),
    ("rebut", _CRITIQUE, r"\brebuttals? (?:to|of)\b"),
    ("downside", _CRITIQUE, r"\bdownsides? (?:to|of)\b"),
    (" with", _CRITIQUE, r"\bwhat(?:'s|’s| is| was) wrong with\b|\b(?:problems?|trouble) with\b"),
    ("disagree", _CRITIQUE, r"\bwho disagrees?\b"),
    ("why ", _CRITIQUE, r"^\W*why (?:\w+ ){0,6}(?:not|never|fails?|\w+n['’]t)\b"),
    ("why ", _THEORY, _WOULD_HELP),
    ("how ", _THEORY, _WOULD_HELP),
    ("theor", _THEORY, r"\btheor(?:y|ies) of (?:impact|change)\b"),
    ("case for", _THEORY, r"\bcase for\b"),
    ("point of", _THEORY, r"\bpoint of (?:doing|working)\b"),
    ("evidence", _EVIDENCE, r"\bevidence (?:for|of|that|on|about)\b"),
    ("what ", _EVIDENCE, r"\bwhat (?:supports?|shows?|confirms?)\b"),
    ("experiment", _EVIDENCE, r"\bexperiments? (?:on|of|about|that|showing)\b"),
    ("stud", _EVIDENCE, r"\bstud(?:y|ies) (?:on|of|about|that|showing)\b"),
    ("data ", _EVIDENCE, r"\bdata (?:on|of|about|that|showing)\b"),
    ("who", Intent(spoken=True), rf"\bwho(?:'s|’s| has| have)? (?:ever )?(?:{_SAYS})\b"),
)
"""What a text must hold for a wording to be looked for in it (most wordings need not be compiled), what is asked for,
and the wording."""


def of(text: str) -> tuple[Intent, ...]:
    """What a query asks for, by its wording; most ask for nothing of the kind."""
    small = text.lower()
    return tuple(dict.fromkeys(intent for has, intent, said in _TABLE if has in small and re.search(said, small)))
