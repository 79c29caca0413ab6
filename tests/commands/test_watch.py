"""`kb watch` as a person has it: a process that prints a line a run and ends when it is told to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from commands.views import watch as view
from importers.report import Renamed, Report
from importers.watch.session import Run
from tests.conftest import ROOT, Kb

PATIENCE_S = 60.0


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Herons.md").write_text("Herons return because the river is cleaner.\n")
    return root.resolve()


class Process:
    """A watch that runs, and the lines that it prints."""

    def __init__(self, home: Path, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "cli", "--home", str(home), "watch", *map(str, arguments)]
        self.ran = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.ran.stdout is not None
        for line in self.ran.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self) -> str:
        return self._lines.get(timeout=PATIENCE_S)

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """The exit code, and what was said on stderr."""
        self.ran.send_signal(number)
        self.ran.wait(PATIENCE_S)
        assert self.ran.stderr is not None
        return self.ran.returncode, self.ran.stderr.read()


@contextmanager
def _watch(home: Path, *arguments: str | Path) -> Iterator[Process]:
    process = Process(home, *arguments)
    try:
        yield process
    finally:
        process.ran.kill()
        process.ran.wait()


def test_a_run_is_a_line_and_ctrl_c_ends_it(tmp_path: Path, vault: Path) -> None:
    with _watch(tmp_path / "home", vault, "--no-embed") as watch:
        assert watch.line().split(" ", 1)[1].startswith("1 added (")
        (vault / "Herons.md").write_text("Herons return because of the perches.\n")
        told = watch.line()
        assert told.split(" ", 1)[1].startswith("1 updated (")
        assert told.endswith("Herons.md")
        code, said = watch.end(signal.SIGINT)
    assert (code, said.splitlines()) == (
        130, [f"watching {vault}; Ctrl-C ends it", "interrupted; what was done is kept"],
    )  # fmt: skip


def test_as_json_a_run_is_a_document_on_one_line(tmp_path: Path, vault: Path, kb: Kb) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with _watch(tmp_path / "home", vault, other, "--no-embed", "--json") as watch:
        first = [json.loads(watch.line()), json.loads(watch.line())]
        assert sorted(run["counts"]["added"] for run in first) == [0, 1]
        (other / "Otters.md").write_text("Otters follow.\n")
        run: dict[str, Any] = json.loads(watch.line())
        code, _ = watch.end(signal.SIGTERM)
    assert code == 0
    assert {"at", "seconds", "paths", "items", "counts", "embedded", "waiting"} <= run.keys()
    assert run["paths"] == [str(other.resolve() / "Otters.md")]
    assert run["counts"] == {"added": 1, "updated": 0, "unchanged": 0, "failed": 0}
    assert [(item["status"], item["source"]["title"]) for item in run["items"]] == [("added", "Otters")]
    again = kb("add", vault, other, "--no-embed", "--json").json
    assert again["counts"]["unchanged"] == len(again["items"]) == 2


def test_a_knowledge_base_in_the_folder_does_not_keep_it_busy(vault: Path) -> None:
    with _watch(vault / "home", vault, "--json") as watch:
        watch.line()
        for number in range(3):
            (vault / "Herons.md").write_text(f"Herons return for the {number}th time.\n")
            assert json.loads(watch.line())["paths"] == [str(vault / "Herons.md")]


def test_a_file_that_fails_is_told_and_the_watch_goes_on(tmp_path: Path, vault: Path) -> None:
    (vault / "Broken.md").write_bytes(b"caf\xe9")
    with _watch(tmp_path / "home", vault, "--no-embed") as watch:
        assert "1 failed" in watch.line()
        (vault / "Otters.md").write_text("Otters follow.\n")
        assert "1 added" in watch.line()
        code, said = watch.end(signal.SIGTERM)
    assert code == 0
    assert said.count("failed ") == 1
    assert "not valid UTF-8" in said


def test_a_folder_within_another_is_watched_with_it(tmp_path: Path, vault: Path) -> None:
    (vault / "sub").mkdir()
    with _watch(tmp_path / "home", vault / "sub", vault, "--no-embed", "--poll", "0.2") as watch:
        assert "1 added" in watch.line()
        (vault / "sub" / "Otters.md").write_text("Otters follow.\n")
        assert "1 added" in watch.line()
        _, said = watch.end(signal.SIGTERM)
    assert said.splitlines()[0] == f"{vault / 'sub'} lies in another folder that is watched"


def test_what_is_no_folder_is_refused(tmp_path: Path, vault: Path, kb: Kb) -> None:
    missing = kb("watch", tmp_path / "nothing")
    assert (missing.code, "does not exist" in missing.err) == (3, True)
    file = kb("watch", vault / "Herons.md", "--json")
    assert (file.code, "is no folder" in file.json["error"]["message"]) == (2, True)
    assert not os.path.exists(tmp_path / "home" / "kb.sqlite")


def test_what_was_renamed_is_told_once() -> None:
    run = Run("2024-05-01T00:00:00Z", 0.1, ("/v/b.md",), Report(renamed=[Renamed("s1234567", "/v/a.md", "/v/b.md")]))
    (line,) = view.lines(run)
    assert line.count("renamed") == 1
