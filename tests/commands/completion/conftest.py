"""A home with names that a shell would take for its own words, and asking it as a shell does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, Kb

SIGNS = 'Progress "measures" for $HOME grokking: it\'s (mostly) fine; $(id)'
TEXTS = {
    "progress": ("Neel Nanda", "[interp, 'two words']", SIGNS, "I think that grokking can be explained."),
    "toy": ("Nelson Elhage", "[interp]", "Toy models of superposition", "I think that features lie in superposition."),
    "future": ("Nora O'Brien", "[alignment]", "机器学习的未来", "I doubt that the future is known."),
}

Ask = Callable[..., list[str]]


@pytest.fixture
def named(kb: Kb, tmp_path: Path) -> Path:
    """The home: sources nandaprogress, elhagetoy and obrien."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, (author, tags, title, text) in TEXTS.items():
        front = f"---\nauthor: {author}\ntags: {tags}\n---\n"
        (folder / f"{name}.md").write_text(f"{front}# {title}\n\n{text}\n", encoding="utf-8")
    assert kb("add", folder, "--no-embed").code == 0
    return tmp_path / "home"


def answered(home: Path, arguments: list[str], environment: Mapping[str, str]) -> list[str]:
    """The lines that kb answers a shell, in a process of its own; it must succeed and say nothing else."""
    ran = subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        env={**os.environ, "KB_HOME": str(home), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


@pytest.fixture
def ask(named: Path) -> Ask:
    """The words that may stand for the last argument after the others, without help; `zsh` is the shell."""

    def run(*words: str) -> list[str]:
        kind, *lines = answered(named, list(words), {"_KB_COMPLETE": "zsh"})
        assert kind in ("words", "meant") or not lines
        return [line.partition("\t")[0] for line in lines] if lines else [] if kind in ("words", "meant") else [kind]

    return run
