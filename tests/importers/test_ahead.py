"""Files read ahead by processes beside: the store is the same to the byte, and what goes wrong there costs but time."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from importers import ahead, intake, processes
from importers.ahead import How, Met
from importers.files import read_files
from importers.given import Given
from importers.report import Item, Report
from kb.store import sources
from kb.store.open import Store, open_store

NOTES = {
    "Array.md": "---\ntags: [birds]\n---\n\nI think that [[Zebra]] is wrong, because herons return.\n",
    "Broken.md": "PK\x03\x04",
    "Contra Zebra.md": "This answers [[Zebra]]. However, the river is not cleaner.\n",
    "Middle.md": "supports:: [[Zebra#^one]]\n\n> Herons return because the river is cleaner.\n\nI disagree.\n",
    "Odd.md": "---\na: [\n---\n\nIt follows that nobody counted them. See @ekdahl2023 and [[Array|the list]].\n",
    "Twin.md": "The same words.\n",
    "Twin 2.md": "The same words.\n",
    "Zebra.md": "# Zebra\n\nHerons return because the river is cleaner. ^one\n\n[[Array]] says so: [[Missing]].\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notes"
    made.mkdir()
    for name, text in NOTES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes from the first file on, a task a file."""
    monkeypatch.setattr(ahead, "ENOUGH", 1)
    monkeypatch.setattr(ahead, "_TASK", 1)
    monkeypatch.setattr(ahead, "cores", lambda: 1)


def run(store: Store, folder: Path) -> Report:
    return intake.run(store, [str(folder)], Given(), lambda: b"", lambda _: None)


def dump(store: Store) -> list[str]:
    """All that is stored, times aside, and the place of `seen_file` among the changes, which hangs on the clock."""
    lines = (re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "T", line) for line in store.connection.iterdump())
    return [
        line for line in lines if not re.match(r'INSERT INTO "(?:row_change|step|import_run|sqlite_sequence)"', line)
    ]


def home(tmp_path: Path, name: str) -> Store:
    return open_store(tmp_path / name)


@pytest.mark.usefixtures("at_once")
def test_the_store_is_the_same_as_if_all_were_read_in_place(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(tmp_path, "beside") as beside, home(tmp_path, "in place") as in_place:
        there = run(beside, folder)
        monkeypatch.setattr(ahead, "ENOUGH", 10**9)
        here = run(in_place, folder)
        assert dump(beside) == dump(in_place)
        assert there.problems == here.problems
        assert [(one.target, one.status, one.source) for one in there.items] == [
            (one.target, one.status, one.source) for one in here.items
        ]
        assert there.counts == {"added": 7, "updated": 0, "unchanged": 0, "failed": 1}
        links = "SELECT count(*) FROM link WHERE rule LIKE 'notation%' OR relation <> 'related'"
        assert beside.execute(links).fetchone()[0] > 0


@pytest.mark.usefixtures("at_once")
def test_a_process_that_is_killed_costs_nothing_but_time(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    start = processes.Processes._start

    def killed(self: processes.Processes[object, object]) -> object:
        process = start(self)
        started.append(process.pid)
        os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        return process

    monkeypatch.setattr(processes.Processes, "_start", killed)
    with home(tmp_path, "beside") as store:
        assert run(store, folder).counts["added"] == 7
    assert started


def test_where_no_process_can_be_had_all_is_read_in_place(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "ENOUGH", 1)
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing here"))
    with home(tmp_path, "home") as store:
        assert run(store, folder).counts["added"] == 7


def test_few_files_start_nothing(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(ahead, "Processes", never)
    with home(tmp_path, "home") as store:
        run(store, folder)
        assert run(store, folder).counts == {"added": 0, "updated": 0, "unchanged": 7, "failed": 1}


@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_run_that_was_broken_off_is_finished_by_the_next(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr("importers.storing.LONGEST_S", 0.0)  # a batch a file
    (folder / "Twin 2.md").unlink()  # where a text was there before, its copy waits until all are read
    heard: list[Item] = []

    def tell(item: Item) -> None:
        heard.append(item)
        if len(heard) == after:
            raise KeyboardInterrupt

    with home(tmp_path, "broken off") as broken, home(tmp_path, "whole") as whole:
        with pytest.raises(KeyboardInterrupt):
            intake.run(broken, [str(folder)], Given(), lambda: b"", tell)
        assert len(sources.listed(broken)) >= after - 1
        run(broken, folder)
        run(whole, folder)
        assert without_history(broken) == without_history(whole)


class Threads(ThreadPoolExecutor):
    """What reads in threads as processes do."""

    def __init__(self, count: int, work: Callable[[object], object]) -> None:
        super().__init__(count)
        self.work = work

    def submit(self, task: object) -> Future[object]:  # type: ignore[override]
        return super().submit(self.work, task)

    def close(self) -> None:
        self.shutdown()


def without_history(store: Store) -> list[str]:
    return sorted(line for line in dump(store) if not re.match(r'INSERT INTO "(?:event|command|meta)', line))


def test_a_stream_keeps_its_order_and_unchanged_files_are_let_through(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "Processes", Threads)
    monkeypatch.setattr(ahead, "ENOUGH", 3_000)
    monkeypatch.setattr(ahead, "_TASK", 2_500)

    def met() -> Iterator[Met]:
        for number, found in enumerate(read_files(folder)):
            yield Met(found, ["s1"] if number % 3 == 0 else None)

    taken = list(ahead.read_ahead(met(), How(Given(), "me", {}), processes=1))
    names = [getattr(one.found, "target", "") for one, _ in taken]
    assert names == [getattr(found, "target", "") for found in read_files(folder)]
    assert all((read is not None) == one.to_read for one, read in taken)
