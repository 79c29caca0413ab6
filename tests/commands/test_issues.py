"""`kb issues`: points on which several people or texts speak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Kb

Ask = Callable[..., Any]


def test_the_issues_of_a_store_with_their_sides(ask: Ask) -> None:
    found = ask("issues")["issues"]
    assert found
    for issue in found:
        assert {"id", "title", "statements", "sides", "unanswered"} <= issue.keys()
        assert 2 <= len(issue["statements"]) <= 12
        assert set(issue["unanswered"]) <= set(issue["statements"])
        assert {name for side in issue["sides"] for name in side["statements"]} == set(issue["statements"])
        assert all(side.keys() == {"speaker", "statements"} for side in issue["sides"])
    members = [name for issue in found for name in issue["statements"]]
    assert len(members) == len(set(members))
    assert ask("issues", "-n", "2")["issues"] == found[:2]


def test_one_issue_by_its_id_and_by_what_is_in_it(kb: Kb, corpus: Path, ask: Ask) -> None:
    issue = next(one for one in ask("issues")["issues"] if one["answers"] and one["unanswered"])
    assert ask("issues", issue["id"])["issues"] == [issue]
    assert ask("issues", issue["id"][:6])["issues"] == [issue]
    assert ask("issues", issue["statements"][0])["issues"] == [issue]
    shown = kb("issues", issue["id"], home=corpus).out
    assert all(f"[{name}]" in shown for name in issue["statements"])
    assert issue["answers"][0]["from"] in shown
    assert "no reply recorded" in shown
    listed = kb("issues", home=corpus)
    assert issue["id"] in listed.out
    assert listed.err.splitlines()[-1].endswith("issues")


def test_words_and_filters_leave_issues_with_a_statement_that_meets_them(ask: Ask) -> None:
    about = ask("issues", "filters and the bias they keep")["issues"]
    assert "bias" in about[0]["title"].lower()
    found = ask("issues")["issues"]
    by = ask("issues", "--author", "Halloran")["issues"]
    assert 0 < len(by) < len(found)
    assert all("Ines Halloran" in [side["speaker"] for side in issue["sides"]] for issue in by)
    assert ask("issues", "--kind", "question", "--author", "Nobody")["issues"] == []


def test_what_is_no_issue_is_not_found(kb: Kb, corpus: Path) -> None:
    assert kb("issues", "i0000zz0", "--json", home=corpus).code == 3
    empty = kb("issues")
    assert (empty.code, empty.out) == (0, "")
    assert empty.err.splitlines()[-1] == "no issue"


def test_without_vectors_an_issue_is_what_accepted_links_put_together(
    kb: Kb, mills: list[str], birds: list[str]
) -> None:
    doubt, other = mills[1], birds[len(mills) + 1]
    kb("link", doubt, "related", other)
    found = kb("issues", "--json")
    assert [issue["statements"] for issue in found.json["issues"]] == [[doubt, other]]
    assert "nothing is embedded" in found.err
    assert kb("reject", kb("links", doubt, "--json").json["links"][0]["id"]).code == 0
    assert kb("issues", "--json").json["issues"] == []
