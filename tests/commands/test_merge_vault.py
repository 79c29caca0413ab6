"""Joined sources in an exported vault: the note of the one that goes leaves, the words in it come to the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Kb

_SURE = re.compile(r"^(?:confidence|kb_state): .*\n", re.M)
SAME = "I think that tide mills should be built in every small harbour."
MILLER = "I believe that the miller will be paid by the harbour for his work."


@pytest.fixture
def vault(kb: Kb, tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(f"# Tide mills\n\n{SAME}\n\nI believe that wooden gates will last for years.\n")
    (tmp_path / "b.md").write_text(f"# Mills of the tide\n\n{SAME}\n\n{MILLER}\n")
    kb("add", tmp_path / "a.md", tmp_path / "b.md", "--no-embed")
    for source in ("Tide mills", "Mills of the tide"):
        kb("accept", _statement(kb, source))
    assert kb("export", tmp_path / "out").code == 0
    return tmp_path / "out"


def _statement(kb: Kb, source: str) -> str:
    return str(kb("statements", "built", "--source", source, "--all", "--json").json["statements"][0]["id"])


def _texts(vault: Path) -> dict[Path, str]:
    """The notes, but for how sure suggestions are: that depends on what else their text says."""
    return {path: _SURE.sub("", path.read_text()) for path in vault.rglob("*.md")}


def _notes(vault: Path) -> list[str]:
    return sorted(path.name for path in vault.rglob("*.md"))


def _note_of(vault: Path, name: str) -> Path:
    return next(path for path in vault.rglob("*.md") if f"\nkb: {name}\n" in path.read_text())


def _write(path: Path, words: str) -> None:
    path.write_text(path.read_text() + f"\n{words}\n")


def _merge(kb: Kb) -> str:
    ran = kb("merge", "Tide mills", "Mills of the tide", "--no-embed", "--json")
    assert ran.code == 0, ran.err
    return str(ran.json["id"])


def test_words_on_a_source_and_a_claim_come_to_those_that_stay(kb: Kb, vault: Path) -> None:
    claim, stays = _statement(kb, "Mills of the tide"), _statement(kb, "Tide mills")
    _write(_note_of(vault, claim), "Words on the claim.")
    _write(vault / "sources/Mills of the tide.md", "Words on the mills.")
    _write(vault / "sources/Tide mills.md", "Words that were there.")
    assert kb("sync", vault).code == 0
    before = _texts(vault)
    kept = _merge(kb)
    assert "removed  sources/Mills of the tide.md" in kb("sync", vault).out
    source, said = _note_of(vault, kept).read_text(), _note_of(vault, stays).read_text()
    assert source.index("Words that were there.") < source.index("Words on the mills.")
    assert "Words on the claim." in said
    assert "unchanged" in kb("sync", vault).err
    kb("split", kept, "--no-embed")
    kb("sync", vault)
    assert _texts(vault) == before


def test_what_is_done_to_notes_of_what_went_is_done_to_what_stays(kb: Kb, vault: Path) -> None:
    claim, stays = _statement(kb, "Mills of the tide"), _statement(kb, "Tide mills")
    note, source = _note_of(vault, claim), vault / "sources/Mills of the tide.md"
    kept = _merge(kb)
    note.write_text(note.read_text().replace("status: accepted", "status: rejected") + "\nNo, it is wrong.\n")
    _write(source, "Later words.")
    assert kb("sync", vault).code == 0
    assert kb("show", stays, "--json").json["status"] == "rejected"
    assert "Later words." in _note_of(vault, kept).read_text()
    assert not source.exists()
    assert not note.exists()
    assert "unchanged" in kb("sync", vault).err
    assert "No, it is wrong." in kb("list", "--json", "--kind", "note").out or "No, it is wrong." in "".join(
        kb("show", one["id"]).out for one in kb("list", "--json").json["sources"]
    )


def test_an_old_copy_of_the_vault_is_read_as_what_stays(kb: Kb, vault: Path, tmp_path: Path) -> None:
    claim = _statement(kb, "Mills of the tide")
    old = tmp_path / "old"
    old.mkdir()
    for path in vault.rglob("*.md"):
        (old / path.name).write_text(path.read_text())
    kept = _merge(kb)
    listed = kb("list", "--json").json["sources"]
    assert kb("add", old, "--no-embed").code == 0
    assert kb("list", "--json").json["sources"] == listed
    assert kb("show", claim, "--json").json["mentions"][0]["source"] == kept
    assert kb("check", "--json").json["ok"]


def test_lines_about_what_went_are_about_what_stays(kb: Kb, vault: Path) -> None:
    gone, stays = _statement(kb, "Mills of the tide"), _statement(kb, "Tide mills")
    mine = kb("claim", "Harbours are full.", "--json").json["id"]
    kb("sync", vault)
    note = _note_of(vault, mine)
    kept = _merge(kb)
    name = _note_of(vault, gone).stem
    line = f"supports:: [[{name}]]\nattacks:: [[Mills of the tide]]"
    note.write_text(note.read_text().replace(f"<!-- kb:note {mine}", f"{line}\n\n<!-- kb:note {mine}"))
    assert kb("sync", vault, "--json").json["decisions"] == 2
    found = {(one["relation"], one["to"]) for one in kb("links", mine, "--json").json["links"]}
    assert found == {("supports", stays), ("attacks", kept)}


def test_removing_and_restoring_the_one_that_stays_leaves_what_was_joined_joined(kb: Kb, vault: Path) -> None:
    _write(vault / "sources/Mills of the tide.md", "Words on the mills.")
    kb("sync", vault)
    gone = kb("show", "Mills of the tide", "--json").json["id"]
    kept = _merge(kb)
    listed = kb("list", "--state", "all", "--json").json
    kb("rm", kept, "--yes")
    kb("add", vault.parent / "b.md", "--no-embed")
    assert kb("show", gone, "--json").json["state"] == "removed"
    kb("restore", kept, "--no-embed")
    assert kb("list", "--state", "all", "--json").json == listed
    assert kb("restore", gone, "--json").json["restored"] == []
    kb("split", gone, "--no-embed")
    assert {kb("show", name, "--json").json["state"] for name in (kept, gone)} == {"here"}
    assert "Words on the mills." in kb("show", "Notes on Mills of the tide").out


@pytest.mark.parametrize("verbs", [("merge", "split"), ("rm", "restore")])
def test_a_note_that_comes_back_lies_where_the_person_had_put_it(kb: Kb, vault: Path, verbs: tuple[str, str]) -> None:
    moved = vault / "my mills.md"
    (vault / "sources/Mills of the tide.md").rename(moved)
    _write(moved, "Precious words.")
    assert kb("sync", vault).code == 0
    before = _texts(vault)
    gone = kb("show", "Mills of the tide", "--json").json["id"]
    kept = ["Tide mills"] if verbs[0] == "merge" else []
    assert kb(verbs[0], *kept, gone, *(["--no-embed"] if kept else ["--yes"])).code == 0
    kb("sync", vault)
    assert not moved.exists()
    for _ in range(2):
        assert kb("sync", vault, "--json").json["gone"] == [], "nobody deleted it"
    kb(verbs[1], gone, "--no-embed")
    kb("sync", vault)
    assert _texts(vault) == before


def test_another_note_may_take_the_place(kb: Kb, vault: Path) -> None:
    moved = vault / "my mills.md"
    (vault / "sources/Mills of the tide.md").rename(moved)
    kb("sync", vault)
    kept = _merge(kb)
    kb("sync", vault)
    moved.write_text("# My mills\n\nWhat I wrote here.\n")
    kb("split", kept, "--no-embed")
    assert kb("sync", vault, "--json").json["conflicts"] == []
    assert moved.read_text() == "# My mills\n\nWhat I wrote here.\n"
    assert any("# Mills of the tide" in path.read_text() for path in vault.rglob("*.md"))


def test_words_written_since_stay_and_those_of_the_other_go_back_to_it(kb: Kb, vault: Path) -> None:
    _write(vault / "sources/Mills of the tide.md", "Precious words.")
    kb("sync", vault)
    kept = _merge(kb)
    kb("sync", vault)
    _write(vault / "sources/Tide mills.md", "Written since.")
    kb("sync", vault)
    kb("split", kept, "--no-embed")
    kb("sync", vault)
    notes = {path.stem: path.read_text() for path in (vault / "sources").iterdir()}
    assert "Written since." in notes["Tide mills"]
    assert "Precious words." not in notes["Tide mills"]
    assert "Precious words." in notes["Mills of the tide"]
