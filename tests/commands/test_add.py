"""`kb add`: what fails alone, what is kept when it is interrupted, and many at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT, Kb, process


def test_a_pipe_goes_in(tmp_path: Path) -> None:
    ran = process(tmp_path / "h", "add", "-", "--no-embed", "--json", stdin="A thought from a pipe.\n")
    assert json.loads(ran.stdout)["counts"]["added"] == 1


def test_bad_files_fail_alone_and_the_rest_goes_in(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.md").write_text("A good text stands here.\n")
    (folder / "binary.md").write_bytes(b"\x7fELF\x00\x01\x02\x03" * 50)
    (folder / "empty.json").write_bytes(b"")
    (folder / "latin.md").write_bytes("café".encode("latin-1") * 20)
    (folder / "utf16.md").write_bytes("hello there".encode("utf-16"))
    (folder / "huge.txt").write_bytes(b"x" * (33 * 1024 * 1024))
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    (folder / "bad.md").write_text("---\ntitle: a: b: c\n\ttab: x\n---\nThe body stays.\n")
    ran = kb("add", folder, folder / "empty.json", "--no-embed", "--json")
    assert ran.code == 4
    items = {Path(i["target"]).name: i for i in ran.json["items"]}
    for name in ("good.md", "bad.md", "utf16.md"):
        assert items[name]["status"] == "added", name
    for name in ("binary.md", "empty.json", "latin.md", "huge.txt", "loop", "gone.md"):
        assert items[name]["status"] == "failed", name
        assert items[name]["error"]["message"], name
    assert kb("check", "--json").json["ok"]
    assert kb("add", folder / "latin.md", "--encoding", "latin-1", "--no-embed").code == 0
    if os.geteuid() != 0:  # root may read everything
        (folder / "good.md").chmod(0)
        assert kb("add", folder / "good.md").code == 4


def test_dry_run_stores_nothing(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("Some text.\n")
    assert kb("add", tmp_path / "x.md", "--dry-run", "--json").json["counts"]["added"] == 1
    assert not (tmp_path / "home").exists()
    assert kb("list", "--json").json == {"sources": []}


def test_processes_that_open_a_new_home_at_once_all_succeed(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("I think that many should be able to write at once.\n")
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "h"), "add", str(tmp_path / "x.md"), "--no-embed"]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(6)]
    results = [(one.communicate()[1], one.returncode) for one in running]
    assert all(code == 0 for _, code in results), results
    listed = process(tmp_path / "h", "list", "--json")
    assert len(json.loads(listed.stdout)["sources"]) == 1


def test_a_killed_import_leaves_a_clean_store(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.md").write_text(f"I think that note {number} should be kept.\n\nSee [[{number + 1}]].\n")
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "h"), "add", str(folder), "--no-embed"]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        running.wait(1.2)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    if (tmp_path / "h" / "kb.sqlite").exists():
        assert json.loads(process(tmp_path / "h", "check", "--json").stdout)["ok"]
    ran = process(tmp_path / "h", "add", str(folder), "--no-embed", "--json")
    counts = json.loads(ran.stdout)["counts"]
    assert counts["failed"] == 0
    assert counts["added"] + counts["updated"] + counts["unchanged"] == 400
    assert json.loads(process(tmp_path / "h", "check", "--json").stdout)["ok"]


def test_an_interrupted_import_says_so_and_keeps_what_was_done(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.md").write_text(f"I think that note {number} should be kept.\n")
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "h"), "add", str(folder), "--no-embed"]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while not (tmp_path / "h" / "kb.sqlite-wal").exists():
        time.sleep(0.02)
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted" in err
    assert json.loads(process(tmp_path / "h", "check", "--json").stdout)["ok"]


def test_an_unknown_importer_is_a_usage_error_told_once(kb: Kb, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Some text.\n")
    for more in ((), ("--dry-run",)):
        ran = kb("add", tmp_path, "--as", "papyrus", *more)
        assert ran.code == 2
        assert ran.err.count("papyrus") == 1
        assert "markdown" in ran.err
    assert not (tmp_path / "home").exists()


def test_the_names_of_importers_are_listed(kb: Kb) -> None:
    from importers import importers

    ran = kb("add", "--as", "list")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(importers())


def test_what_is_piped_one_after_the_other_stays_apart(kb: Kb, tmp_path: Path) -> None:
    for text in ("# One\n\nI think frogs sing.\n", "# Two\n\nI think toads dig.\n", "# One\n\nI think frogs sing.\n"):
        process(tmp_path / "home", "add", "-", "--no-embed", stdin=text)
    assert sorted(source["title"] for source in kb("list", "--json").json["sources"]) == ["One", "Two"]
