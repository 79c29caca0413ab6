"""What readers of a forum made of a text."""

from __future__ import annotations

from importers.web.forum.counts import counted, without_counts
from kb.model.facts import Fact


def test_karma_votes_agreement_and_reactions_of_lesswrong() -> None:
    react = {"userId": "u", "reactType": "created"}
    score = {"agreement": -5, "agreementVoteCount": 9, "approvalVoteCount": 17,
             "reacts": {"changemind": [react, react], "typo": [react], "odd": "x"}}  # fmt: skip
    assert counted({"baseScore": 42, "voteCount": 17, "extendedScore": score}) == (
        Fact("karma", 42.0), Fact("votes", 17.0), Fact("agreement", -5.0),
        Fact("reactions", 3.0, "3: changemind 2, typo 1"),
    )  # fmt: skip


def test_the_ea_forum_counts_who_agrees_and_who_does_not() -> None:
    score = {"approvalVoteCount": 4, "agree": 3, "disagree": 1, "helpful": 2, "love": 0}
    assert counted({"baseScore": 7, "extendedScore": score}) == (
        Fact("karma", 7.0), Fact("agreement", 2.0), Fact("reactions", 6.0, "6: agree 3, helpful 2, disagree 1"),
    )  # fmt: skip


def test_what_was_not_sent_or_is_odd_is_no_fact() -> None:
    for node in ({}, {"baseScore": None, "extendedScore": None}, {"baseScore": "many", "extendedScore": {"agree": []}}):
        assert counted(node) == ()


def test_votes_are_no_part_of_the_bytes_that_are_kept() -> None:
    node = {"_id": "a", "contents": {"html": "x"}, "commentCount": 3}
    assert without_counts({**node, "baseScore": 1, "extendedScore": {}}) == node
