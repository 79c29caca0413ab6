"""`kb split`: what was joined is given back; tests/kb/sources compare it field by field."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def _two(kb: Kb, folder: Path) -> Path:
    folder.mkdir()
    for name in ("post", "cross"):
        (folder / f"{name}.md").write_text(f"# Owls ({name})\n\nI think that owls see well at night.\n")
    assert kb("add", folder, "--no-embed").code == 0
    return folder / "cross.md"


def test_what_was_joined_is_there_again_and_once_joined_says_so(kb: Kb, tmp_path: Path) -> None:
    _two(kb, tmp_path / "notes")
    before = kb("list", "--json").json
    merged = kb("merge", "Owls (post)", "Owls (cross)", "--no-embed", "--json").json
    assert [one["title"] for one in kb("list", "--json").json["sources"]] == ["Owls (post)"]
    assert kb("split", merged["id"], "--dry-run").code == 0
    assert len(kb("list", "--json").json["sources"]) == 1
    assert kb("split", "Owls (cross)", "--no-embed").code == 0
    assert kb("list", "--json").json == before
    ran = kb("split", "Owls (post)")
    assert (ran.code, "joined" in ran.err) == (2, True)


def test_a_joined_file_that_changes_is_told_and_read_when_it_is_given_back(kb: Kb, tmp_path: Path) -> None:
    cross = _two(kb, tmp_path / "notes")
    kb("merge", "Owls (post)", "Owls (cross)", "--no-embed")
    cross.write_text(cross.read_text() + "\nA later line says that kites hover.\n")
    ran = kb("add", tmp_path / "notes", "--no-embed")
    assert "cross.md has another text now" in ran.err
    assert "kites hover" not in kb("show", "Owls (post)").out
    kb("split", "Owls (post)", "--no-embed")
    assert "kites hover" in kb("show", "Owls (cross)").out


def test_a_title_that_a_source_had_goes_on_naming_it(kb: Kb, tmp_path: Path) -> None:
    _two(kb, tmp_path / "notes")
    kb("edit", "Owls (cross)", "--title", "Owls elsewhere")
    assert kb("show", "Owls (cross)", "--json").json["title"] == "Owls elsewhere"


def test_a_verdict_that_a_later_one_overrules_is_told_and_given_back(kb: Kb, tmp_path: Path) -> None:
    _two(kb, tmp_path / "notes")
    ids = [
        kb("statements", "--all", "--source", f"Owls ({name})", "--json").json["statements"][0]["id"]
        for name in ("post", "cross")
    ]
    kb("accept", ids[0])
    kb("reject", ids[1])
    told = f"{ids[0]}: accepted → rejected"
    assert told in kb("merge", "Owls (post)", "Owls (cross)", "--dry-run").out
    assert kb("merge", "Owls (post)", "Owls (cross)", "--no-embed", "--json").json["moved"][0]["overruled"] == [told]
    kb("split", "Owls (post)", "--no-embed")
    found = kb("statements", "--status", "accepted,rejected", "--json").json["statements"]
    assert {one["id"]: one["status"] for one in found} == dict(zip(ids, ("accepted", "rejected"), strict=True))
