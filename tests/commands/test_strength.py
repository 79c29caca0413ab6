"""`kb strength`, `kb stands`, `kb cruxes`: what they print, and what they say where nothing is accepted yet."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb.graph.strength import CALCULATION
from kb.store import decisions, links, open
from tests.conftest import ROOT, Kb

NOTE = """# Birds

I think that counts of volunteers are worth a lot for trends.

I doubt that anybody can correct the bias of volunteers.

I think that walked transects agree with corrected counts.
"""
VERBS = ("strength", "stands")


@pytest.fixture
def names(kb: Kb, tmp_path: Path) -> list[str]:
    """Ids of three statements in a home: a claim, a doubt, an answer to the doubt. Nothing is accepted."""
    (tmp_path / "birds.md").write_text(NOTE)
    kb("add", tmp_path / "birds.md", "--no-embed", "--author", "Ann Lee")
    return [statement["id"] for statement in kb("statements", "--all", "--json").json["statements"]]


@pytest.fixture
def linked(kb: Kb, names: list[str]) -> list[str]:
    """The same, the doubt attacking the claim and the answer attacking the doubt."""
    kb("link", names[1], "attacks", names[0])
    kb("link", names[2], "attacks", names[1])
    return names


@pytest.mark.parametrize(
    "verb", [("strength",), ("stands",), ("cruxes", "{id}"), ("strength", "{id}"), ("stands", "{id}")]
)
def test_where_nothing_is_accepted_they_say_what_to_do(kb: Kb, names: list[str], verb: tuple[str, ...]) -> None:
    ran = kb(*[word.format(id=names[0]) for word in verb])
    assert ran.code == 0
    assert "nothing is accepted yet" in ran.err
    assert "--suggested" in ran.err
    answer = kb(*[word.format(id=names[0]) for word in verb], "--json")
    assert answer.code == 0
    assert answer.json["calculation"] == CALCULATION


@pytest.mark.parametrize("verb", VERBS)
def test_in_an_empty_home_too(kb: Kb, verb: str) -> None:
    assert kb(verb).code == 0
    assert kb(verb, "--json").json["links"] == 0


def test_strength_starts_from_credences_and_is_labelled(kb: Kb, linked: list[str]) -> None:
    kb("believe", linked[0], "0.8")
    kb("believe", linked[1], "0.4-0.6")
    found = kb("strength", linked[0], "--json").json
    one = found["strengths"][0]
    assert one["base"] == 0.8
    assert one["low"] < one["strength"] < one["high"] < 0.8
    assert one["credence"] == {"low": 0.8, "high": 0.8}
    assert [(voice["from"], voice["relation"], voice["counted"]) for voice in one["voices"]] == [
        (linked[1], "attacks", True)
    ]
    assert found["settled"] is True
    assert one["quote"].startswith("I think that counts")
    ran = kb("strength", linked[0])
    assert CALCULATION in ran.out
    assert "began at 0.80, from the credence; 1 against" in ran.out
    other = kb("strength", linked[0], "--who", "Ben", "--json").json
    assert other["who"] == "Ben"
    assert other["strengths"][0]["base"] == 0.5


def test_strength_lists_what_moved_furthest_first(kb: Kb, linked: list[str]) -> None:
    kb("believe", linked[2], "1")
    found = kb("strength", "--json").json
    assert [one["id"] for one in found["strengths"]] == [linked[1], linked[0]]
    assert [one["id"] for one in kb("strength", "-n", "1", "--json").json["strengths"]] == [linked[1]]
    assert "1 more with -n" in kb("strength", "-n", "1").err
    assert {one["id"] for one in kb("strength", "birds", "--json").json["strengths"]} == {linked[0], linked[1]}
    assert linked[1] in {one["id"] for one in kb("strength", "bias", "--json").json["strengths"]}


def test_suggestions_count_only_when_asked_for_and_say_so(kb: Kb) -> None:
    assert kb("add", ROOT / "examples" / "post.txt", "--no-embed").code == 0
    assert kb("strength", "--json").json["strengths"] == []
    found = kb("strength", "--suggested", "--json").json
    assert found["strengths"]
    assert all(0 < voice["weight"] < 1 for one in found["strengths"] for voice in one["voices"])
    assert ", suggested" in kb("strength", found["strengths"][0]["id"], "--suggested").out
    assert kb("stands", "--json").json["statements"] == []
    assert kb("stands", "--suggested", "--json").json["counts"]["out"] > 0
    assert ", suggested]" in kb("stands", "--suggested").out


def test_suggestions_of_a_rule_that_was_mostly_wrong_are_hidden_here_too(kb: Kb, tmp_path: Path) -> None:
    kb("add", ROOT / "examples" / "post.txt", "--no-embed")
    before = kb("stands", "--suggested", "--json").json["links"]
    with closing(sqlite3.connect(tmp_path / "home" / open.DB_NAME)) as connection, connection:
        connection.row_factory = sqlite3.Row
        rules = {(row["basis"], row["rule"]) for row in links.outlines(connection, ("suggested",), ("attacks",))}
        for basis, rule in rules:
            for number in range(20):
                decisions.add(connection, f"e{rule}{number}", "rejected", "2024-05-01", basis, rule)
    kb("config", "least_precision", "0.5")
    assert before > kb("stands", "--suggested", "--json").json["links"]
    assert kb("stands", "--suggested", "--json").json["statements"] == []


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


def test_cruxes_are_listed_by_what_they_move_with_their_quotes(kb: Kb, linked: list[str]) -> None:
    kb("believe", linked[1], "0.9")
    kb("believe", linked[1], "0.3", "--who", "Ben Ito")
    found = kb("cruxes", linked[0], "--json").json
    assert [crux["id"] for crux in found["cruxes"]] == [linked[1], linked[2]]
    assert (found["who"], found["with"]) == ("me", "Ben Ito")
    assert found["root"]["strength"] < found["with_strength"]
    first = found["cruxes"][0]
    assert first["double"] is True
    assert first["change"] > first["with_change"] > 0
    assert first["change"] == pytest.approx(0.5 - found["root"]["strength"], abs=1e-3)
    assert first["quote"].startswith("I doubt that")
    assert found["cruxes"][1]["double"] is False
    text = kb("cruxes", linked[0]).out
    assert "a double crux: it moves both, and you differ" in text
    assert CALCULATION in text
    assert kb("cruxes", linked[0], "--with", "Cleo", "--json").json["with"] == "Cleo"


def test_a_rejected_statement_takes_no_part(kb: Kb, linked: list[str]) -> None:
    kb("reject", linked[1])
    assert kb("stands", linked[0], "--json").json["statements"][0]["reasons"] == []
    assert "takes no part" in kb("strength", linked[1]).err
    assert kb("cruxes", linked[1]).code == 3
    assert kb("cruxes", linked[0], "--json").json["cruxes"] == []


def test_show_tells_what_is_believed_and_the_strength(kb: Kb, linked: list[str]) -> None:
    assert kb("show", linked[2], "--json").json["strength"] is None
    kb("believe", linked[0], "0.8")
    shown = kb("show", linked[0], "--json").json
    assert shown["credences"][0]["low"] == 0.8
    assert shown["strength"]["base"] == 0.8 > shown["strength"]["value"]
    text = kb("show", linked[0]).out
    assert "me believes it 0.80" in text
    assert CALCULATION in text


@pytest.mark.parametrize("verb", ["strength", "stands", "cruxes"])
def test_an_unknown_id_is_an_error(kb: Kb, linked: list[str], verb: str) -> None:
    ran = kb(verb, "c0000000")
    assert ran.code == 3
    assert kb(verb, linked[0], "--label", "odd").code == 2
