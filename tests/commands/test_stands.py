"""`kb stands`: what stands, given what is recorded, and why."""

from __future__ import annotations

from pathlib import Path

from kb.graph.strength import CALCULATION
from kb.store import decisions, links
from kb.store.open import open_store
from tests.conftest import ROOT, Kb


def test_in_an_empty_home_nothing_does(kb: Kb) -> None:
    assert kb("stands").code == 0
    assert kb("stands", "--json").json["links"] == 0


def test_stands_gives_the_reason(kb: Kb, linked: list[str]) -> None:
    found = kb("stands", "--json").json
    assert {one["id"]: one["label"] for one in found["statements"]} == {linked[0]: "in", linked[1]: "out"}
    assert found["counts"] == {"out": 1, "undecided": 0, "in": 1}
    claim = next(one for one in found["statements"] if one["id"] == linked[0])
    assert claim["reasons"][0]["from"] == linked[1]
    assert claim["reasons"][0]["answered_by"][0]["from"] == linked[2]
    text = " ".join(kb("stands").out.split())
    assert CALCULATION in text
    assert f"falls to {linked[2]} “I think that walked transects" in text
    assert "nothing recorded answers it" in text
    assert "in vain" in text
    assert [one["id"] for one in kb("stands", "--label", "out", "--json").json["statements"]] == [linked[1]]
    assert "nothing recorded speaks against it" in kb("stands", linked[2]).out
    kb("link", linked[1], "attacks", linked[2])
    assert "they attack each other" in " ".join(kb("stands", linked[2]).out.split())


def test_suggestions_count_only_when_asked_for_and_say_so(kb: Kb) -> None:
    assert kb("add", ROOT / "examples" / "post.txt", "--no-embed").code == 0
    assert kb("stands", "--json").json["statements"] == []
    assert kb("stands", "--suggested", "--json").json["counts"]["out"] > 0
    assert ", suggested]" in kb("stands", "--suggested").out


def test_suggestions_of_a_rule_that_was_mostly_wrong_are_hidden_here_too(kb: Kb, tmp_path: Path) -> None:
    kb("add", ROOT / "examples" / "post.txt", "--no-embed")
    before = kb("stands", "--suggested", "--json").json["links"]
    with open_store(tmp_path / "home") as store, store.transaction():
        rules = {(edge.basis, edge.rule) for edge in links.edges(store, ("suggested",), ("attacks",))}
        for basis, rule in rules:
            for number in range(20):
                decisions.add(store, f"e{rule}{number}", "rejected", "2024-05-01", basis, rule)
    kb("config", "least_precision", "0.5")
    assert before > kb("stands", "--suggested", "--json").json["links"]
    assert kb("stands", "--suggested", "--json").json["statements"] == []


def test_a_rejected_statement_takes_no_part(kb: Kb, linked: list[str]) -> None:
    kb("reject", linked[1])
    assert kb("stands", linked[0], "--json").json["statements"][0]["reasons"] == []


def test_an_unknown_id_is_an_error(kb: Kb, linked: list[str]) -> None:
    assert kb("stands", "c0000000").code == 3
    assert kb("stands", linked[0], "--label", "odd").code == 2
