"""`kb cruxes`: what would move a statement most, for one person or for two."""

from __future__ import annotations

import pytest

from kb.graph.strength import CALCULATION
from tests.conftest import Kb


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
    assert kb("cruxes", linked[1]).code == 3
    assert kb("cruxes", linked[0], "--json").json["cruxes"] == []


def test_an_unknown_id_is_an_error(kb: Kb, linked: list[str]) -> None:
    assert kb("cruxes", "c0000000").code == 3
    assert kb("cruxes", linked[0], "--label", "odd").code == 2
