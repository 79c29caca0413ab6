"""`kb revisit`: what one holds comes back when it is due, with what has happened since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb
from tests.vault_homes import sql

LONG_AGO = "2024-03-05T10:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def due(kb: Kb) -> list[dict[str, Any]]:
    return list(kb("revisit", "--json").json["due"])


def long_ago(home: Path, table: str = "credence", column: str = "at") -> None:
    sql(home, f"UPDATE {table} SET {column} = '{LONG_AGO}'")


def test_a_credence_is_due_some_days_later_with_the_critiques_since(kb: Kb, home: Path, birds: list[str]) -> None:
    kb("believe", birds[0], "0.7")
    assert due(kb) == []
    assert "nothing is due; the next" in kb("revisit").err
    long_ago(home)
    kb("link", birds[1], "attacks", birds[0])
    kb("link", birds[2], "attacks", birds[1])
    (one,) = due(kb)
    assert one["id"] == birds[0]
    assert one["summary"] == "you held this at 0.70 in March 2024; one critique and one answer to a critique since"
    assert [news["what"] for news in one["since"]] == ["critique", "answer"]
    critique = one["since"][0]
    assert (critique["statement"]["id"], critique["who"]) == (birds[1], "Ann Lee")
    assert "Ann Lee" in kb("revisit").out


def test_what_happened_before_is_no_news(kb: Kb, home: Path, linked: list[str]) -> None:
    long_ago(home, "link", "created")
    kb("believe", linked[0], "0.7")
    sql(home, "UPDATE credence SET at = '2024-06-01T00:00:00Z'")
    (one,) = due(kb)
    assert one["since"] == []
    assert one["summary"].endswith("nothing new since")


def test_asking_writes_nothing_and_is_the_same_every_time(kb: Kb, home: Path, birds: list[str]) -> None:
    for name, value in zip(birds, ("0.2", "0.5", "0.9"), strict=True):
        kb("believe", name, value)
    long_ago(home)
    assert due(kb) == due(kb)
    assert sql(home, "SELECT count(*) FROM revisit") == [(0,)]


def test_an_answer_puts_it_off_longer_each_time_it_stands(kb: Kb, home: Path, birds: list[str]) -> None:
    kb("believe", birds[0], "0.7")
    long_ago(home)
    answered = kb("revisit", "--answer", birds[0], "--json").json["answered"]
    assert answered["grade"] == "good"
    assert due(kb) == []
    assert len(kb("believe", birds[0], "--json").json["history"]) == 1  # it stands as it did
    soon = kb("revisit", "--answer", birds[0], "--grade", "again", "--json").json["answered"]
    assert soon["due"] < answered["due"]


def test_an_answer_records_a_credence_that_moved(kb: Kb, home: Path, birds: list[str]) -> None:
    kb("believe", birds[0], "0.7")
    long_ago(home)
    ran = kb("revisit", "--answer", birds[0], "--credence", "30%")
    assert "0.70 → 0.30; asked again" in ran.out
    assert [one["low"] for one in kb("believe", birds[0], "--json").json["history"]] == [0.7, 0.3]


def test_a_credence_given_elsewhere_counts_as_looking_at_it(kb: Kb, home: Path, birds: list[str]) -> None:
    kb("believe", birds[0], "0.7")
    long_ago(home)
    kb("believe", birds[0], "0.6")
    assert due(kb) == []


@pytest.mark.usefixtures("birds")
def test_a_claim_of_ones_own_is_due_without_a_credence(kb: Kb, home: Path) -> None:
    kb("claim", "Counts should be corrected.")
    long_ago(home, "statement", "created")
    (one,) = due(kb)
    assert one["credence"] is None
    assert one["summary"] == "you claimed this in March 2024; nothing new since"


def test_what_one_marked_in_a_note_is_ones_own_and_a_quote_is_not(kb: Kb, home: Path, tmp_path: Path) -> None:
    note = tmp_path / "frogs.md"
    note.write_text("# Frogs\n\nThey sing at dusk, says the warden.\n\nclaim:: Frogs should be counted at dusk.\n")
    kb("add", note, "--no-embed")
    kb("claim", "Frogs sing.", "--source", "Frogs", "--quote", "They sing at dusk")
    long_ago(home, "statement", "created")
    assert [one["text"] for one in due(kb)] == ["Frogs should be counted at dusk."]


def test_what_is_rejected_removed_or_no_longer_held_leaves(kb: Kb, home: Path, birds: list[str]) -> None:
    claim = kb("claim", "Counts should be corrected.", "--json").json
    for name in birds:
        kb("believe", name, "0.7")
    long_ago(home)
    long_ago(home, "statement", "created")
    assert len(due(kb)) == 4
    kb("reject", birds[0])
    kb("believe", birds[1], "--forget")
    kb("rm", claim["mentions"][0]["source"], "--yes")
    assert [one["id"] for one in due(kb)] == [birds[2]]


def test_those_that_were_attacked_come_first(kb: Kb, home: Path, birds: list[str]) -> None:
    for name in birds:
        kb("believe", name, "0.7")
    long_ago(home)
    kb("link", birds[0], "attacks", birds[2])
    assert due(kb)[0]["id"] == birds[2]


def test_credences_of_others_since_are_told(kb: Kb, home: Path, birds: list[str]) -> None:
    kb("believe", birds[0], "0.7")
    long_ago(home)
    kb("believe", birds[0], "0.2", "--who", "Ben Ito")
    (one,) = due(kb)
    assert (one["since"][0]["who"], one["since"][0]["held"]) == ("Ben Ito", "0.20")
    assert "Ben Ito holds it at 0.20" in kb("revisit").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--answer", "c0000000"), 3),
        (("--credence", "0.5"), 2),
        (("--grade", "good"), 2),
        (("--answer", "x", "--credence", "2"), 2),
        (("--answer", "x", "--grade", "fine"), 2),
    ],
)
@pytest.mark.usefixtures("birds")
def test_wrong_answers_are_errors(kb: Kb, arguments: tuple[str, ...], code: int) -> None:
    assert kb("revisit", *arguments).code == code


def test_what_one_does_not_hold_cannot_be_answered_and_undo_takes_an_answer_back(
    kb: Kb, home: Path, birds: list[str]
) -> None:
    ran = kb("revisit", "--answer", birds[0])
    assert (ran.code, f"kb believe {birds[0]}" in ran.err) == (3, True)
    kb("revisit", "--answer", birds[0], "--credence", "0.4")
    kb("undo")
    assert sql(home, "SELECT count(*) FROM revisit") == [(0,)]
    assert kb("believe", birds[0], "--json").json["history"] == []
