"""What readers of a forum made of a text: karma, votes, agreement and reactions, which change from hour to hour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.model.facts import Fact, fact, reactions

_COUNTS = frozenset({
    "baseScore", "score", "voteCount", "extendedScore", "afBaseScore", "afVoteCount", "afExtendedScore",
})  # fmt: skip
"""Fields that change while the text does not; how many comments there are tells a refresh what to ask for."""
_NO_REACTION = ("agreement", "agreementVoteCount", "approvalVoteCount", "reacts")


def without_counts(node: Mapping[str, Any]) -> dict[str, Any]:
    """What the forum sent without its counts, so that the same text has the same bytes however it was voted on."""
    return {name: value for name, value in node.items() if name not in _COUNTS}


def counted(node: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The facts of a post or comment, as far as they were sent.

    Agreement is a number on LessWrong; the EA Forum counts those who agree and those who disagree.
    """
    found = [*fact("karma", node.get("baseScore")), *fact("votes", node.get("voteCount"))]
    score = node.get("extendedScore")
    if not isinstance(score, Mapping):
        return tuple(found)
    agree, against = _count(score.get("agree")), _count(score.get("disagree"))
    found += fact("agreement", score.get("agreement")) or (
        fact("agreement", agree - against) if agree or against else ()
    )
    reacts = score.get("reacts")
    if isinstance(reacts, Mapping):
        told = {str(name): len(users) for name, users in reacts.items() if isinstance(users, list) and users}
    else:
        told = {str(name): _count(number) for name, number in score.items() if name not in _NO_REACTION}
    return (*found, *reactions({name: number for name, number in told.items() if number > 0}))


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1e15 else 0
