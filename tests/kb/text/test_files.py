"""Files written whole or not at all: permissions, links, crashes, several writers, what is no plain file."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.text import files

CONTENT = st.binary(max_size=200)


@pytest.fixture
def umask() -> Iterator[int]:
    """A umask that is not everybody's."""
    old = os.umask(0o027)
    yield 0o027
    os.umask(old)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# What is written


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.none() | CONTENT, new=CONTENT)
def test_what_is_written_is_read_and_nothing_else_is_there(tmp_path: Path, old: bytes | None, new: bytes) -> None:
    file = tmp_path / "file"
    file.unlink(missing_ok=True)
    if old is not None:
        file.write_bytes(old)
    files.write_bytes(file, new)
    assert file.read_bytes() == new
    assert names(tmp_path) == {"file"}


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_is_utf_8_with_its_own_line_ends(tmp_path: Path, text: str) -> None:
    files.write_text(tmp_path / "file", text)
    assert (tmp_path / "file").read_bytes() == text.encode()


def test_a_name_as_long_as_the_file_system_allows(tmp_path: Path) -> None:
    name = "ß" * 125 + ".md"
    files.write_text(tmp_path / name, "x")
    assert names(tmp_path) == {name}


# Permissions


@pytest.mark.parametrize("kept", [0o600, 0o644, 0o664, 0o755, 0o400])
@pytest.mark.usefixtures("umask")
def test_the_permissions_of_the_old_file_are_kept(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "file"
    file.write_text("old", encoding="utf-8")
    file.chmod(kept)
    files.write_text(file, "new")
    assert (mode(file), file.read_bytes()) == (kept, b"new")


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path, umask: int) -> None:
    files.write_text(tmp_path / "file", "x")
    assert mode(tmp_path / "file") == 0o666 & ~umask


def test_nobody_else_reads_the_copy_of_a_private_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o600)
    with files.replacing(file) as part:
        assert mode(part) == 0o600


# Failing and killed


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_no_rubbish(tmp_path: Path, error: BaseException) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def write() -> None:
        with files.replacing(file) as part:
            part.write_bytes(b"half of the n")
            raise error

    with pytest.raises(type(error)):
        write()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == {"file"}


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(OSError, match="No space"):
        files.write_bytes(tmp_path / "file", b"new")
    monkeypatch.undo()
    assert (tmp_path / "file").read_bytes() == b"old"
    assert names(tmp_path) == {"file"}


def test_a_library_that_removes_the_file_fails_and_the_old_one_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileNotFoundError), files.replacing(tmp_path / "file") as part:
        part.unlink()
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_killed_half_way_the_old_file_stands_and_the_rest_can_be_found(tmp_path: Path, call: str) -> None:
    file = tmp_path / "a.slots"
    file.write_bytes(b"old")
    child = os.fork()
    if not child:
        with files.replacing(file) as part:
            part.write_bytes(b"half of the n")
            if call == "write":
                os._exit(9)  # as kill -9 does: nothing is tidied up
            setattr(os, call, lambda *_: os._exit(9))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert file.read_bytes() == b"old"
    assert list(files.leftovers(tmp_path, "b*")) == []
    for left in files.leftovers(tmp_path, "a.*"):
        left.unlink()
    assert names(tmp_path) == {"a.slots"}


def test_of_several_writers_one_wins_whole(tmp_path: Path) -> None:
    file, seen, done = tmp_path / "file", set[bytes](), threading.Event()
    contents = [bytes([65 + number]) * 50_000 for number in range(6)]
    files.write_bytes(file, contents[0])

    def write(content: bytes) -> None:
        for _ in range(20):
            files.write_bytes(file, content)

    def read() -> None:
        while not done.is_set():
            seen.add(file.read_bytes())

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert seen <= set(contents)
    assert file.read_bytes() in contents
    assert names(tmp_path) == {"file"}


# Links, and what is no plain file


def test_a_link_is_followed_to_its_target(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    files.write_text(link, "new")
    assert link.is_symlink()
    assert (target.read_bytes(), mode(target)) == (b"new", 0o640)
    assert names(tmp_path / "there") == {"target"}


def test_a_link_to_nothing_yet_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    files.write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_link_that_must_not_be_followed_is_itself_replaced(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    files.write_bytes(tmp_path / "link", b"new", follow=False)
    assert not (tmp_path / "link").is_symlink()
    assert (tmp_path / "link").read_bytes() == b"new"
    assert (tmp_path / "target").read_bytes() == b"old"


def test_a_link_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(OSError, match="symbolic link"):
        files.write_text(tmp_path / "link", "new")


def test_the_null_device_is_written_as_it_comes() -> None:
    files.write_text(Path(os.devnull), "new")
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("through_a_link", [False, True])
def test_a_pipe_is_written_as_it_comes(tmp_path: Path, through_a_link: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    files.write_text(tmp_path / "link" if through_a_link else pipe, "new")
    reader.join()
    assert got == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("where", [".", "missing/file"])
def test_where_no_file_can_be_is_an_error_and_nothing_is_left(tmp_path: Path, where: str) -> None:
    with pytest.raises(OSError, match=r"Is a directory|No such file"):
        files.write_text(tmp_path / where, "new")
    assert names(tmp_path) == set()


# Folders


def test_a_folder_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    def stopped() -> None:
        with files.new_folder(tmp_path / "model") as part:
            (part / "graph").write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert names(tmp_path) == set()
    with files.new_folder(tmp_path / "model") as part:
        (part / "inner").mkdir()
        (part / "inner" / "graph").write_bytes(b"whole")
        assert not (tmp_path / "model").exists()
    assert (tmp_path / "model" / "inner" / "graph").read_bytes() == b"whole"
    assert names(tmp_path) == {"model"}


def test_of_two_that_make_a_folder_the_faster_wins(tmp_path: Path) -> None:
    def slow() -> None:
        with files.new_folder(tmp_path / "model") as part:
            (part / "graph").write_bytes(b"slower")
            with files.new_folder(tmp_path / "model") as other:
                (other / "graph").write_bytes(b"faster")

    with pytest.raises(OSError, match="not empty"):
        slow()
    assert (tmp_path / "model" / "graph").read_bytes() == b"faster"
    assert names(tmp_path) == {"model"}
