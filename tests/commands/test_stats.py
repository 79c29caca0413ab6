"""`kb stats`: figures by their names."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Ask
from tests.conftest import Kb


def test_sources_are_counted_by_kind(kb: Kb, ask: Ask, corpus: Path) -> None:
    assert sum(ask("stats")["sources"].values()) == len(ask("list", "--stubs")["sources"])
    assert "sources" in kb("stats", home=corpus).out
