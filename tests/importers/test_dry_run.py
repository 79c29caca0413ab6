"""A dry run says of every source what the run would make of it, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kb

NOTES = {
    "a.md": "# A\n\nI think lists help. See [[B]].\n",
    "b.md": "# B\n\nLists do not help.\n",
    "c.md": "# C\n\nHm.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notes"
    made.mkdir()
    for name, text in NOTES.items():
        (made / name).write_text(text)
    return made


def _statuses(kb: Kb, *arguments: str | Path, home: Path | None = None) -> list[tuple[str, str]]:
    items = kb("add", *arguments, "--no-embed", "--json", home=home).json["items"]
    return sorted((Path(one["target"]).name, one["status"]) for one in items)


def _files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_it_says_what_the_run_then_does(kb: Kb, folder: Path) -> None:
    kb("add", folder / "a.md", folder / "b.md", "--no-embed")
    (folder / "b.md").write_text("# B\n\nLists do not help at all.\n")
    told = _statuses(kb, folder, "--dry-run")
    assert told == [("a.md", "unchanged"), ("b.md", "updated"), ("c.md", "added")]
    assert _statuses(kb, folder) == told
    assert _statuses(kb, folder, "--dry-run") == [(name, "unchanged") for name in NOTES]


def test_it_is_told_in_words(kb: Kb, folder: Path) -> None:
    kb("add", folder / "a.md", folder / "b.md", "--no-embed")
    (folder / "b.md").write_text("# B\n\nLists do not help at all.\n")
    ran = kb("add", folder, "--dry-run")
    update, add = sorted(ran.out.splitlines(), reverse=True)
    assert update.startswith("would update ")
    assert update.casefold().endswith("note        b")
    assert add.casefold() == "would add    note        c"
    assert ran.err == "1 would be added, 1 would be updated, 1 unchanged\n"


def test_nothing_is_written(kb: Kb, folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert kb("add", folder, "--dry-run").code == 0
    assert not home.exists()
    kb("add", folder, "--no-embed")
    before = _files(home)
    (folder / "a.md").write_text("Another text.\n")
    kb("add", folder, "--dry-run", "--tag", "new")
    assert _files(home) == before
    assert kb("list", "--tag", "new", "--json").json["sources"] == []


def test_an_exported_vault_is_unchanged(kb: Kb, folder: Path, tmp_path: Path) -> None:
    kb("add", folder, "--no-embed")
    kb("claim", "Lists are long")
    kb("export", tmp_path / "vault")
    assert {status for _, status in _statuses(kb, tmp_path / "vault", "--dry-run")} == {"unchanged"}
    other = tmp_path / "other"
    told = _statuses(kb, tmp_path / "vault", "--dry-run", home=other)
    assert {status for _, status in told} == {"added"}
    assert _statuses(kb, tmp_path / "vault", home=other) == told


def test_what_a_person_says_counts(kb: Kb, folder: Path) -> None:
    kb("add", folder, "--no-embed", "--tag", "lists")
    assert {s for _, s in _statuses(kb, folder, "--dry-run", "--tag", "lists")} == {"unchanged"}
    assert {s for _, s in _statuses(kb, folder, "--dry-run", "--tag", "other")} == {"updated"}


def test_the_same_thing_twice_is_added_once(kb: Kb, folder: Path) -> None:
    told = _statuses(kb, folder / "a.md", folder / "a.md", "--dry-run")
    assert told == [("a.md", "added"), ("a.md", "unchanged")]
    assert _statuses(kb, folder / "a.md", folder / "a.md") == told


def test_an_address_that_is_in_is_not_asked(kb: Kb, folder: Path) -> None:
    address = "https://www.lesswrong.com/posts/ABCDEFGHJKLMNPQRS/a-post"
    assert _statuses(kb, address, "--dry-run")[0][1] == "added"
    kb("add", folder / "a.md", "--no-embed", "--url", address)
    ran = kb("add", address, "--dry-run")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "1 address is in already; whether anything changed there is seen only when it is asked for",
        "1 unchanged",
    ]
