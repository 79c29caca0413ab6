"""A sitting of `kb review`: what each key does, and what is said where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.interactive.sitting import Session
from kb.model.proposed import new_proposal
from kb.store import proposals
from kb.store.open import now, open_store
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


def test_another_target_and_another_speaker_are_said_and_undone(home: Path) -> None:
    a, b, c = (suggest(home, quote) for quote in (BATTERY, RECEIVER, LAMP))
    link = propose(home, a, "attacks", b)
    session = _session(home, [link], "o", c)
    assert session.summary(1) == "1 other target; no more to review"
    rows = sql(home, "SELECT to_id, status FROM link ORDER BY rowid")
    assert rows == [(b, "rejected"), (c, "accepted")]
    _session(home, [b], "w", "Mia Lund")
    assert sql(home, "SELECT m.speaker FROM mention m JOIN statement s ON s.rowid = m.statement_rowid WHERE s.id = ?",
               b) == [("Mia Lund",)]  # fmt: skip
    assert status(home, b) == "accepted"
    names = [propose(home, a, "supports", c), propose(home, c, "supports", b)]
    _session(home, names, "ouwfu", b)
    assert [status(home, name) for name in names] == ["suggested"] * 2
    assert sql(home, "SELECT speaker FROM mention") == [(None,), ("Mia Lund",), (None,)]


def test_proposals_are_accepted_and_rejected_and_that_is_undone(home: Path) -> None:
    name = suggest(home, BATTERY)
    with open_store(home) as store, store.transaction():
        said = [new_proposal(name, "speaker", who, "llm", "llm small: speakers", 0.9, now()) for who in ("Mia", "")]
        proposals.insert(store, said)
    _session(home, [one.id for one in said], "teau")  # neither t nor e is of these
    assert sql(home, "SELECT status FROM proposal") == [("suggested",), ("suggested",)]
    assert sql(home, "SELECT speaker, voice FROM mention") == [(None, "author")]
    _session(home, [one.id for one in said], "ra")
    assert sql(home, "SELECT status FROM proposal") == [("rejected",), ("accepted",)]
    assert sql(home, "SELECT speaker, voice FROM mention") == [(None, "quoted")]
    assert sql(home, "SELECT count(*) FROM edit") == [(1,)]
