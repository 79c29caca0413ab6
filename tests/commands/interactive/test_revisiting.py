"""A sitting of `kb revisit`, driven by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands.interactive.revisiting import Revisiting
from kb.review import revisit
from kb.store.open import Store, open_store
from tests.conftest import Kb
from tests.vault_homes import sql

TODAY = date(2024, 6, 1)


@pytest.fixture
def store(kb: Kb, birds: list[str], tmp_path: Path) -> Iterator[Store]:
    for name in birds:
        kb("believe", name, "0.7")
    sql(tmp_path / "home", "UPDATE credence SET at = '2024-03-05T10:00:00Z'")
    with open_store(tmp_path / "home") as opened:
        yield opened


def sit(store: Store, keys: str, lines: list[str] | None = None) -> Revisiting:
    """A sitting with these keys, and with these lines where it asks for one; then the terminal is gone."""
    pressed, typed = iter(keys), iter(lines or [])
    agenda = revisit.agenda(store, TODAY)

    def key() -> str:
        for one in pressed:
            return one
        raise EOFError

    sitting = Revisiting(store, agenda, agenda.due, TODAY, key, lambda _, begun: begun + next(typed))
    sitting.run()
    return sitting


def test_enter_keeps_a_number_changes_and_q_stops(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    done = sit(store, "\n" + "0" + "q", [".2"]).done
    assert [(one.grade, one.credence and one.credence.low) for one in done] == [("good", 0.7), ("again", 0.2)]
    told = capsys.readouterr().err
    assert "0.70; asked again" in told
    assert "0.70 → 0.20; asked again" in told
    assert len(revisit.agenda(store, TODAY).due) == 1


def test_s_leaves_it_for_the_next_time_and_e_puts_it_off_farther(store: Store) -> None:
    sitting = sit(store, "se\n")
    easy, good = sitting.done
    assert (easy.grade, good.grade) == ("easy", "good")
    assert easy.due > good.due
    assert "2 looked at, 0 moved, 1 still due" in sitting.summary()
    assert len(revisit.agenda(store, TODAY).due) == 1


def test_what_is_no_credence_is_told_and_asked_again(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    sitting = sit(store, "9x?9", ["9", ""])
    assert "'99' is more than certain" in capsys.readouterr().err
    assert [one.credence for one in sitting.done] == []


def test_the_end_of_the_terminal_stops_and_keeps_what_was_answered(store: Store) -> None:
    assert len(sit(store, "\n").done) == 1
