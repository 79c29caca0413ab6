"""`kb undo`: whatever was written, as many undos give the store back, field by field."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.review import history, write
from kb.store import commands, statements, turns
from kb.store.open import Unit, open_reader, open_store
from tests.conftest import Kb
from tests.undo_steps import STEPS, Dump, World, add, dump


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
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
            assert ran.code in (0, 1, 2, 3, 4), ran.err
            assert "bug" not in ran.err
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


def test_words_that_a_sync_took_from_a_note_stay_in_the_file_when_it_is_undone(kb: Kb, tmp_path: Path) -> None:
    text, vault = tmp_path / "frogs.txt", tmp_path / "vault"
    text.write_text("Frogs\n\nI think that frogs sing in the rain.\n")
    kb("add", text, "--no-embed")
    kb("sync", vault)
    (note,) = (vault / "sources").glob("*.md")
    title = kb("list", "--json").json["sources"][0]["title"]
    note.write_text(note.read_text().replace(f"title: {title}", "title: Of frogs\nmood: glad") + "\nMine: wqq.\n")
    kb("sync", vault)
    assert {s["title"] for s in kb("list", "--json").json["sources"]} == {"Of frogs", "Notes on Of frogs"}
    ran = kb("undo")
    assert "kb sync" in ran.out
    assert [s["title"] for s in kb("list", "--json").json["sources"]] == [title]
    kb("sync", vault)
    (note,) = (vault / "sources").glob("*.md")
    assert f"title: {title}" in note.read_text()
    assert "mood: glad" in note.read_text()
    assert "Mine: wqq." in note.read_text()
    assert kb("search", "wqq", "--mode", "lexical", "--json").json["hits"]
    assert kb("sync", vault, "--json").json["written"] == []


def test_redo_is_refused_where_something_was_written_since(kb: Kb) -> None:
    kb("claim", "Frogs sing.")
    assert kb("undo", "--dry-run", "--json").json["undone"][0]["command"] == "kb claim 'Frogs sing.'"
    assert [one["command"] for one in kb("undo", "--json").json["undone"]] == ["kb claim 'Frogs sing.'"]
    kb("claim", "Toads dig.")
    ran = kb("redo")
    assert ran.code == 1
    assert "Toads dig." in ran.err
    assert kb("undo").code == 0
    assert len(kb("redo", "2", "--json").json["redone"]) == 1
    assert [one["text"] for one in kb("statements", "--json").json["statements"]] == ["Toads dig."]


def test_with_nothing_to_undo_nothing_is_done(kb: Kb) -> None:
    ran = kb("undo", "--json")
    assert (ran.code, ran.json) == (0, {"undone": []})
    assert kb("undo", "0").code == 2


def test_words_within_the_text_of_a_note_stay_in_the_file_when_a_sync_is_undone(kb: Kb, tmp_path: Path) -> None:
    text, vault = tmp_path / "frogs.md", tmp_path / "vault"
    text.write_text("# Frogs\n\nI think that frogs sing in the rain.\n\nSee [[Toads]].\n\nA third one.\n")
    kb("add", text, "--no-embed")
    kb("sync", vault)
    note = vault / "sources" / "Frogs.md"
    note.write_text(note.read_text().replace("in the rain.\n", "in the rain.\n\nWritten for an hour: wqq.\n"))
    kb("sync", vault)
    assert "wqq" in kb("show", "Frogs").out
    assert "stay" in kb("undo").err
    assert "wqq" not in kb("show", "Frogs").out
    (conflict,) = kb("export", vault, "--json").json["conflicts"]
    assert "undone" in conflict["reason"]
    assert "wqq" in note.read_text()
    assert kb("sync", vault, "--json").json["taken"] == ["sources/Frogs.md"]
    assert "wqq" in note.read_text()
    assert "wqq" in kb("show", "Frogs").out
    assert kb("sync", vault, "--json").json["written"] == []


def test_what_is_still_being_written_is_not_undone(kb: Kb, tmp_path: Path) -> None:
    kb("claim", "Frogs sing.")
    with turns.writing(tmp_path / "home"):
        ran = kb("undo")
    assert (ran.code, "still writing" in ran.err) == (1, True)
    assert kb("undo").code == 0


def test_a_command_that_goes_on_after_it_was_undone_is_another_one(tmp_path: Path) -> None:
    unit = Unit("kb add")
    with open_store(tmp_path / "home", unit) as store, open_store(tmp_path / "home", Unit("kb undo")) as other:
        write.claim(store, "Frogs sing.", "me")
        history.undo(other)
        write.claim(store, "Toads dig.", "me")
        assert [one.undone for one in history.last(store)] == [False, True]
        assert len(history.undo(other)) == 1
        assert statements.ids(store) == {}
