"""`kb strength`: what it prints, and what it says where nothing is accepted yet."""

from __future__ import annotations

import pytest

from kb.graph.strength import CALCULATION
from tests.conftest import ROOT, Kb


@pytest.mark.parametrize(
    "verb", [("strength",), ("stands",), ("cruxes", "{id}"), ("strength", "{id}"), ("stands", "{id}")]
)
def test_where_nothing_is_accepted_they_say_what_to_do(kb: Kb, birds: list[str], verb: tuple[str, ...]) -> None:
    ran = kb(*[word.format(id=birds[0]) for word in verb])
    assert ran.code == 0
    assert "nothing is accepted yet" in ran.err
    assert "--suggested" in ran.err
    answer = kb(*[word.format(id=birds[0]) for word in verb], "--json")
    assert answer.code == 0
    assert answer.json["calculation"] == CALCULATION


def test_in_an_empty_home_too(kb: Kb) -> None:
    assert kb("strength").code == 0
    assert kb("strength", "--json").json["links"] == 0


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


def test_a_rejected_statement_takes_no_part(kb: Kb, linked: list[str]) -> None:
    kb("reject", linked[1])
    assert "takes no part" in kb("strength", linked[1]).err


def test_an_unknown_id_is_an_error(kb: Kb, linked: list[str]) -> None:
    assert kb("strength", "c0000000").code == 3
    assert kb("strength", linked[0], "--label", "odd").code == 2
