"""What differs from what was taken: checked at the paths that were heard of, it is what looking at all would find."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.watch.snapshot import Differing, Snapshot, signature


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "sub").mkdir(parents=True)
    (root / "a.md").write_text("one")
    (root / "sub" / "b.md").write_text("two")
    return root.resolve()


@pytest.fixture
def snapshot(folder: Path) -> Snapshot:
    taken = Snapshot(str(folder))
    taken.take_all()
    return taken


def _differing(snapshot: Snapshot, *heard: Path) -> tuple[set[str], set[str], set[str]]:
    found = snapshot.differing(str(path) for path in heard)
    names = [{os.path.relpath(path, snapshot.root) for path in paths} for paths in (found.there, found.new, found.gone)]
    return names[0], names[1], names[2]


def test_only_a_change_is_one(snapshot: Snapshot, folder: Path) -> None:
    assert _differing(snapshot, folder / "a.md", folder / "sub" / "b.md") == (set(), set(), set())
    (folder / "a.md").write_text("one and more")
    assert _differing(snapshot, folder / "a.md") == ({"a.md"}, set(), set())
    assert _differing(snapshot, folder / "sub" / "b.md") == (set(), set(), set())
    (folder / "c.md").write_text("three")
    (folder / "sub" / "b.md").unlink()
    heard = [folder / "c.md", folder / "sub" / "b.md"]
    assert _differing(snapshot, *heard) == ({"c.md"}, {"c.md"}, {"sub/b.md"})


def test_what_is_taken_differs_no_more_until_it_is_written_again(snapshot: Snapshot, folder: Path) -> None:
    (folder / "a.md").write_text("one and more")
    found = snapshot.differing([str(folder / "a.md")])
    (folder / "a.md").write_text("and again, while it was read")
    snapshot.took(found)
    assert _differing(snapshot, folder / "a.md")[0] == {"a.md"}
    snapshot.took(snapshot.differing())
    assert snapshot.differing() == Differing()


def test_what_kb_itself_wrote_is_no_change(snapshot: Snapshot, folder: Path) -> None:
    (folder / "a.md").write_text("written by a sync")
    (folder / "new.md").write_text("written by a sync")
    (folder / "sub" / "b.md").unlink()
    snapshot.wrote(str(folder / name) for name in ("a.md", "new.md", "sub/b.md"))
    assert snapshot.differing() == Differing()


def test_a_save_by_renaming_is_a_change_of_the_note_alone(snapshot: Snapshot, folder: Path) -> None:
    (folder / "a.md").rename(folder / "a.md~")
    (folder / "4913.tmp").write_text("")
    (folder / "a.md").write_text("one")  # the same words, in another file
    heard = [folder / name for name in ("a.md", "a.md~", "4913.tmp", ".a.md.swp")]
    assert _differing(snapshot, *heard) == ({"a.md"}, set(), set())


def test_a_new_note_counts_once_it_has_a_word(snapshot: Snapshot, folder: Path) -> None:
    (folder / "Untitled.md").write_text("")
    assert _differing(snapshot, folder / "Untitled.md") == (set(), set(), set())
    (folder / "Untitled.md").write_text("a word")
    assert _differing(snapshot, folder / "Untitled.md")[1] == {"Untitled.md"}
    (folder / "a.md").write_text("")
    assert _differing(snapshot, folder / "a.md")[0] == {"a.md"}


def test_notes_in_a_folder_that_came_or_moved_are_found_by_the_folder(snapshot: Snapshot, folder: Path) -> None:
    (folder / "new" / "deep").mkdir(parents=True)
    (folder / "new" / "deep" / "c.md").write_text("three")
    assert _differing(snapshot, folder / "new")[1] == {"new/deep/c.md"}
    (folder / "sub").rename(folder / "moved")
    _, new, gone = _differing(snapshot, folder / "sub")
    assert (new, gone) == ({"moved/b.md", "new/deep/c.md"}, {"sub/b.md"})


def test_a_note_behind_a_link_is_heard_of_through_it(tmp_path: Path, folder: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text("words")
    (folder / "linked").symlink_to(outside)
    snapshot = Snapshot(str(folder))
    snapshot.take_all()
    (outside / "x.md").write_text("other words")
    found = snapshot.differing([str(folder / "linked" / "x.md")])
    assert set(found.there) == {str(outside.resolve() / "x.md")}


def test_a_knowledge_base_in_the_folder_is_not_looked_at(snapshot: Snapshot, folder: Path) -> None:
    for name in ("kb.sqlite", "kb.sqlite-wal", "index/names.json", ".obsidian/workspace.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}")
    heard = [folder / "kb.sqlite", folder / "kb.sqlite-wal", folder / ".obsidian" / "workspace.json"]
    assert _differing(snapshot, *heard, folder / "index") == (set(), set(), set())


def test_a_file_has_a_signature_and_a_folder_none(folder: Path) -> None:
    assert signature(str(folder / "a.md"))
    assert signature(str(folder)) is None
    assert signature(str(folder / "nothing")) is None


NAMES = ("a.md", "b.txt", "sub/a.md", "sub/deep/c.md", "sub/deep/d", "two/e.md", ".hidden/f.md", "pic.png", "g.md~")
edits = st.lists(st.tuples(st.sampled_from(("write", "remove", "rename", "rename folder")), st.sampled_from(NAMES),
                           st.sampled_from(NAMES)), max_size=12)  # fmt: skip


@settings(max_examples=150)
@given(st.sets(st.sampled_from(NAMES)), edits)
def test_what_was_heard_of_leads_to_all_that_differs(start: set[str], script: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made).resolve()
        for name in start:
            _write(root / name, name)
        by_hearing, by_looking = Snapshot(str(root)), Snapshot(str(root))
        for snapshot in (by_hearing, by_looking):
            snapshot.take_all()
        heard = {path for number, edit in enumerate(script) for path in _edit(root, number, *edit)}
        assert by_hearing.differing(heard) == by_looking.differing()


def _write(path: Path, words: str) -> bool:
    if path.is_dir() or any(parent.is_file() for parent in path.parents):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    return True


def _edit(root: Path, number: int, what: str, name: str, other: str) -> list[str]:
    """Do it; returns the paths that the system would tell."""
    path, goal = root / name, root / other
    before = {folder for folder in root.rglob("*") if folder.is_dir()}
    if what == "write":
        if not _write(path, f"{number} words"):
            return []
        made = [str(folder) for folder in path.parents if folder not in before and folder != root]
        return [str(path), *(one for one in made if one.startswith(str(root)) and one != str(root))]
    if what == "remove" and path.is_file():
        path.unlink()
        return [str(path)]
    if what == "rename folder":
        path, goal = path.parent, root / f"moved {number}"
    if path == root or not path.exists() or goal.exists() or not goal.parent.is_dir():
        return []
    path.rename(goal)
    return [str(path), str(goal)]
