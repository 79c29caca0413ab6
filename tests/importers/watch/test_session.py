"""A watch and a real store: what goes in, and that nothing but the person ends it."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importers import intake
from importers.given import Given
from importers.report import Report
from importers.sync import sync
from importers.watch import session as sessions
from importers.watch import watching
from importers.watch.session import Run, Session
from importers.watch.taking import take
from importers.watch.watching import Batch
from kb.search.search import search
from kb.store import sources, statements
from kb.store.engine import sqlite
from kb.store.open import DB_NAME, backup, open_reader, open_store
from tests.exported import home_with_model

PATIENCE_S = 30.0


class Watched:
    """A session that is driven step by step, and what it told."""

    def __init__(self, home: Path, root: Path, *, embed: bool) -> None:
        self.home, self.root = home, root
        self.runs: list[Run] = []
        self.session = Session(home, [str(root)], self.runs.append, embed=embed)

    def until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not done():
            assert time.monotonic() < end
            self.session.once(0.1)

    def next(self) -> Run:
        known = len(self.runs)
        self.until(lambda: len(self.runs) > known)
        return self.runs[-1]

    def found(self, words: str) -> list[str]:
        with open_reader(self.home) as store:
            return [hit.unit.text for hit in search(store, words, mode="lexical").hits]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Herons.md").write_text("Herons return because the river is cleaner.\n")
    return root.resolve()


@pytest.fixture
def watched(tmp_path: Path, vault: Path) -> Iterator[Watched]:
    made = Watched(tmp_path / "home", vault, embed=False)
    made.next()
    yield made
    made.session.close()


def _counts(run: Run) -> dict[str, int]:
    return {name: count for name, count in run.report.counts.items() if count}


def test_first_all_that_changed_meanwhile_then_each_save(watched: Watched, vault: Path) -> None:
    assert _counts(watched.runs[0]) == {"added": 1}
    assert watched.runs[0].paths == ()
    (vault / "Herons.md").write_text("Herons return because of the perches.\n")
    run = watched.next()
    assert (_counts(run), run.paths) == ({"updated": 1}, (str(vault / "Herons.md"),))
    assert watched.found("perches")
    assert not watched.found("cleaner")


def test_a_later_add_of_the_folder_finds_all_unchanged(watched: Watched, vault: Path) -> None:
    (vault / "birds" / "deep").mkdir(parents=True)
    (vault / "birds" / "deep" / "Otters.md").write_text("Otters follow [[Herons]].\n")
    watched.next()
    with open_store(watched.home) as store:
        report = intake.run(store, [str(vault)], Given(), lambda: b"", lambda _: None)
        assert report.counts["unchanged"] == len(report.items) == 2
        (otters,) = sources.by_column(store, "target", str(vault / "birds" / "deep" / "Otters.md"))
        assert otters.path == "birds/deep/Otters"


def test_a_hundred_saves_are_one_run(watched: Watched, vault: Path) -> None:
    for number in range(100):
        (vault / f"Note {number}.md").write_text(f"The number is {number}.\n")
    assert _counts(watched.next()) == {"added": 100}


def test_a_file_that_fails_is_told_once_and_stops_no_other(watched: Watched, vault: Path) -> None:
    (vault / "Broken.md").write_bytes(b"caf\xe9 au lait")
    (vault / "Otters.md").write_text("Otters follow.\n")
    run = watched.next()
    assert (_counts(run), len(run.failures)) == ({"added": 1, "failed": 1}, 1)
    (vault / "Broken.md").write_bytes(b"caf\xe9 noir")
    (vault / "Otters.md").write_text("Otters follow the fish.\n")
    run = watched.next()
    assert (_counts(run), run.failures) == ({"updated": 1, "failed": 1}, ())
    (vault / "Broken.md").write_text("café au lait")
    assert _counts(watched.next()) == {"added": 1}
    (vault / "Broken.md").write_bytes(b"caf\xe9 au lait")
    assert len(watched.next().failures) == 1


def test_another_that_writes_is_waited_for(
    watched: Watched, vault: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.05)
    watched.session.close()
    (vault / "Herons.md").write_text("Herons return because of the perches.\n")
    again = Watched(watched.home, vault, embed=False)
    other = sqlite3.connect(watched.home / DB_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    again.until(lambda: bool(notices))
    assert "locked" in notices[0]
    assert not again.runs
    other.execute("COMMIT")
    assert _counts(again.next()) == {"updated": 1}
    assert len(notices) == 1
    again.session.close()


def test_a_home_that_a_backup_replaced_is_compared_anew(
    watched: Watched, vault: Path, tmp_path: Path, notices: list[str]
) -> None:
    backup(watched.home, tmp_path / "backup.sqlite")
    (vault / "Otters.md").write_text("Otters follow.\n")
    watched.next()
    shutil.copy(tmp_path / "backup.sqlite", tmp_path / "copy.sqlite")
    for part in watched.home.glob(f"{DB_NAME}-*"):
        part.unlink()
    (tmp_path / "copy.sqlite").replace(watched.home / DB_NAME)
    (vault / "Voles.md").write_text("Voles hide.\n")
    watched.until(lambda: sum(run.report.counts["added"] for run in watched.runs) >= 4)
    assert watched.found("otters")
    assert watched.found("voles")
    assert any("another one" in line for line in notices)


def test_a_mistake_of_kb_stops_one_file_alone(watched: Watched, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(store: object, batch: Batch, tell: object) -> Report:
        if any(path.endswith("Otters.md") for path in batch.paths or ()):
            raise ZeroDivisionError("a bug")
        return take(store, batch, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(sessions, "take", mistaken)
    (vault / "Otters.md").write_text("Otters follow.\n")
    (vault / "Voles.md").write_text("Voles hide.\n")
    run = watched.next()
    assert _counts(run) == {"added": 1, "failed": 1}
    assert "a bug" in run.failures[0].error.message  # type: ignore[union-attr]
    assert watched.found("voles")


def test_a_full_disk_is_waited_for(
    watched: Watched, vault: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [OSError(28, "No space left on device"), sqlite3.OperationalError("database or disk is full")]

    def full(store: object, batch: Batch, tell: object) -> Report:
        if failures:
            raise failures.pop()
        return take(store, batch, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(sessions, "take", full)
    (vault / "Voles.md").write_text("Voles hide.\n")
    assert _counts(watched.next()) == {"added": 1}
    assert ["full" in notices[0], "No space left" in notices[1], len(notices)] == [True, True, 2]


def test_a_file_that_is_gone_before_it_is_read_is_no_failure(
    watched: Watched, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 0.0)

    def slowly(store: object, batch: Batch, tell: object) -> Report:
        (vault / "Otters.md").unlink(missing_ok=True)
        return take(store, batch, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(sessions, "take", slowly)
    (vault / "Otters.md").write_text("Otters follow.\n")
    (vault / "Voles.md").write_text("Voles hide.\n")
    assert _counts(watched.next()) == {"added": 1}


def test_what_is_saved_is_found_by_meaning(tmp_path: Path, vault: Path) -> None:
    made = Watched(home_with_model(tmp_path / "home"), vault, embed=True)
    first = made.next()
    assert (first.embedded, first.waiting) == (first.embedded, 0)
    assert first.embedded
    (vault / "Otters.md").write_text("Otters follow the fish upstream.\n")
    assert made.next().embedded
    with open_reader(made.home) as store:
        hits = search(store, "Otters follow the fish upstream.", mode="semantic").hits
        assert hits[0].unit.text == "Otters follow the fish upstream."
    made.session.close()


def test_much_is_embedded_after_it_was_told_and_a_save_comes_first(
    tmp_path: Path, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "AT_ONCE", 4)
    for number in range(200):
        (vault / f"Note {number}.md").write_text(f"The number is {number}.\n")
    made = Watched(home_with_model(tmp_path / "home"), vault, embed=True)
    first = made.next()
    assert (first.embedded, first.waiting > 16) == (0, True)
    (vault / "Otters.md").write_text("Otters follow the fish upstream.\n")
    second = made.next()
    assert (_counts(second), second.embedded > 0, second.waiting > 0) == ({"added": 1}, True, True)
    last = made.next()
    assert (last.paths, last.embedded > 0, last.waiting) == ((), True, 0)
    made.session.close()


def test_in_a_vault_what_the_store_learns_is_written_once_it_is_quiet(tmp_path: Path, vault: Path) -> None:
    home = tmp_path / "home"
    (vault / "Seals.md").write_text("claim:: Seals sleep.\n")
    with open_store(home) as store:
        sync(store, vault)
    watched = Watched(home, vault, embed=False)
    try:
        watched.next()
        watched.session.once(0.1)
        (vault / "Otters.md").write_text("claim:: Otters follow herons.\n")
        assert _counts(watched.next()) == {"added": 1}
        written = watched.next()
        assert written.paths == ()
        (note,) = written.written
        assert "Otters follow herons." in (vault / note).read_text()
        assert watched.session.once(0.5) == 0  # kb's own writing is no news
        (vault / note).unlink()
        watched.until(lambda: _rejected(home))
        assert not (vault / note).exists()
    finally:
        watched.session.close()


def _rejected(home: Path) -> bool:
    with open_reader(home) as store:
        return "rejected" in [one.status for one in statements.chosen(store)]


def _state(watched: Watched, source: str) -> str:
    with open_reader(watched.home) as store:
        return sources.read(store, [source])[source].state


def test_a_renamed_note_is_the_same_and_a_deleted_one_is_gone_until_it_is_back(
    watched: Watched, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "GRACE_S", 0.0)
    (vault / "Otters.md").write_text("Otters follow the fish upstream.\n")
    (item,) = watched.next().report.items
    assert isinstance(item.source, str)
    (vault / "Otters.md").rename(vault / "Lutra.md")
    (renamed,) = watched.next().report.renamed
    assert (renamed.source, renamed.now) == (item.source, str(vault / "Lutra.md"))
    (vault / "Lutra.md").unlink()
    assert watched.next().report.gone == [item.source]
    assert _state(watched, item.source) == "gone"
    (vault / "Lutra.md").write_text("Otters follow the fish upstream.\n")
    watched.next()
    assert _state(watched, item.source) == "here"


def test_a_note_that_another_is_saving_just_now_is_not_gone(watched: Watched, vault: Path) -> None:
    (vault / "Otters.md").write_text("Otters follow.\n")
    watched.next()
    (vault / "Herons.md").rename(vault / "Herons.md~")  # and not yet written anew
    with open_store(watched.home) as store:
        batch = Batch(str(vault), frozenset([str(vault / "Otters.md")]))
        assert take(store, batch, lambda _: None).gone == []
