"""`kb beliefs`: what people hold, what moved, and where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.model.credence import Credence
from kb.store import credences
from kb.store.open import open_store
from tests.commands.conftest import BIRDS
from tests.conftest import Kb


def dated(home: Path, *rows: tuple[str, str, float, float, str]) -> None:
    """Credences of other days."""
    with open_store(home) as store, store.transaction():
        for name, who, low, high, at in rows:
            credences.add(store, Credence(name, who, low, high, at))


def test_beliefs_are_listed_newest_first_with_moves_and_differences(kb: Kb, birds: list[str], tmp_path: Path) -> None:
    one, two = birds[:2]
    rows = [(one, "me", 0.2, 0.2, "2023-01-01"), (one, "me", 0.6, 0.8, "2024-03-01"),
            (one, "Ben", 0.3, 0.3, "2023-06-01"), (two, "Ben", 0.5, 0.5, "2025-01-01")]  # fmt: skip
    dated(tmp_path / "home", *rows)
    found = kb("beliefs", "--json").json["beliefs"]
    assert [row["id"] for row in found] == [two, one]
    assert found[1]["differ"] is True
    assert found[1]["gap"] == pytest.approx(0.4)
    assert found[1]["statement"]["id"] == one
    changed = kb("beliefs", "--changed", "--json").json["beliefs"]
    assert [(row["id"], [c["who"] for c in row["credences"]]) for row in changed] == [(one, ["me"])]
    assert [c["low"] for c in changed[0]["credences"][0]["moves"]] == [0.2, 0.6]
    assert "me: 0.20 → 0.60–0.80" in kb("beliefs", "--changed").out
    assert "you differ by 0.40" in kb("beliefs", "--differ").out
    assert [row["id"] for row in kb("beliefs", "--since", "2024-06", "--json").json["beliefs"]] == [two]
    assert [row["id"] for row in kb("beliefs", "--until", "2023", "--json").json["beliefs"]] == [one]
    assert [row["id"] for row in kb("beliefs", "--who", "me", "--json").json["beliefs"]] == [one]
    assert [row["id"] for row in kb("beliefs", "bias", "--json").json["beliefs"]] == [two]
    assert kb("beliefs", "--author", "Nobody", "--json").json["beliefs"] == []
    assert len(kb("beliefs", "--author", "Ann", "-n", "1", "--json").json["beliefs"]) == 1


def test_a_credence_outlives_a_new_text_and_keeps_its_statement(kb: Kb, birds: list[str], tmp_path: Path) -> None:
    one, two = birds[:2]
    kb("believe", one, "0.7")
    kb("believe", two, "0.2")
    (tmp_path / "birds.md").write_text(
        "# Birds\n\nA new beginning, longer than the one before it was.\n" + BIRDS.split("\n\n")[1]
    )
    assert kb("add", tmp_path / "birds.md", "--no-embed").code == 0
    found = {row["id"]: row for row in kb("beliefs", "--json").json["beliefs"]}
    assert found[one]["credences"][0]["low"] == 0.7
    assert found[one]["statement"]["mentions"][0]["quote"].startswith("I think that counts")
    assert found[two]["statement"]["mentions"] == []  # its quote is gone; the statement is kept
    assert kb("beliefs").code == kb("show", two).code == 0


@pytest.mark.usefixtures("birds")
def test_credences_of_statements_that_are_gone_are_named(kb: Kb, tmp_path: Path) -> None:
    dated(tmp_path / "home", ("cgone", "me", 0.2, 0.2, "2023-01-01T00:00:00Z"))
    ran = kb("check", "--json")
    assert next(f for f in ran.json["findings"] if f["check"] == "credence")["severity"] == "note"
    assert ran.code == 0
    assert "cgone" in kb("beliefs").out
    assert kb("beliefs", "--json").json["beliefs"][0]["statement"] is None
    assert kb("stats", "--json").json["credences"] == 1
