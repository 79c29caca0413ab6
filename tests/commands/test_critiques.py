"""`kb critiques`: what speaks against something, with the replies under it."""

from __future__ import annotations

from tests.conftest import Kb


def test_critiques_of_a_statement_with_the_reply_under_them(kb: Kb, mills: list[str]) -> None:
    thesis, doubt, gates = mills
    kb("link", doubt, "attacks", thesis)
    found = kb("critiques", thesis, "--json").json
    assert [(one["critique"]["id"], one["answered"]) for one in found["critiques"]] == [(doubt, False)]
    assert found["critiques"][0]["critique"]["quote"].startswith("I doubt")
    kb("link", gates, "attacks", doubt)
    replied = kb("critiques", thesis, "--json").json["critiques"][0]
    assert [reply["statement"]["id"] for reply in replied["replies"]] == [gates]
    assert kb("critiques", thesis, "--unanswered", "--json").json["critiques"] == []
    shown = kb("critiques", thesis).out
    assert shown.index("every small harbour") < shown.index("I doubt") < shown.index("answered: ")


def test_critiques_of_a_text_and_of_words_and_of_everything(kb: Kb, mills: list[str]) -> None:
    thesis, doubt, _ = mills
    kb("link", doubt, "attacks", thesis)
    for asked in (["Tide mills"], ["mills in harbours"], []):
        found = kb("critiques", *asked, "--json").json["critiques"]
        assert [one["target"]["id"] for one in found] == [thesis], asked
    assert kb("critiques", "--author", "Nobody", "--json").json["critiques"] == []


def test_an_empty_answer_is_no_error(kb: Kb) -> None:
    ran = kb("critiques")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (0, "", "no critique recorded")
    assert kb("critiques", "--json").json["critiques"] == []


def test_a_reference_to_nothing_is_not_found(kb: Kb, mills: list[str]) -> None:
    assert mills
    assert kb("critiques", "c0000zz", "--json").code == 3
    assert kb("critiques", "").code == 2
