"""Credences: what may be written, whose they are, what is kept, and that they travel with a vault."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.model.document import CredenceRecord
from kb.review.credences import gap, moves, parse, shown, standing
from kb.store import credences, open
from kb.store.credences import Credence
from notes.vault import properties, statement_note
from notes.vault.record_fields import credence_record
from tests.conftest import Kb

NOTE = """# Birds

I think that counts of volunteers are worth a lot for trends.

I doubt that anybody can correct the bias of volunteers.
"""


@pytest.fixture
def names(kb: Kb, tmp_path: Path) -> list[str]:
    """Ids of two statements in a home."""
    (tmp_path / "birds.md").write_text(NOTE)
    kb("add", tmp_path / "birds.md", "--no-embed", "--author", "Ann Lee")
    found = kb("statements", "--all", "--json").json["statements"]
    return [statement["id"] for statement in found][:2]


def _dated(home: Path, *rows: tuple[str, str, float, float, str]) -> None:
    """Credences of other days."""
    with closing(sqlite3.connect(home / open.DB_NAME)) as connection, connection:
        for name, who, low, high, at in rows:
            credences.add(connection, Credence(name, who, low, high, at))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("0.7", 0.7, 0.7), (".7", 0.7, 0.7), ("70%", 0.7, 0.7), ("70 %", 0.7, 0.7), ("0.4-0.8", 0.4, 0.8),
     ("0.4..0.8", 0.4, 0.8), ("40-80%", 0.4, 0.8), ("40%–80%", 0.4, 0.8), ("0.8-0.4", 0.4, 0.8), ("0", 0, 0),
     ("1", 1, 1), ("0.4 to 0.8", 0.4, 0.8), (" 0.5 ", 0.5, 0.5)],
)  # fmt: skip
def test_a_credence_is_a_number_a_percentage_or_a_range(text: str, low: float, high: float) -> None:
    assert parse(text) == (low, high)


@pytest.mark.parametrize(
    "text", ["", "x", "7", "1.01", "101%", "-0.1", "nan", "inf", "0.1-2", "1e-1", "0.1-0.2-0.3", "%"]
)
def test_anything_else_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert "0.4-0.8" in caught.value.hint


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_is_shown_can_be_given_again(one: int, other: int) -> None:
    low, high = sorted((one / 10_000, other / 10_000))
    if (low, high) != (0, 1):
        assert parse(shown(low, high)) == (low, high)


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    try:
        low, high = parse(text)
    except UsageError:
        return
    assert 0 <= low <= high <= 1


def test_moves_are_the_credences_between_which_somebody_changed() -> None:
    def at(day: int, low: float) -> Credence:
        return Credence("c", "me", low, low, f"2024-05-{day:02}T00:00:00Z")

    history = [at(1, 0.3), at(2, 0.3), at(3, 0.5), at(9, 0.7)]
    assert [c.low for c in moves(history)] == [0.3, 0.5, 0.7]
    assert [c.low for c in moves(history, "2024-05-05")] == [0.5, 0.7]
    assert [c.low for c in moves(history, "2024-05-10")] == [0.7]
    assert [c.low for c in moves(history[:2])] == [0.3]


def test_a_withdrawn_credence_is_none() -> None:
    given_ = {"Ann": [Credence("c", "Ann", 0.2, 0.2, "1"), Credence("c", "Ann", 0, 1, "2")],
              "Ben": [Credence("c", "Ben", 0.6, 0.8, "3")]}  # fmt: skip
    assert [c.who for c in standing(given_)] == ["Ben"]
    assert gap(standing(given_)) == 0


def test_believe_tells_the_old_and_the_new_and_keeps_all(kb: Kb, names: list[str]) -> None:
    first = kb("believe", names[0], "0.7", "--note", "read twice", "--json").json
    assert first["old"] is None
    assert (first["new"]["low"], first["new"]["high"], first["new"]["note"]) == (0.7, 0.7, "read twice")
    assert first["who"] == "me"
    ran = kb("believe", names[0], "40-60%")
    assert "me: 0.70 → 0.40–0.60" in ran.out
    other = kb("believe", names[0], "0.9", "--who", "Ben Ito")
    assert "Ben Ito: 0.90" in other.out
    assert "me: 0.40–0.60" in other.out
    history = kb("believe", names[0], "--json").json["history"]
    assert [(c["who"], c["low"]) for c in history] == [("me", 0.7), ("me", 0.4), ("Ben Ito", 0.9)]
    told = kb("believe", names[0], "--who", "ben  ITO")
    assert "0.90" in told.out
    assert "0.70" not in told.out
    assert "read twice" in kb("believe", names[0]).out


def test_forgetting_takes_back_and_keeps_the_history(kb: Kb, names: list[str]) -> None:
    kb("believe", names[0], "0.7")
    ran = kb("believe", names[0], "--forget")
    assert "0.70 → withdrawn" in ran.out
    assert kb("beliefs", "--json").json["beliefs"] == []
    assert kb("show", names[0], "--json").json["credences"] == []
    assert len(kb("believe", names[0], "--json").json["history"]) == 2


def test_what_was_said_before_one_had_a_name_is_still_ones_own(kb: Kb, names: list[str]) -> None:
    kb("believe", names[0], "0.3")
    kb("config", "me", "Ada Brook")
    change = kb("believe", names[0], "0.6", "--json").json
    assert (change["who"], change["old"]["low"], change["new"]["low"]) == ("Ada Brook", 0.3, 0.6)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("c00000", "0.5"), 3), (("{id}", "x"), 2), (("{id}", "0.5", "--forget"), 2), (("{id}", "--note", "x"), 2),
     (("{id}", "0.5", "--who", " "), 2), (("birds", "0.5"), 3)],
)  # fmt: skip
def test_a_mistake_is_one_line_and_changes_nothing(
    kb: Kb, names: list[str], arguments: tuple[str, ...], code: int
) -> None:
    ran = kb("believe", *[argument.format(id=names[0]) for argument in arguments])
    assert ran.code == code
    assert ran.err.startswith("error: ")
    assert kb("beliefs", "--json").json["beliefs"] == []


def test_a_hostile_name_or_note_stays_on_one_line(kb: Kb, names: list[str]) -> None:
    ran = kb("believe", names[0], "0.5", "--who", "Eve\n\x1b[31m  X" + "y" * 200, "--note", "a\nb\x07")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    new = kb("believe", names[0], "--json").json["history"][0]
    assert "\n" not in new["who"]
    assert len(new["who"]) <= 80
    assert new["note"] == "a b"


def test_beliefs_are_listed_newest_first_with_moves_and_differences(kb: Kb, names: list[str], tmp_path: Path) -> None:
    one, two = names
    rows = [(one, "me", 0.2, 0.2, "2023-01-01"), (one, "me", 0.6, 0.8, "2024-03-01"),
            (one, "Ben", 0.3, 0.3, "2023-06-01"), (two, "Ben", 0.5, 0.5, "2025-01-01")]  # fmt: skip
    _dated(tmp_path / "home", *rows)
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


def test_a_credence_outlives_a_new_text_and_keeps_its_statement(kb: Kb, names: list[str], tmp_path: Path) -> None:
    one, two = names
    kb("believe", one, "0.7")
    kb("believe", two, "0.2")
    (tmp_path / "birds.md").write_text(
        "# Birds\n\nA new beginning, longer than the one before it was.\n" + NOTE.split("\n\n")[1]
    )
    assert kb("add", tmp_path / "birds.md", "--no-embed").code == 0
    found = {row["id"]: row for row in kb("beliefs", "--json").json["beliefs"]}
    assert found[one]["credences"][0]["low"] == 0.7
    assert found[one]["statement"]["mentions"][0]["quote"].startswith("I think that counts")
    assert found[two]["statement"]["mentions"] == []  # its quote is gone; the statement is kept
    assert kb("beliefs").code == kb("show", two).code == 0


@pytest.mark.usefixtures("names")
def test_check_names_credences_of_statements_that_are_gone(kb: Kb, tmp_path: Path) -> None:
    _dated(tmp_path / "home", ("cgone", "me", 0.2, 0.2, "2023-01-01T00:00:00Z"))
    ran = kb("check", "--json")
    assert next(f for f in ran.json["findings"] if f["check"] == "credence")["severity"] == "note"
    assert ran.code == 0
    assert "cgone" in kb("beliefs").out
    assert kb("beliefs", "--json").json["beliefs"][0]["statement"] is None
    assert kb("stats", "--json").json["credences"] == 1


def test_a_backup_holds_them(kb: Kb, names: list[str], tmp_path: Path) -> None:
    kb("believe", names[0], "0.7")
    (tmp_path / "other").mkdir()
    kb("backup", tmp_path / "other" / open.DB_NAME)
    assert len(kb("beliefs", "--json", home=tmp_path / "other").json["beliefs"]) == 1


# Through a vault


def _all(home: Path) -> dict[str, list[Credence]]:
    with closing(open.open_reader(home)) as connection:
        return credences.read(connection)


def test_credences_travel_with_a_vault_once(kb: Kb, names: list[str], tmp_path: Path) -> None:
    home, vault, other = tmp_path / "home", tmp_path / "vault", tmp_path / "other"
    _dated(home, (names[0], "Ben", 0.2, 0.2, "2023-01-01T00:00:00Z"))
    kb("believe", names[0], "0.4-0.6", "--note", 'a "note": with [[signs]]')
    kb("believe", names[1], "0.05")
    kb("believe", names[1], "--forget")
    kb("export", vault)
    for _ in range(2):
        assert kb("add", vault, "--no-embed", home=other).code == 0
        assert _all(other) == _all(home)
    kb("add", vault, "--no-embed")
    assert sum(map(len, _all(home).values())) == 4
    assert kb("export", vault, "--json", home=other).json["written"] == []


def test_a_statement_that_the_program_doubts_has_a_note_when_somebody_believes_it(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "birds.md").write_text(NOTE + "\nPerhaps the wind matters more than anybody thinks.\n")
    kb("add", tmp_path / "birds.md", "--no-embed")
    kb("config", "statement_threshold", "0.99")
    everything = kb("statements", "--all", "--json").json["statements"]
    kb("export", tmp_path / "vault")
    assert not list((tmp_path / "vault").glob("statements/*.md"))
    kb("believe", everything[-1]["id"], "0.3")
    kb("export", tmp_path / "vault")
    assert len(list((tmp_path / "vault").glob("statements/*.md"))) == 1


def test_a_credence_that_a_person_writes_into_a_note_is_taken_up_once(kb: Kb, names: list[str], tmp_path: Path) -> None:
    vault, other = tmp_path / "vault", tmp_path / "other"
    kb("believe", names[0], "0.4", "--who", "Ben")
    kb("export", vault)
    note = next(path for path in (vault / "statements").glob("*.md") if f"kb: {names[0]}" in path.read_text())
    line = '  - {"who": "Cleo\\nX", "low": 0.9}\n  - {"who": "Dan", "low": 2}\n  - {"who": "Eve"}\n  - nonsense\n'
    note.write_text(note.read_text().replace("credences:\n", "credences:\n" + line))
    kb("add", vault, "--no-embed", home=other)
    note.write_text(note.read_text() + "\nmore words\n")
    kb("add", vault, "--no-embed", home=other)
    held = _all(other)[names[0]]
    assert [(c.who, c.low, c.high) for c in sorted(held, key=lambda c: c.who)] == [
        ("Ben", 0.4, 0.4),
        ("Cleo X", 0.9, 0.9),
    ]
    assert kb("check", home=other).code == 0


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(0, 1), st.floats(0, 1), st.text(st.characters(exclude_categories=["Cs"])),
)  # fmt: skip
def test_any_credence_comes_back_from_a_note_as_it_was(who: str, one: float, other: float, note: str) -> None:
    low, high = sorted((one, other))
    record = CredenceRecord(" ".join(who.split()) or "x", low, high, "2024-05-01T10:00:00Z", " ".join(note.split()))
    statement = statement_note.read({"kb": "c1", "statement": "x"})
    written = statement_note.write(replace(statement, credences=(record,)), [], [], "x")
    assert statement_note.read(properties.load(written)[0]).credences == (record,)


_ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.integers(), max_size=2)
)


@given(st.dictionaries(st.sampled_from(["who", "low", "high", "at", "note"]), _ANYTHING))
def test_whatever_stands_in_a_note_gives_a_credence_or_none(row: dict[str, Any]) -> None:
    found = credence_record(row)
    assert found is None or 0 <= found.low <= found.high <= 1
