"""When a save, or a hundred, is done: pieces of what is heard, with nothing lost between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from hypothesis import given
from hypothesis import strategies as st

from importers.watch.listening import LONGEST_S, MANY, QUIET_MANY_S, QUIET_S, Heard, Listener, collected, next_in


@dataclass
class Told:
    """A queue on a clock of its own: what is said when."""

    said: list[tuple[float, str]]  # in order of time
    now: float = 0.0
    asked: list[float] = field(default_factory=list)

    def get(self, seconds: float) -> Heard | None:
        self.asked.append(seconds)
        if self.said and self.said[0][0] <= self.now + seconds:
            at, path = self.said.pop(0)
            self.now = max(self.now, at)
            return Heard("/v", frozenset([path]))
        self.now += seconds
        return None

    def clock(self) -> float:
        return self.now

    def piece(self, seconds: float = 5.0) -> list[str]:
        return [path for heard in collected(self.get, seconds, self.clock) for path in heard.paths]


moments = st.lists(st.floats(0, 20), max_size=60).map(sorted)


@given(moments)
def test_every_path_comes_once_in_order_and_no_piece_takes_long(times: list[float]) -> None:
    wanted = [f"/v/{number}.md" for number in range(len(times))]
    told = Told(list(zip(times, wanted, strict=True)))
    found: list[str] = []
    while told.said:
        waits = told.now
        piece = told.piece()
        found += piece
        assert told.now - waits <= 5.0 + LONGEST_S + QUIET_MANY_S
    assert found == wanted


@given(st.integers(1, 300), st.floats(0.001, 0.9 * QUIET_S))
def test_saves_close_together_are_one_piece(count: int, gap: float) -> None:
    count = min(count, int(0.9 * LONGEST_S / gap))
    told = Told([(1 + gap * number, f"/v/{number}.md") for number in range(count)])
    assert len(told.piece()) == count


def test_a_pause_ends_a_save_and_many_have_a_longer_one() -> None:
    few = Told([(0.0, "a"), (0.0 + 2 * QUIET_S, "b")])
    assert few.piece() == ["a"]
    many = Told([(0.0, str(number)) for number in range(MANY)] + [(2 * QUIET_S, "late")])
    assert many.piece()[-1] == "late"


def test_what_never_pauses_comes_in_pieces() -> None:
    told = Told([(number / 100, f"/v/{number}.md") for number in range(1000)])
    first = told.piece()
    assert 0 < len(first) < 1000
    assert told.now <= LONGEST_S


def test_nothing_is_waited_for_where_there_is_no_time() -> None:
    told = Told([(1.0, "a")])
    assert told.piece(0.0) == []
    assert told.now == 0.0


def test_a_listener_hears_what_the_system_tells(tmp_path: Path) -> None:
    heard: SimpleQueue[Heard] = SimpleQueue()
    listener = Listener(str(tmp_path), heard)
    listener.wait_until_ready()
    (tmp_path / "a.md").write_text("words")
    got = next_in(heard)(10)
    assert got == Heard(str(tmp_path), frozenset([str(tmp_path / "a.md")]))
    listener.close()


def test_a_listener_says_why_it_hears_nothing(tmp_path: Path) -> None:
    heard: SimpleQueue[Heard] = SimpleQueue()
    Listener(str(tmp_path / "not there"), heard)
    got = next_in(heard)(10)
    assert got is not None
    assert isinstance(got.failed, FileNotFoundError)
