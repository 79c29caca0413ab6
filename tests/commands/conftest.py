"""Homes that the tests of several verbs look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

MILLS = """# Tide mills

I think that tide mills should be built in every small harbour.

I doubt that tide mills can ever be worth their price in a small harbour.

I believe that wooden gates will last for sixty years in brackish water.
"""
BIRDS = """# Birds

I think that counts of volunteers are worth a lot for trends.

I doubt that anybody can correct the bias of volunteers.

I think that walked transects agree with corrected counts.
"""
Ask = Callable[..., Any]


@pytest.fixture
def ask(kb: Kb, corpus: Path) -> Ask:
    """Runs a command on the example corpus that must succeed, and gives its JSON."""

    def run(*arguments: str | Path) -> Any:
        ran = kb(*arguments, "--json", home=corpus)
        assert ran.code == 0, ran.err + ran.out
        return ran.json

    return run


@pytest.fixture
def mills(kb: Kb, tmp_path: Path) -> list[str]:
    """Ids of three statements in a home: a thesis, a doubt about it, and one about gates. Nothing is linked."""
    return _statements(kb, tmp_path / "mills.md", MILLS, "Ada Brandt")


@pytest.fixture
def birds(kb: Kb, tmp_path: Path) -> list[str]:
    """Ids of three statements in a home: a claim, a doubt, an answer to the doubt. Nothing is accepted."""
    return _statements(kb, tmp_path / "birds.md", BIRDS, "Ann Lee")


@pytest.fixture
def linked(kb: Kb, birds: list[str]) -> list[str]:
    """The same, the doubt attacking the claim and the answer attacking the doubt."""
    kb("link", birds[1], "attacks", birds[0])
    kb("link", birds[2], "attacks", birds[1])
    return birds


@pytest.fixture
def samples(kb: Kb, tmp_path: Path) -> dict[str, Any]:
    """One suggested statement in a home, as JSON."""
    text = tmp_path / "a.md"
    text.write_text("I think that small samples should not be trusted at all.\n")
    kb("add", text, "--no-embed")
    (found,) = kb("statements", "--json").json["statements"]
    return dict(found)


@pytest.fixture
def diary(kb: Kb, tmp_path: Path) -> Path:
    """A folder of two notes in a home, one with a statement, and a link to it from the other."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "diary.md").write_text("# Diary\n\nI think that private words should stay private.\n")
    (folder / "public.md").write_text("# Public\n\nEverybody may read what stands here, see [[diary]].\n")
    assert kb("add", folder, "--no-embed").code == 0
    return folder


def _statements(kb: Kb, file: Path, text: str, author: str) -> list[str]:
    file.write_text(text)
    assert kb("add", file, "--no-embed", "--author", author).code == 0
    return [one["id"] for one in kb("statements", "--all", "--json").json["statements"]]
