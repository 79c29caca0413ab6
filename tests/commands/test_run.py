"""Commands that were kept, done again."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def test_what_a_command_gives_back_is_what_run_gives_back(kb: Kb) -> None:
    kb("save", "lost", "--", "show", "nothing-of-this-name")
    assert kb("run", "lost").code == 3
    assert kb("run", "lost", "--json").json["error"]["message"]


def test_a_kept_command_cannot_run_another(kb: Kb, tmp_path: Path) -> None:
    assert kb("save", "round", "--", "run", "round").code == 2
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "config.toml").write_text('[saved]\nround = "run round"\n', encoding="utf-8")
    assert kb("run", "round").code == 2
