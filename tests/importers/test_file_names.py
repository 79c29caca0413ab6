"""Where the extension of a file name begins."""

from __future__ import annotations

import pytest

from importers.file_names import extension, without_extension


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.MD", "md"), ("v1.2 draft", ""), ("Mr. Smith", ""), (".profile", ""), ("a.b.txt", "txt"), ("1.5", "")],
)
def test_extension(name: str, ending: str) -> None:
    assert extension(name) == ending
    assert without_extension(name) == (name[: -len(ending) - 1] if ending else name)
