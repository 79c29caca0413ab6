"""`kb undo`: whatever was written, as many undos give the store back, field by field."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.store import commands
from kb.store.open import open_reader
from tests.conftest import Kb
from tests.undo_steps import STEPS, Dump, World, add, dump


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.integers(0, len(STEPS) - 1), min_size=3, max_size=12), st.integers(0, 2**16))
def test_as_many_undos_as_commands_give_the_store_back(kb: Kb, chosen: list[int], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "notes", Path(folder) / "home", Random(seed))
        world.folder.mkdir()
        assert kb(*add(world), home=world.home).code == 0
        before: list[Dump] = []
        for number in chosen:
            now, written = dump(world.home), _written(world.home)
            ran = kb(*STEPS[number](world), home=world.home)
            assert ran.code in (0, 2, 3), ran.err
            if _written(world.home) > written:
                before.append(now)
            else:
                assert dump(world.home) == now, f"{number} wrote without being noted"
        after = [dump(world.home)]
        for was in reversed(before):
            assert kb("undo", home=world.home).code == 0
            assert dump(world.home) == was
            after.append(was)
        assert kb("check", home=world.home).code == 0
        for was in reversed(after[:-1]):
            assert kb("redo", home=world.home).code == 0
            assert dump(world.home) == was


def _written(home: Path) -> int:
    with open_reader(home) as store:
        return commands.newest(store, 1)[0].number
