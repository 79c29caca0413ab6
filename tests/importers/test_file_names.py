"""Where the extension of a file name begins."""

from __future__ import annotations

import pytest

from importers.file_names import day_named, extension, without_extension


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.MD", "md"), ("v1.2 draft", ""), ("Mr. Smith", ""), (".profile", ""), ("a.b.txt", "txt"), ("1.5", "")],
)
def test_extension(name: str, ending: str) -> None:
    assert extension(name) == ending
    assert without_extension(name) == (name[: -len(ending) - 1] if ending else name)


@pytest.mark.parametrize(
    ("name", "day"),
    [("2024_06_08.md", "2024-06-08"), ("2024-06-08.md", "2024-06-08"), ("2024-06-08-a-title.md", "2024-06-08"),
     ("2024-06-08 Talk.md", None), ("2024-06-31.md", None), ("2024-06.md", None), ("x 2024-06-08.md", None),
     ("2024-06-08-09.md", None)],
)  # fmt: skip
def test_the_day_that_a_file_is_called_after(name: str, day: str | None) -> None:
    assert day_named(name) == day
