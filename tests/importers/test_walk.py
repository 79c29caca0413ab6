"""Which files of a folder are met: the same ones, under the same paths, whether all are asked for or a few."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.files import read_files
from importers.walk import listing, may_be_read

FILES = ("a.md", "b.txt", "sub/a.md", "sub/deep/c", "Sub two/d.md", ".hidden/e.md", "pic.png", "sub/data.json")
LINKS = {"linked": "../outside", "sub/again": "../../outside", "one.md": "../outside/x.md", "shown": ".hidden"}


def _made(folder: Path, files: set[str], links: set[str]) -> Path:
    root = folder / "vault"
    root.mkdir()
    (folder / "outside" / "below").mkdir(parents=True)
    for name in ("x.md", "below/y.md"):
        (folder / "outside" / name).write_text(f"Outside {name}.")
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"Text of {name}.")
    for name in links:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(LINKS[name])
    return root.resolve()


@settings(max_examples=60)
@given(st.sets(st.sampled_from(FILES)), st.sets(st.sampled_from(sorted(LINKS))), st.data())
def test_a_few_files_are_read_as_they_are_among_all(files: set[str], links: set[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = _made(Path(folder), files, links)
        whole = [item for item in read_files(root) if isinstance(item, Input)]
        wanted = data.draw(st.sets(st.sampled_from([item.target for item in whole]))) if whole else set[str]()
        some = list(read_files(root, only=[*wanted, str(root / "gone.md")]))
        assert some == [item for item in whole if item.target in wanted]


@settings(max_examples=30)
@given(st.sets(st.sampled_from(FILES)), st.sets(st.sampled_from(sorted(LINKS))))
def test_what_is_read_was_listed(files: set[str], links: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = _made(Path(folder), files, links)
        listed = listing(root)
        assert {item.target for item in read_files(root) if isinstance(item, Input)} <= listed.files
        assert str(root) in listed.folders
        assert not any(name.endswith(".png") or ".hidden/e" in name for name in listed.files - _through(root, links))


def _through(root: Path, links: set[str]) -> set[str]:
    return {str(root / ".hidden" / "e.md")} if "shown" in links else set()


@pytest.mark.parametrize(
    "name",
    ["note.md~", "#note.md#", ".#note.md", ".note.md.swp", "note.md.tmp", "note.md.tmp.4711.99", "note.md.swx",
     "note.md.sb-1a2b3c4d-QwErTy", "note.md___jb_tmp___", "note.md.crswp", ".obsidian/note.md", "a/node_modules/b.md"],
)  # fmt: skip
def test_what_an_editor_leaves_beside_a_note_is_no_note(name: str) -> None:
    assert not may_be_read(name)


@pytest.mark.parametrize("name", ["note.md", "a/b/Mr. Smith", "C# and F#.md", "a ~ b.md", "swap.txt", "v1.2 draft"])
def test_a_note_is_one_whatever_it_is_called(name: str) -> None:
    assert may_be_read(name)


def test_a_knowledge_base_in_a_folder_of_notes_is_no_part_of_it(tmp_path: Path) -> None:
    home = tmp_path / "kb"
    for name in ("kb.sqlite", "kb.sqlite-wal", "index/passage.slots", "cache/answer.json", "mine.md"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("words")
    assert [item.path for item in read_files(tmp_path) if isinstance(item, Input)] == ["kb/mine"]
    assert listing(tmp_path).files == {str(home / "mine.md")}
