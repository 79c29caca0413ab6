"""Paths, bytes and encodings: what is read, and one clear error for what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from importers.base import Failure, Input
from importers.files import Skipped, from_stdin, read_files


def _one(path: Path, **settings: object) -> Input:
    item = next(iter(read_files(path, **settings)))  # type: ignore[arg-type]
    assert isinstance(item, Input), item
    return item


def _error(path: Path, **settings: object) -> tuple[str, str]:
    (item,) = read_files(path, **settings)  # type: ignore[arg-type]
    assert isinstance(item, Failure)
    assert item.error.hint
    return item.error.message, item.error.hint


def _split(path: Path, **settings: object) -> tuple[dict[str | None, Input], list[Failure], Skipped | None]:
    items = list(read_files(path, **settings))  # type: ignore[arg-type]
    inputs = {item.path: item for item in items if isinstance(item, Input)}
    skipped = [item for item in items if isinstance(item, Skipped)]
    return inputs, [item for item in items if isinstance(item, Failure)], skipped[0] if skipped else None


def test_single_file(tmp_path: Path) -> None:
    file = tmp_path / "A note.md"
    file.write_bytes("\ufeffcafé\r\nend".encode())
    item = _one(file)
    assert (item.text, item.name, item.path) == ("café\nend", "A note.md", None)
    assert item.target == str(file.resolve())
    assert item.original == file.read_bytes()


def test_a_file_named_itself_needs_no_extension(tmp_path: Path) -> None:
    file = tmp_path / "log.xyz"
    file.write_text("words")
    assert _one(file).text == "words"


def test_folder(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.markdown", "sub/Mr. Smith", "x.md/inner.text", "README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"text of {name}")
    for name in (".git/config", ".hidden.md", "node_modules/a.md", "pic.png", "pic2.PNG", "data.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("no")
    (tmp_path / "program").write_bytes(b"\x7fELF\0\0")
    inputs, failures, skipped = _split(tmp_path)
    assert list(inputs) == ["a", "b", "README", "sub/c", "sub/Mr. Smith", "x.md/inner"]
    assert not failures
    assert skipped == Skipped({"": 1, "json": 1, "png": 2}, hidden=3)
    assert skipped.files == 4
    assert list(_split(tmp_path)[0]) == list(inputs)


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"caf\xe9 au lait", "not valid UTF-8 (byte 0xe9 at offset 3)", "--encoding latin-1"),
        (b"ends in the middle \xc3", "not valid UTF-8", "--encoding latin-1"),
        ("wide".encode("utf-16-le"), "without a mark", "--encoding utf-16-le"),
        (b"PK\x03\x04....", "is a ZIP archive", "convert"),
        (b"\x89PNG\r\n\x1a\n", "PNG", "convert"),
        (b"some\0thing else", "is binary", "convert"),
        (b"x" * 2_000_001, "2.0 MB, over the limit of 2 MB", "max_file_mb"),
    ],
)
def test_bad_bytes(tmp_path: Path, data: bytes, message: str, hint: str) -> None:
    file = tmp_path / "bad.md"
    file.write_bytes(data)
    found = _error(file, max_file_mb=2)
    assert message in found[0]
    assert str(file.name) in found[0]
    assert hint in found[1]
    (tmp_path / "good.md").write_text("good")
    inputs, failures, _ = _split(tmp_path, max_file_mb=2)
    assert list(inputs) == ["good"]
    assert len(failures) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_mark_at_the_beginning_says_the_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.md").write_bytes("naïve\n".encode(encoding))
    assert _one(tmp_path / "a.md").text == "naïve\n"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\u200b\ufeff".encode()])
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a"])
def test_an_empty_note_is_read_and_has_its_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    for place in (tmp_path / name, tmp_path):
        item = _one(place)
        assert (item.text, item.name, item.original) == ("", name, data)


@pytest.mark.parametrize("name", ["a.json", "a.pdf", "a.html", "a.bib"])
def test_an_empty_data_file_is_nothing_to_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert _error(tmp_path / name) == (f"{(tmp_path / name).resolve()} is empty", "nothing to add")


def test_an_empty_pipe_is_nothing_to_read() -> None:
    found = from_stdin(b" \n")
    assert isinstance(found, Failure)
    assert found.error.message == "standard input is empty"


def test_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("naïve".encode("latin-1"))
    (tmp_path / "b.txt").write_bytes("naïve".encode())
    assert [item.text for item in _split(tmp_path, encoding="latin-1")[0].values()] == ["naïve", "naïve"]
    (tmp_path / "a.txt").write_bytes("naïve".encode("utf-16"))
    assert [item.text for item in _split(tmp_path, encoding="utf-16")[0].values()] == ["naïve", "naïve"]
    assert "no encoding" in _error(tmp_path / "a.txt", encoding="klingon")[0]
    assert "no encoding" in _error(tmp_path / "a.txt", encoding="rot13")[0]


def test_links_are_followed_once(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    (outside / "deep").mkdir(parents=True)
    (root / "sub").mkdir(parents=True)
    (outside / "o.md").write_text("outside")
    (outside / "deep/d.md").write_text("deep")
    (root / "sub/n.md").write_text("note")
    (root / "one").symlink_to(outside)
    (root / "two").symlink_to(outside)
    (root / "same.md").symlink_to(root / "sub/n.md")
    (root / "other.md").symlink_to(outside / "o.md")
    (root / "lost.md").symlink_to(outside / "nothing")
    inputs, failures, skipped = _split(root)
    assert list(inputs) == ["one/deep/d", "one/o", "sub/n"]
    assert inputs["one/o"].target == str((outside / "o.md").resolve())
    assert ["a link to nothing" in failure.error.message for failure in failures] == [True]
    assert skipped is not None
    assert skipped.repeated == 3


def test_a_loop_of_links_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/n.md").write_text("note")
    (tmp_path / "a/b/back").symlink_to(tmp_path / "a")
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    inputs, failures, _ = _split(tmp_path)
    assert list(inputs) == ["a/n"]
    messages = [failure.error.message for failure in failures]
    assert len(messages) == 2
    assert "back" in messages[0]
    assert "leads back" in messages[0]
    assert "leads back to itself" in messages[1]


def test_missing_and_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "does not exist" in _error(tmp_path / "gone.md")[0]
    (tmp_path / "n.md").write_text("note")
    os.mkfifo(tmp_path / "pipe.md")
    _, failures, _ = _split(tmp_path)
    assert ["is not a file" in failure.error.message for failure in failures] == [True]

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("importers.files.os.open", refuse)
    assert "may not be read" in _error(tmp_path / "n.md")[0]


def test_vanished_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").write_text("b")
    items = read_files(tmp_path)
    assert isinstance(next(items), Input)
    (tmp_path / "b.md").unlink()
    last = next(items)
    assert isinstance(last, Failure)
    assert "does not exist" in last.error.message


def test_stdin() -> None:
    item = from_stdin(b"words")
    assert isinstance(item, Input)
    assert (item.name, item.target, item.text) == ("stdin", "-", "words")
    assert isinstance(from_stdin(b""), Failure)
    assert isinstance(from_stdin(b"x" * 10, max_file_mb=0.000001), Failure)


def test_what_is_known_is_named_and_not_read(tmp_path: Path) -> None:
    for name, text in (("Known.md", b"\xff no text at all"), ("known.json", b"[1]"), ("New.md", b"Words.")):
        (tmp_path / name).write_bytes(text)
    items = read_files(tmp_path, known=lambda path, data: path.endswith(("Known.md", "known.json")) and bool(data))
    found = [(item.name, item.known, item.text) for item in items if isinstance(item, Input)]
    assert found == [("known.json", True, ""), ("Known.md", True, ""), ("New.md", False, "Words.")]
