"""`kb index`: vectors and index, brought up to date."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Ask
from tests.conftest import Kb


def test_where_all_is_embedded_there_is_nothing_to_do(ask: Ask) -> None:
    counts = ask("index")
    assert counts["embedded"] == 0
    assert counts["vectors"] > 0


def test_without_the_model_it_says_what_is_missing(kb: Kb, mills: list[str], tmp_path: Path) -> None:
    assert mills
    (tmp_path / "home" / "config.toml").write_text('model = "no/such-model"\n')
    ran = kb("index", "--json")
    assert ran.json == {"embedded": 0, "related": 0}
    assert "search works by words" in ran.err
