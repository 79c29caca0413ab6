"""Batches of what changed in real folders, heard from the system or seen by looking."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importers.watch import watching
from importers.watch.watching import Batch, Clocks, Watching, slept

PATIENCE_S = 20.0


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "sub").mkdir(parents=True)
    (root / "a.md").write_text("one")
    (root / "sub" / "b.md").write_text("two")
    return root.resolve()


Begin = Callable[..., Watching]


@pytest.fixture
def begin() -> Iterator[Begin]:
    begun: list[Watching] = []

    def make(*roots: Path, every: float | None = None) -> Watching:
        begun.append(Watching([str(root) for root in roots], every))
        return begun[-1]

    yield make
    for one in begun:
        one.close()


def _begun(begin: Begin, *roots: Path, every: float | None = None) -> Watching:
    """A watch that has taken in what was there."""
    made = begin(*roots, every=every)
    new = {str(root) for root in roots}
    while new:
        for batch in made.wait(PATIENCE_S):
            assert batch.paths is None
            made.took(batch)
            new.remove(batch.root)
    return made


def _next(made: Watching) -> Batch:
    (batch,) = made.wait(PATIENCE_S)
    made.took(batch)
    return batch


def _all(made: Watching, wanted: set[Path]) -> list[Batch]:
    """Batches until these paths have come."""
    found: list[Batch] = []
    end = time.monotonic() + PATIENCE_S
    missing = {str(path) for path in wanted}
    while missing and time.monotonic() < end:
        for batch in made.wait(PATIENCE_S):
            made.took(batch)
            found.append(batch)
            missing -= batch.paths or set()
    assert not missing
    return found


@pytest.mark.parametrize("every", [None, 0.05])
def test_a_save_is_a_batch_of_one_whoever_tells(begin: Begin, vault: Path, every: float | None) -> None:
    made = _begun(begin, vault, every=every)
    (vault / "a.md").write_text("one and more")
    assert _next(made).paths == {str(vault / "a.md")}
    (vault / "sub" / "c.md").write_text("three")
    assert _next(made).paths == {str(vault / "sub" / "c.md")}
    assert made.wait(0.2) == []


def test_a_hundred_saves_are_one_batch(begin: Begin, vault: Path) -> None:
    made = _begun(begin, vault)
    notes = {vault / f"{number}.md" for number in range(100)}
    for note in notes:
        note.write_text("words")
    assert len(_all(made, notes)) == 1


def test_an_editor_that_writes_by_renaming_saves_one_note(begin: Begin, vault: Path) -> None:
    made = _begun(begin, vault)
    for number in range(3):
        (vault / "a.md").rename(vault / "a.md~")  # as vim does
        (vault / "a.md").write_text(f"one and {number}")
        (vault / "a.md~").unlink()
        assert _next(made).paths == {str(vault / "a.md")}
        (vault / "a.md.tmp").write_text(f"two and {number}")  # as others do
        (vault / "a.md.tmp").replace(vault / "a.md")
        assert _next(made).paths == {str(vault / "a.md")}


def test_a_note_taken_away_to_be_put_back_is_not_gone(
    begin: Begin, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 3600.0)
    made = _begun(begin, vault)
    text = (vault / "a.md").read_text()
    (vault / "a.md").unlink()
    assert made.wait(0.4) == []
    (vault / "a.md").write_text(text)
    assert not _next(made).differing.gone


def test_a_note_that_stays_away_is_gone(begin: Begin, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 0.1)
    made = _begun(begin, vault)
    (vault / "a.md").unlink()
    assert _next(made).differing.gone == {str(vault / "a.md")}
    assert made.wait(0.2) == []


def test_a_renamed_note_and_a_moved_folder_come_with_both_names(begin: Begin, vault: Path) -> None:
    made = _begun(begin, vault)
    (vault / "a.md").rename(vault / "sub" / "z.md")
    assert _next(made).paths == {str(vault / "a.md"), str(vault / "sub" / "z.md")}
    (vault / "sub").rename(vault / "moved")
    names = {"sub/z.md", "sub/b.md", "moved/z.md", "moved/b.md"}
    assert _next(made).paths == {str(vault / name) for name in names}


def test_what_a_run_wrote_itself_does_not_come_back(begin: Begin, vault: Path) -> None:
    made = _begun(begin, vault)
    (vault / "a.md").write_text("from the person")
    (batch,) = made.wait(PATIENCE_S)
    (vault / "a.md").write_text("with what kb adds")
    made.took(batch)
    made.wrote(batch.root, [str(vault / "a.md")])
    assert made.wait(0.4) == []


def test_a_batch_that_could_not_be_taken_comes_again(begin: Begin, vault: Path) -> None:
    made = _begun(begin, vault)
    (vault / "a.md").write_text("one and more")
    (batch,) = made.wait(PATIENCE_S)
    made.later(batch, 0.1)
    assert _next(made).paths == batch.paths
    made.later(Batch(str(vault), None), 0.0)
    assert _next(made).paths is None


def test_folders_have_batches_of_their_own(begin: Begin, vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    made = _begun(begin, vault, other.resolve())
    (other / "x.md").write_text("words")
    assert _next(made).root == str(other.resolve())


def test_a_folder_that_is_away_has_lost_nothing(
    begin: Begin, vault: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 0.0)
    monkeypatch.setattr(watching, "_TICK_S", 0.05)
    made = _begun(begin, vault)
    away = vault.with_name("away")
    vault.rename(away)
    assert made.wait(0.5) == []
    assert any("not there any more" in line for line in notices)
    vault.mkdir()  # as a drive that is not mounted leaves it
    assert made.wait(0.3) == []
    vault.rmdir()
    (away / "a.md").write_text("changed while it was away")
    away.rename(vault)
    assert _next(made).paths is None
    assert notices[-1].endswith("is there again")
    (vault / "a.md").write_text("and it is heard of again")
    assert _next(made).paths == {str(vault / "a.md")}


def test_a_folder_that_stands_empty_has_lost_nothing(
    begin: Begin, vault: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 0.0)
    made = _begun(begin, vault, every=0.05)
    shutil.rmtree(vault / "sub")
    (vault / "a.md").unlink()
    assert made.wait(0.5) == []
    assert any("holds nothing any more" in line for line in notices)


def test_after_a_sleep_everything_is_looked_at(begin: Begin, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _begun(begin, vault)
    monkeypatch.setattr(watching, "collected", lambda *_: [])  # nothing was heard
    (vault / "a.md").write_text("changed meanwhile")
    assert made.wait(0.2) == []
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    assert _next(made).paths == {str(vault / "a.md")}


def test_where_nothing_can_be_heard_everything_is_looked_at(
    begin: Begin, vault: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(*_: object, **__: object) -> Iterator[object]:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr("watchfiles.watch", deaf)
    monkeypatch.setattr(watching, "LOOK_DEAF_S", 0.05)
    made = _begun(begin, vault)
    (vault / "a.md").write_text("one and more")
    assert _next(made).paths == {str(vault / "a.md")}
    assert [line for line in notices if "limit reached" in line and os.fspath(vault) in line]


@pytest.mark.parametrize(
    ("day", "steady", "expected"),
    [(1.0, 1.0, False), (3601.0, 1.0, True), (-3600.0, 1.0, True), (3601.0, 3601.0, True), (2.5, 2.5, False)],
)
def test_a_sleep_shows_in_one_clock_or_in_both(day: float, steady: float, expected: bool) -> None:
    assert slept(Clocks(1000.0, 50.0), Clocks(1000.0 + day, 50.0 + steady), 51.0) is expected
