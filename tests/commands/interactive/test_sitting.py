"""A sitting of `kb review`: what each key does, and what is said where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.interactive.sitting import Session
from kb.store.open import open_store
from tests.conftest import Kb
from tests.kb.review.review_texts import BATTERY, BOATS, LAMP, RECEIVER, propose, status, suggest, two_texts
from tests.vault_homes import sql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


def _keys(pressed: str) -> Callable[[], str]:
    waiting = iter(pressed)

    def read() -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    return read


def _session(home: Path, names: list[str], pressed: str, typed: str = "") -> Session:
    with open_store(home) as store:
        session = Session(store, names, _keys(pressed), lambda _, text: typed or text)
        session.run()
    return session


def test_keys_do_what_the_help_says(home: Path) -> None:
    names = [suggest(home, quote) for quote in (BATTERY, RECEIVER, LAMP, BOATS)]
    session = _session(home, names, "arsx9\rA")
    assert [status(home, name) for name in names] == ["accepted", "rejected", "suggested", "accepted"]
    assert session.summary(4) == "2 accepted, 1 rejected; 1 suggestion waits"


def test_undo_goes_back_step_by_step_and_no_further_than_this_sitting(home: Path) -> None:
    names = [suggest(home, quote) for quote in (BATTERY, RECEIVER)]
    _session(home, names, "a")
    session = _session(home, names, "auuuuaq")  # the first is decided: it is passed over
    assert [status(home, name) for name in names] == ["accepted", "accepted"]
    assert session.summary(1) == "1 accepted; no more to review"


def test_what_cannot_be_done_is_said_and_the_suggestion_stays(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = (suggest(home, quote) for quote in (BATTERY, RECEIVER))
    link = propose(home, a, "related", b)
    _session(home, [link], "tcxcne0ca")
    err = capsys.readouterr().err
    assert "a related link has no direction" in err
    assert err.count("nothing changed") == 3  # a change left, the same relation again, an edit left
    assert sql(home, "SELECT relation FROM link WHERE status = 'accepted'") == [("attacks",)]


def test_what_is_decided_elsewhere_meanwhile_is_not_asked(home: Path, kb: Kb) -> None:
    names = [suggest(home, quote) for quote in (BATTERY, RECEIVER)]
    kb("reject", names[0], home=home)
    session = _session(home, names, "a")
    assert [done.target for _, done in session.done] == [names[1]]


def test_hostile_words_do_not_reach_the_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = suggest(home, BATTERY, text="A \x1b[31mred\x9b1m claim \u202ereversed")
    sql(home, "UPDATE source SET title = 'On \x1b]0;lamps\x07'")
    _session(home, [name], "q")
    err = capsys.readouterr().err
    assert "red" in err
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(err)
