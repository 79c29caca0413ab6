"""`kb tag`: tags listed, put on, taken off and renamed, and what an import makes of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.conftest import Kb


def _tags(kb: Kb, ref: str) -> list[str]:
    return list(kb("show", ref, "--json").json["tags"])


def _write(diary: Path, tags: str) -> None:
    text = f"---\ntags: [{tags}]\n---\n# Diary\n\nI think that private words should stay private.\n"
    (diary / "diary.md").write_text(text)


def test_tags_are_put_on_and_listed_with_those_within_them(kb: Kb, diary: Path) -> None:
    ran = kb("tag", "add", "#field/birds", "diary", "public", "--json")
    assert len(ran.json["changed"]) == 2
    kb("tag", "add", "field", "diary")
    assert kb("tag", "--json").json == {
        "tags": [{"name": "field", "sources": 1}, {"name": "field/birds", "sources": 2}]
    }
    assert kb("tag").out.split() == ["field", "1", "birds", "2"]
    for tag, many in (("field", 2), ("FIELD/birds", 2), ("fiel", 0), ("birds", 0)):
        assert len(kb("list", "--tag", tag, "--json").json["sources"]) == many, tag
    assert "on them already" in kb("tag", "add", "field", "diary").err
    kb("rm", "public")
    assert kb("tag", "--json").json["tags"][1]["sources"] == 1
    assert diary.is_dir()


def test_a_tag_that_was_taken_off_stays_off(kb: Kb, diary: Path) -> None:
    _write(diary, "old, kept")
    kb("add", diary, "--no-embed")
    assert "none of them bears it" in kb("tag", "remove", "other", "diary").err
    kb("tag", "remove", "old", "diary")
    assert _tags(kb, "diary") == ["kept"]
    _write(diary, "old, kept, new")
    kb("add", diary, "--no-embed")
    assert _tags(kb, "diary") == ["kept", "new"]
    kb("tag", "add", "old", "diary")
    assert _tags(kb, "diary") == ["kept", "new", "old"]


def test_a_new_name_holds_for_what_comes_later(kb: Kb, diary: Path) -> None:
    _write(diary, "ml, ml/safety, mlx")
    kb("add", diary, "--no-embed")
    kb("tag", "add", "ai", "diary", "public")
    ran = kb("tag", "rename", "ml", "ai", "--dry-run", "--json").json["renamed"]
    assert ran == [
        {"old": "ml", "new": "ai", "sources": 1, "joined": 1},
        {"old": "ml/safety", "new": "ai/safety", "sources": 1, "joined": 0},
    ]
    assert "ml" in _tags(kb, "diary")
    kb("tag", "rename", "ml", "ai")
    assert _tags(kb, "diary") == ["ai", "ai/safety", "mlx"]
    _write(diary, "ml, ml/safety, ml/models, mlx")
    kb("add", diary, "--no-embed")
    assert _tags(kb, "diary") == ["ai", "ai/models", "ai/safety", "mlx"]
    kb("tag", "rename", "ai/models", "models")
    kb("tag", "rename", "ai", "field/ai")
    _write(diary, "ml, ml/safety, ml/new, ai/models, mlx")
    kb("add", diary, "--no-embed")
    assert _tags(kb, "diary") == ["field/ai", "field/ai/new", "field/ai/safety", "mlx", "models"]
    kb("tag", "rename", "field/ai", "ml")
    _write(diary, "ml, mly")
    kb("add", diary, "--no-embed")
    assert _tags(kb, "diary") == ["ml", "ml/new", "ml/safety", "mlx", "mly", "models"]


def test_a_tag_taken_off_under_one_name_stays_off_under_the_next(kb: Kb, diary: Path) -> None:
    _write(diary, "old")
    kb("add", diary, "--no-embed")
    kb("tag", "add", "old", "public")
    kb("tag", "remove", "old", "diary")
    kb("tag", "rename", "old", "new")
    _write(diary, "old, more")
    kb("add", diary, "--no-embed")
    assert _tags(kb, "diary") == ["more"]


def test_ids_come_from_standard_input(kb: Kb, diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(kb("list").out + "\n"))
    assert len(kb("tag", "add", "seen", "-", "--json").json["changed"]) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert kb("tag", "add", "seen", "-").code == 2
    kb("tag", "remove", "seen", "--all")
    assert kb("tag", "--json").json["tags"] == []
    assert diary.is_dir()


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("birds",), 2, "kb list --tag birds"),
        (("add", "x"), 2, "name sources"),
        (("add", "#", "diary"), 2, "no tag"),
        (("add",), 2, "TAG REF"),
        (("rename", "x"), 2, "OLD NEW"),
        (("rename", "missing", "y"), 3, "no tag 'missing'"),
        (("rename", "x", "x/y"), 2, "within"),
        (("remove", "missing", "--all"), 3, "no tag"),
        (("add", "x", "diary", "nothing of the kind"), 3, "nothing of the kind"),
    ],
)
def test_what_cannot_be_is_refused_with_the_cure(kb: Kb, words: tuple[str, ...], code: int, told: str) -> None:
    ran = kb("tag", *words)
    assert (ran.code, told in ran.err) == (code, True), ran.err
    assert kb("tag", "--json").json["tags"] == []
