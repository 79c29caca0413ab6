"""`kb believe`: how likely somebody holds a statement to be, and held it before."""

from __future__ import annotations

import pytest

from tests.conftest import Kb


def test_believe_tells_the_old_and_the_new_and_keeps_all(kb: Kb, birds: list[str]) -> None:
    first = kb("believe", birds[0], "0.7", "--note", "read twice", "--json").json
    assert first["old"] is None
    assert (first["new"]["low"], first["new"]["high"], first["new"]["note"]) == (0.7, 0.7, "read twice")
    assert first["who"] == "me"
    ran = kb("believe", birds[0], "40-60%")
    assert "me: 0.70 → 0.40–0.60" in ran.out
    other = kb("believe", birds[0], "0.9", "--who", "Ben Ito")
    assert "Ben Ito: 0.90" in other.out
    assert "me: 0.40–0.60" in other.out
    history = kb("believe", birds[0], "--json").json["history"]
    assert [(c["who"], c["low"]) for c in history] == [("me", 0.7), ("me", 0.4), ("Ben Ito", 0.9)]
    told = kb("believe", birds[0], "--who", "ben  ITO")
    assert "0.90" in told.out
    assert "0.70" not in told.out
    assert "read twice" in kb("believe", birds[0]).out


def test_forgetting_takes_back_and_keeps_the_history(kb: Kb, birds: list[str]) -> None:
    kb("believe", birds[0], "0.7")
    ran = kb("believe", birds[0], "--forget")
    assert "0.70 → withdrawn" in ran.out
    assert kb("beliefs", "--json").json["beliefs"] == []
    assert kb("show", birds[0], "--json").json["credences"] == []
    assert len(kb("believe", birds[0], "--json").json["history"]) == 2


def test_what_was_said_before_one_had_a_name_is_still_ones_own(kb: Kb, birds: list[str]) -> None:
    kb("believe", birds[0], "0.3")
    kb("config", "me", "Ada Brook")
    change = kb("believe", birds[0], "0.6", "--json").json
    assert (change["who"], change["old"]["low"], change["new"]["low"]) == ("Ada Brook", 0.3, 0.6)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("c00000", "0.5"), 3), (("{id}", "x"), 2), (("{id}", "0.5", "--forget"), 2), (("{id}", "--note", "x"), 2),
     (("{id}", "0.5", "--who", " "), 2), (("birds", "0.5"), 3)],
)  # fmt: skip
def test_a_mistake_is_one_line_and_changes_nothing(
    kb: Kb, birds: list[str], arguments: tuple[str, ...], code: int
) -> None:
    ran = kb("believe", *[argument.format(id=birds[0]) for argument in arguments])
    assert ran.code == code
    assert ran.err.startswith("error: ")
    assert kb("beliefs", "--json").json["beliefs"] == []


def test_a_hostile_name_or_note_stays_on_one_line(kb: Kb, birds: list[str]) -> None:
    ran = kb("believe", birds[0], "0.5", "--who", "Eve\n\x1b[31m  X" + "y" * 200, "--note", "a\nb\x07")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    new = kb("believe", birds[0], "--json").json["history"][0]
    assert "\n" not in new["who"]
    assert len(new["who"]) <= 80
    assert new["note"] == "a b"
