"""Names of files that are dropped, which are somebody else's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports import file_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("notes.md", "notes.md"), ("../../etc/passwd", "passwd"), ("C:\\docs\\a.pdf", "a.pdf"), ("", "file"),
        ("..", "file"), ("a/b/", "file"), ("archive.tar.gz", "archive.tar.gz"), ("ünï 漢.md", "ünï 漢.md"),
    ],
)  # fmt: skip
def test_the_name_alone_is_kept(given_name: str, kept: str) -> None:
    assert file_name(given_name) == kept


@given(st.text(max_size=400))
def test_any_name_is_one_of_a_file_in_its_folder(name: str) -> None:
    kept = file_name(name)
    assert kept
    assert kept not in (".", "..")
    assert Path("/tmp/x", kept).parent == Path("/tmp/x")
    assert len(kept.encode()) < 255
    assert "\x00" not in kept
