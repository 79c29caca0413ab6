"""A note without a word is a note: it has a name, links lead to it, and its text may come, go and come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

EMPTY = {"B.md": "", "C.md": "---\ntags: [frogs]\n---\n", "sub/D.md": " \n\n", "E.txt": ""}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    made = tmp_path / "vault"
    (made / "sub").mkdir(parents=True)
    for name, text in EMPTY.items():
        (made / name).write_text(text)
    (made / "A.md").write_text("See [[B]], [[C]], [D](sub/D.md), [[D]] and [[E]].\n")
    return made


def _sources(kb: Kb, *more: str) -> dict[str, Any]:
    return {one["title"]: one for one in kb("list", *more, "--json").json["sources"]}


def test_empty_notes_go_in_and_links_lead_to_them(kb: Kb, vault: Path) -> None:
    ran = kb("add", vault, "--no-embed", "--json")
    assert ran.code == 0
    assert ran.json["counts"] == {"added": 5, "updated": 0, "unchanged": 0, "failed": 0}
    found = _sources(kb)
    assert {title: (one["kind"], one["passages"]) for title, one in found.items()} == {
        "A": ("note", 1), "B": ("note", 0), "C": ("note", 0), "D": ("note", 0), "E": ("note", 0),
    }  # fmt: skip
    assert _sources(kb, "--kind", "stub") == {}
    assert found["C"]["tags"] == ["frogs"]
    named = {one["raw"]: one["target"] for one in kb("show", "A", "--json").json["references"]}
    assert {raw: named[raw] for raw in ("[[B]]", "[[C]]", "[[D]]", "[[E]]")} == {
        "[[B]]": found["B"]["id"], "[[C]]": found["C"]["id"], "[[D]]": found["D"]["id"], "[[E]]": found["E"]["id"],
    }  # fmt: skip
    assert kb("check", "--json").json == {"ok": True, "findings": []}
    assert kb("add", vault, "--no-embed", "--json").json["counts"]["unchanged"] == 5


def test_a_stub_becomes_the_empty_note_it_names(kb: Kb, vault: Path) -> None:
    (vault / "B.md").unlink()
    kb("add", vault, "--no-embed")
    (stub,) = _sources(kb, "--kind", "stub").values()
    (vault / "B.md").write_text("")
    assert kb("add", vault, "--no-embed", "--json").json["counts"]["added"] == 1
    assert _sources(kb)["B"]["id"] == stub["id"]
    assert _sources(kb, "--kind", "stub") == {}


def test_a_text_comes_to_the_same_source_and_goes_again(kb: Kb, vault: Path) -> None:
    kb("add", vault, "--no-embed")
    before = _sources(kb)["B"]["id"]
    (vault / "B.md").write_text("I think that frogs should be counted at night.\n")
    (item,) = [one for one in kb("add", vault, "--no-embed", "--json").json["items"] if one["status"] != "unchanged"]
    assert (item["status"], item["source"]["id"], item["source"]["passages"]) == ("updated", before, 1)
    kb("accept", kb("statements", "--json").json["statements"][0]["id"])
    (vault / "B.md").write_text("")
    (item,) = [one for one in kb("add", vault, "--no-embed", "--json").json["items"] if one["status"] != "unchanged"]
    assert (item["status"], item["source"]["id"], item["source"]["passages"]) == ("updated", before, 0)
    assert kb("search", "frogs", "--json").json["hits"] == []
    assert kb("add", vault, "--no-embed", "--json").json["counts"]["unchanged"] == 5
    (vault / "B.md").write_text("I think that frogs should be counted at night.\n")
    kb("add", vault, "--no-embed")
    (statement,) = kb("statements", "--json").json["statements"]
    assert statement["status"] == "accepted"


def test_an_empty_file_named_itself_goes_in(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "thought.md").write_text("")
    ran = kb("add", tmp_path / "thought.md", "--no-embed")
    assert (ran.code, ran.err) == (0, "1 added\n")
    assert ran.out.endswith("thought  (empty)\n")
    assert kb("add", tmp_path / "thought.md", "--no-embed").err == "1 unchanged\n"


def test_an_empty_note_comes_back_from_an_exported_vault(kb: Kb, vault: Path, tmp_path: Path) -> None:
    kb("add", vault, "--no-embed")
    kb("export", tmp_path / "out")
    assert kb("add", tmp_path / "out", "--no-embed", "--json").json["counts"]["unchanged"] == 5
    other = tmp_path / "other"
    assert kb("add", tmp_path / "out", "--no-embed", "--json", home=other).json["counts"]["added"] == 5
    kinds = {one["title"]: one["kind"] for one in kb("list", "--json", home=other).json["sources"]}
    assert kinds == dict.fromkeys("ABCDE", "note")
