"""`kb review` as a person meets it: on a terminal, and without one."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Kb
from tests.kb.review.review_texts import BATTERY, BOATS, COUNT, LAMP, RECEIVER, propose, status, suggest, two_texts
from tests.vault_homes import sql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return two_texts(tmp_path)


class Terminal:
    """`kb review` on a pseudo-terminal: keys go in, what is shown comes out."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "--home", str(home), "review", *arguments],
            stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY),  # Ctrl-C reaches who the terminal belongs to
            env=os.environ | {"TERM": "dumb", "COLUMNS": "100"},
        )  # fmt: skip
        os.close(slave)

    def until(self, words: str) -> str:
        """What is shown up to these words, which must come."""
        end = time.monotonic() + 20
        while words not in self.shown:
            assert time.monotonic() < end, f"{words!r} does not come after {self.shown!r}"
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self.master, 65536).decode()
                except OSError:  # the other side has closed
                    assert words in self.shown, self.shown
        seen, _, self.shown = self.shown.partition(words)
        return seen

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(home: Path, *arguments: str) -> Terminal:
        opened.append(Terminal(home, *arguments))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_person_accepts_changes_their_mind_turns_round_edits_and_quits(
    home: Path, terminal: Callable[..., Terminal]
) -> None:
    a, b, c, d = (suggest(home, quote) for quote in (BATTERY, RECEIVER, LAMP, BOATS))
    first = propose(home, a, "attacks", b, rule="one", score=0.9, evidence=BATTERY)
    second = propose(home, c, "attacks", b, rule="two", score=0.8)
    third = propose(home, d, "related", c, rule="three")
    screen = terminal(home)
    seen = screen.until("? help")
    for words in ("1 of 3", "one 0.90", BATTERY, "Every ship carries a receiver today.", "attacks?", "On lamps"):
        assert words in seen
    screen.press("a")
    assert "2 of 3" in screen.until("? help")
    assert status(home, first) == "accepted"
    screen.press("u")
    assert "1 of 3" in screen.until("? help")
    assert status(home, first) == "suggested"
    screen.press("t")
    screen.until("turned round")
    assert "2 of 3" in screen.until("? help")
    screen.press("?")
    assert "Order:" in screen.until("? help")
    screen.press("e")
    screen.until("another key leaves it")
    screen.press("f")
    screen.until("another key leaves it so")
    screen.press("k")
    screen.until("text (Enter keeps it): ")
    screen.press(" At least not always.\r")
    assert "At least not always." in screen.until("? help")
    screen.press("c")
    screen.until("another key leaves it")
    screen.press("s")
    screen.until("supports")
    assert "3 of 3" in screen.until("? help")
    screen.press("q")
    screen.until("1 turned round, 1 edited, 1 supports; 1 suggestion waits")
    assert screen.process.wait(30) == 0
    assert [status(home, name) for name in (first, second, third)] == ["rejected", "rejected", "suggested"]
    rows = sql(home, "SELECT from_id, relation, to_id FROM link WHERE basis = 'authored' AND status = 'accepted'")
    assert set(rows) == {(b, "attacks", a), (c, "supports", b)}
    edited = sql(home, "SELECT kind, text, status FROM statement WHERE id = ?", c)
    assert edited == [("critique", f"{LAMP} At least not always.", "accepted")]


def test_keys_pressed_ahead_and_arrows_do_no_harm(home: Path, terminal: Callable[..., Terminal]) -> None:
    names = [suggest(home, quote) for quote in (BATTERY, RECEIVER, LAMP)]
    screen = terminal(home, "statements")
    screen.until("? help")
    screen.press("\x1b[A\x1b[B")
    screen.press("aar")
    screen.until("2 accepted, 1 rejected; no more to review")
    assert screen.process.wait(30) == 0
    assert sorted(status(home, name) for name in names) == ["accepted", "accepted", "rejected"]


def test_an_interrupted_review_keeps_what_was_decided(home: Path, terminal: Callable[..., Terminal]) -> None:
    names = [suggest(home, quote) for quote in (BATTERY, RECEIVER)]
    screen = terminal(home, "statements")
    screen.until("? help")
    screen.press("a")
    assert "2 of 2" in screen.until("? help")
    screen.press("\x03")
    screen.until("what was done is kept")
    assert screen.process.wait(30) == 130
    assert sorted(status(home, name) for name in names) == ["accepted", "suggested"]


def test_without_a_terminal_it_says_what_waits(home: Path, kb: Kb) -> None:
    a, b = (suggest(home, quote) for quote in (BATTERY, RECEIVER))
    link = propose(home, a, "attacks", b, evidence=BATTERY)
    ran = kb("review", home=home)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("1 suggestion waits;")
    found: Any = kb("review", "--json", home=home).json
    assert found["waiting"] == 1
    assert [one["id"] for one in found["links"]] == [link]
    assert found["links"][0]["context"]["from"]["quote"] == BATTERY
    assert kb("review", "statements", "-n", "1", "--json", home=home).json["waiting"] == 2


def test_unsure_statements_wait_with_all_only(home: Path, kb: Kb) -> None:
    suggest(home, COUNT, confidence=0.4)
    assert kb("review", "statements", "--json", home=home).json == {"statements": [], "waiting": 0}
    assert kb("review", "statements", "--all", "--json", home=home).json["waiting"] == 1


@pytest.mark.parametrize(
    "arguments",
    [("--basis", "magic"), ("--relation", "loves"), ("statements", "--relation", "attacks"), ("nothing",)],
)
def test_wrong_words_are_a_usage_error(home: Path, kb: Kb, arguments: tuple[str, ...]) -> None:
    assert kb("review", *arguments, home=home).code == 2


def test_a_source_that_is_not_there_is_not_found(home: Path, kb: Kb) -> None:
    assert kb("review", "--source", "No such text", home=home).code == 3
