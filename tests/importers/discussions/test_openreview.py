"""The forum of a paper: reviews with their scores, answers to them, and what became of it, in both interfaces."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.discussions.openreview import IMPORTER
from kb.errors import KbError
from kb.extract import extract
from kb.model.document import Author, Document
from tests.importers.discussions.shapes import answers, facts, note, old_note, written
from tests.kb.extract.views import view_of

Read = Callable[..., list[Document]]
PAPER = note("fOrum001", "Submission", {
    "title": "Counting Frogs", "authors": ["Ada Moss", "Bo Lind"], "authorids": ["~Ada_Moss1", "bo@p.example"],
    "abstract": "We count frogs.", "TLDR": "Many.", "keywords": ["frogs"], "venue": "P.cc 2024 poster",
}, signatures=["P.cc/2024/Conference/Submission3/Authors"])  # fmt: skip
REVIEW = note("rEview01", "Official_Review", {
    "summary": "They count.", "strengths": "- Careful work.",
    "weaknesses": "- The sample is far too small.\n- No baseline.",
    "questions": "N/A", "rating": "3: reject", "confidence": 4, "soundness": "2 fair", "code_of_conduct": "Yes",
}, "fOrum001")  # fmt: skip
REBUTTAL = note("rEbutt01", "Rebuttal", {"rebuttal": "The sample has 400 frogs."}, "rEview01",
                signatures=["P.cc/2024/Conference/Submission3/Authors"])  # fmt: skip
DECISION = note("dEcide01", "Decision", {"title": "Paper Decision", "decision": "Accept (poster)", "comment": "Fine."},
                "fOrum001", signatures=["P.cc/2024/Conference/Program_Chairs"])  # fmt: skip


def _ends(documents: list[Document]) -> dict[str, str]:
    return {of.rpartition("=")[2]: to.rpartition("=")[2] for of, to in answers(documents).items()}


def test_a_forum_gives_the_paper_and_each_note_below_what_it_answers(read: Read) -> None:
    text = written({"notes": [REBUTTAL, REVIEW, DECISION, PAPER], "count": 4})
    assert IMPORTER.sniff(Input(text, "forum.json")) > 0.9
    found = {one.external_ids["openreview"]: one for one in read(IMPORTER, text)}
    assert _ends(list(found.values())) == {"rEview01": "fOrum001", "rEbutt01": "rEview01", "dEcide01": "fOrum001"}
    paper, review = found["fOrum001"], found["rEview01"]
    assert (paper.kind, paper.title, paper.tags) == ("paper", "Counting Frogs", ("frogs",))
    assert paper.authors == (Author("Ada Moss", "~Ada_Moss1"), Author("Bo Lind"))
    assert paper.text == "## Abstract\n\nWe count frogs.\n\n## In short\n\nMany."
    assert facts(paper) == facts(found["dEcide01"]) == {"decision": "Accept (poster)"}
    assert facts(review) == {"rating": 3, "confidence": 4, "soundness": 2}
    assert [one.in_words for one in review.facts if one.name == "rating"] == ["rating 3: reject"]
    assert review.authors[0].name == "Reviewer k7Qw"
    assert found["rEbutt01"].authors == paper.authors
    assert found["dEcide01"].text == "Decision: Accept (poster)\n\nFine."
    assert [one.title for one in (review, found["rEbutt01"])] == [
        "Review of Counting Frogs",
        "Rebuttal on Counting Frogs",
    ]


def test_the_fields_of_a_review_are_sections_and_its_weaknesses_attack_the_paper(read: Read) -> None:
    [review] = [one for one in read(IMPORTER, written([PAPER, REVIEW])) if one.kind == "comment"]
    assert review.text == (
        "## Summary\n\nThey count.\n\n## Strengths\n\n- Careful work.\n\n"
        "## Weaknesses\n\n- The sample is far too small.\n- No baseline."
    )
    seen = view_of(review, parent_id="s9")
    found = extract(seen)
    signed = {(seen.text[found.statements[x.source].start :][:9], x.relation, x.target) for x in found.links
              if isinstance(x.source, int) and x.rule == "label"}  # fmt: skip
    assert signed == {("Careful w", "supports", "s9"), ("The sampl", "attacks", "s9"), ("No baseli", "attacks", "s9")}


def test_the_first_interface_has_bare_values_and_one_text(read: Read) -> None:
    content = {"title": "Counting Frogs", "authors": ["Anonymous"], "abstract": "We."}
    paper = old_note("fOrum001", "Blind_Submission", content, details={"replies": [
        old_note("rEview01", "Official_Review", {"title": "Thin evidence", "review": "Too few frogs.",
                 "rating": "4: Ok but not good enough"}, "fOrum001",
                 signatures=["P.cc/2019/Conference/Paper3/AnonReviewer2"]),
        old_note("cOmment1", "Public_Comment", {"title": "Response", "comment": "Four hundred."}, "rEview01",
                 signatures=["~Ada_Moss1"]),
        old_note("mEta0001", "Meta_Review", {"metareview": "Few.", "recommendation": "Reject"}, "fOrum001"),
    ]})  # fmt: skip
    found = read(IMPORTER, written([paper]))
    assert [one.authors for one in found[:3]] == [
        (), (Author("Reviewer 2", "P.cc/2019/Conference/Paper3/AnonReviewer2"),), (Author("Ada Moss", "~Ada_Moss1"),),
    ]  # fmt: skip
    assert [one.text for one in found[1:]] == [
        "# Thin evidence\n\nToo few frogs.",
        "Four hundred.",
        "Decision: Reject\n\nFew.",
    ]
    assert [facts(one) for one in found[1:]] == [{"rating": 4}, {}, {"decision": "Reject"}]


@pytest.mark.parametrize(
    ("invitation", "title"),
    [
        ("Q.cc/2017/conference/-/paper3/official/review", "Review of Counting Frogs"),
        ("Q.cc/2017/conference/-/paper3/acceptance", "Decision on Counting Frogs"),
        ("Q.cc/2017/conference/-/paper3/pre-review/question", "Comment on Counting Frogs"),
        ("Q.cc/2018/Conference/-/Paper3/Official_Comment", "Comment on Counting Frogs"),
    ],
)
def test_older_names_of_invitations(read: Read, invitation: str, title: str) -> None:
    made = old_note("rEview01", "x", {"comment": "Late."}, "fOrum001") | {"invitation": invitation}
    assert read(IMPORTER, written([PAPER, made]))[1].title == title


@pytest.mark.parametrize(
    ("content", "decided"),
    [
        ({"venueid": "P.cc/2024/Conference/Withdrawn_Submission"}, "Withdrawn"),
        ({"venue": "P.cc 2024 Conference Desk Rejected Submission"}, "Desk rejected"),
        ({"venue": "Submitted to P.cc 2024"}, None),
    ],
)
def test_what_became_of_a_paper(read: Read, content: dict[str, str], decided: str | None) -> None:
    [paper] = read(IMPORTER, written([note("fOrum001", "Submission", {"title": "Frogs", "abstract": "We."} | content)]))
    assert facts(paper).get("decision") == decided
    assert paper.bibliography.get("container-title") == ""


def test_what_is_left_out_and_what_is_missing_is_counted(read: Read) -> None:
    bid = note("bId00001", "Bid", {"tag": "High"}, "fOrum001")
    gone = REVIEW | {"id": "rEview02", "ddate": 1700000000000}
    found = read(IMPORTER, written([REVIEW, bid, gone, REBUTTAL | {"replyto": "rEview02"}]))
    assert {one.parent.title for one in found if one.parent} == {"Submission fOrum001"}
    assert sorted(problem.rpartition(": ")[2] for problem in found[0].problems) == ["1", "1", "1", "2"]


@pytest.mark.parametrize("text", ['{"invitation": "x", "forum": "y", "content": 3}', '{"notes": []}', "["])
def test_other_json_is_none(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.json")) == 0
    with pytest.raises(KbError):
        IMPORTER.read(Input(text, "x.json"))
