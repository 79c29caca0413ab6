"""The questions on the command line: answers with quotes, empty answers, what is not found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kb = Callable[..., Any]

NOTE = """# Tide mills

I think that tide mills should be built in every small harbour.

I doubt that tide mills can ever be worth their price in a small harbour.

I believe that wooden gates will last for sixty years in brackish water.
"""


@pytest.fixture
def home(kb: Kb, tmp_path: Path) -> Kb:
    (tmp_path / "mills.md").write_text(NOTE)
    assert kb("add", tmp_path / "mills.md", "--no-embed", "--author", "Ada Brandt").code == 0
    return kb


def _statements(home: Kb) -> list[str]:
    found = home("statements", "--all", "--json").json["statements"]
    assert len(found) >= 3
    return [one["id"] for one in found]


def test_critiques_of_a_statement_with_the_reply_under_them(home: Kb) -> None:
    thesis, doubt, gates = _statements(home)[:3]
    home("link", doubt, "attacks", thesis)
    found = home("critiques", thesis, "--json").json
    assert [(one["critique"]["id"], one["answered"]) for one in found["critiques"]] == [(doubt, False)]
    assert found["critiques"][0]["critique"]["quote"].startswith("I doubt")
    home("link", gates, "attacks", doubt)
    replied = home("critiques", thesis, "--json").json["critiques"][0]
    assert [reply["statement"]["id"] for reply in replied["replies"]] == [gates]
    assert home("critiques", thesis, "--unanswered", "--json").json["critiques"] == []
    shown = home("critiques", thesis).out
    assert shown.index("every small harbour") < shown.index("I doubt") < shown.index("answered: ")


def test_critiques_of_a_text_and_of_words_and_of_everything(home: Kb) -> None:
    thesis, doubt, _ = _statements(home)[:3]
    home("link", doubt, "attacks", thesis)
    for asked in (["Tide mills"], ["mills in harbours"], []):
        found = home("critiques", *asked, "--json").json["critiques"]
        assert [one["target"]["id"] for one in found] == [thesis], asked
    assert home("critiques", "--author", "Nobody", "--json").json["critiques"] == []


@pytest.mark.parametrize("verb", ["critiques", "theories", "changes"])
def test_an_empty_answer_is_no_error(kb: Kb, verb: str) -> None:
    words = ["2999"] if verb == "changes" else []
    shown = kb(verb, *words)
    assert (shown.code, shown.out) == (0, "")
    assert shown.err
    assert kb(verb, *words, "--json").code == 0


def test_a_reference_to_nothing_is_not_found(home: Kb) -> None:
    thesis = _statements(home)[0]
    for words in (
        ["rests-on", "c0000zz"],
        ["critiques", "c0000zz"],
        ["chain", thesis, "s0000zz"],
        ["theories", "s0000zz"],
    ):
        assert home(*words, "--json").code == 3, words
    assert home("critiques", "").code == 2


def test_theories_come_with_their_critiques_and_can_be_asked_for_without(home: Kb) -> None:
    doubt = _statements(home)[1]
    theory = home("claim", "Cheap tools spread fast.", "--kind", "theory_of_impact", "--json").json["id"]
    assert [t["id"] for t in home("theories", "--without-critique", "--json").json["theories"]] == [theory]
    assert "no critique recorded" in home("theories").out
    home("link", doubt, "attacks", theory)
    found = home("theories", "cheap tools", "--json").json["theories"]
    assert [one["critique"]["id"] for one in found[0]["critiques"]] == [doubt]
    assert home("theories", "--without-critique", "--json").json["theories"] == []


def test_what_rests_on_a_statement_and_what_is_without_evidence(home: Kb) -> None:
    thesis, _, gates = _statements(home)[:3]
    home("link", gates, "supports", thesis)
    found = home("rests-on", gates, "--json").json
    assert [(one["id"], one["depth"], one["falls"]) for one in found["dependents"]] == [(thesis, 1, True)]
    assert "would lose all its recorded support" in home("rests-on", gates).out
    bare = {s["id"] for s in home("statements", "--no-evidence", "--all", "--json").json["statements"]}
    assert gates in bare
    assert thesis not in bare


def test_a_chain_reads_in_the_direction_of_its_links(home: Kb) -> None:
    thesis, doubt, gates = _statements(home)[:3]
    none = home("chain", gates, doubt, "--json")
    assert (none.code, none.json["steps"]) == (0, [])
    home("link", doubt, "attacks", thesis)
    home("link", gates, "supports", thesis)
    steps = home("chain", gates, doubt, "--json").json["steps"]
    assert [step["reads"] for step in steps] == ["supports", "is attacked by"]
    assert "is attacked by" in home("chain", gates, doubt).out


def test_unsigned_links_lead_on_only_where_nothing_else_does(home: Kb) -> None:
    thesis, doubt, gates = _statements(home)[:3]
    home("link", gates, "related", doubt)
    assert [s["reads"] for s in home("chain", gates, doubt, "--json").json["steps"]] == ["is related to"]
    home("link", gates, "supports", thesis)
    home("link", doubt, "attacks", thesis)
    assert len(home("chain", gates, doubt, "--json").json["steps"]) == 2
    assert len(home("chain", gates, doubt, "--related", "--json").json["steps"]) == 1


def test_changes_tell_what_is_new_and_what_became_answered_or_open(home: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    thesis, doubt, gates = _statements(home)[:3]
    home("link", doubt, "attacks", thesis)
    monkeypatch.setattr("kb.store.open.now", lambda: "2999-05-02T00:00:00Z")
    link = home("link", gates, "attacks", doubt, "--json").json["links"][0]["id"]
    found = home("changes", "2999-05", "--json").json
    assert [one["critique"] for one in found["answered"]] == [doubt]
    assert [one["id"] for one in found["links"]] == [link]
    assert found["sources"] == {"added": [], "updated": []}
    home("reject", link)
    later = home("changes", "2999-05", "--json").json
    assert [one["critique"] for one in later["reopened"]] == [doubt]
    assert [one["verdict"] for one in later["decisions"]] == ["rejected"]
    assert later["answered"] == []
    assert "critique open again" in home("changes", "2999-05").out


def test_changes_know_the_credence_before(home: Kb) -> None:
    thesis = _statements(home)[0]
    home("believe", thesis, "0.7")
    home("believe", thesis, "0.4")
    found = home("changes", "today", "--json").json["credences"]
    assert [(one["low"], one["before"] and one["before"]["low"]) for one in found] == [(0.7, None), (0.4, 0.7)]
    assert home("changes", "no day at all").code == 2
