"""`kb open`: a page at its words, or a file; nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.conftest import Kb

NOTE = """---
title: Beetles at night
url: {url}
---
I think that counts of beetles at night are worth *more* than counts by day.
"""


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real xdg-open of our own that writes down what it is to open."""
    script = tmp_path / "bin" / "xdg-open"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    return tmp_path / "opened"


def _note(tmp_path: Path, url: str) -> Path:
    path = tmp_path / "beetles.md"
    path.write_text(NOTE.format(url=url))
    return path


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="xdg-open is Linux's")
def test_a_statement_opens_its_page_at_its_words(kb: Kb, tmp_path: Path, opener: Path) -> None:
    kb("add", _note(tmp_path, ""), "--url", "https://example.org/beetles", "--no-embed")
    statement = kb("statements", "--all", "--json").json["statements"][0]["id"]
    ran = kb("open", statement)
    assert ran.code == 0
    for _ in range(500):  # it runs on its own
        if opener.exists() and opener.read_text():
            break
        time.sleep(0.01)
    assert opener.read_text() == ran.out.strip()
    assert ran.out.startswith("https://example.org/beetles#:~:text=I%20think%20that%20counts")


def test_a_source_without_an_address_is_its_file(kb: Kb, tmp_path: Path) -> None:
    path = _note(tmp_path, "")
    kb("add", path, "--no-embed")
    assert kb("open", "Beetles at night", "--print").out.strip() == str(path)
    path.unlink()
    gone = kb("open", "Beetles at night", "--print")
    assert gone.code == 1
    assert "which is not there" in gone.err


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd"])
def test_only_the_web_and_the_file_itself_are_opened(kb: Kb, tmp_path: Path, url: str) -> None:
    path = _note(tmp_path, url)
    kb("add", path, "--no-embed")
    assert kb("open", "Beetles at night", "--print", "--json").json == {"place": str(path), "opened": False}


def test_what_is_not_there_cannot_be_opened(kb: Kb) -> None:
    assert kb("open", "nothing of the kind").code == 3
