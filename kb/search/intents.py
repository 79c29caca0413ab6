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


_MODALS = "would|might|could|should|can|does|do|will"
_HELPS = "help|matter|useful|reduce|prevent|make|improve|enable|lead|worth|good"
_SAYS = (
    "says?|said|claims?|claimed|argues?|argued|thinks?|thought|believes?|believed|holds?|held|wrote|writes|suggest(?:s|ed)?"
    "|proposed|proposes|disagrees?|objects?"
)
_TABLE: tuple[tuple[Intent, tuple[str, ...]], ...] = (
    (
        _kinds("critique"),
        (
            r"\b(?:speaks?|spoke|counts?|argues?|said|arguments?|reasons?|case|evidence) against\b",
            r"\b(?:objections?|criticisms?|critiques?|counter-?arguments?|rebuttals?|downsides?) (?:to|of|against)\b",
            r"\bwhat(?:'s|’s| is| was) wrong with\b|\b(?:problems?|trouble) with\b|\bwho (?:disagrees?|objects?)\b",
            r"^\W*why (?:\w+ ){0,6}(?:not|never|fails?|\w+n['’]t)\b|^\W*(?:critici[sz]e|critique)\b",
        ),
    ),
    (
        _kinds("theory_of_impact"),
        (
            rf"^\W*(?:why|how) (?:{_MODALS})\b(?!.*(?:\bnot|\bnever|n['’]t)\b).*\b(?:{_HELPS})",
            r"\btheor(?:y|ies) of (?:impact|change)\b|\bcase for\b|\bpoint of (?:doing|working)\b",
        ),
    ),
    (
        _kinds("evidence"),
        (
            r"\bevidence (?:for|of|that|on|about)\b|\bwhat (?:supports?|shows?|confirms?)\b",
            r"\b(?:experiments?|stud(?:y|ies)|data) (?:on|of|about|that|showing)\b",
        ),
    ),
    (Intent(spoken=True), (rf"\bwho(?:'s|’s| has| have)? (?:ever )?(?:{_SAYS})\b",)),
)


def of(text: str) -> tuple[Intent, ...]:
    """What a query asks for, by its wording; most ask for nothing of the kind."""
    return tuple(intent for intent, wordings in _TABLE if any(re.search(one, text, re.I) for one in wordings))
