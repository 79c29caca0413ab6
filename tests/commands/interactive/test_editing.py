"""`kb edit` in an editor: a script stands for the person's, run as a real one is."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Kb

Editor = Callable[[str], Path]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Makes a script of shell the person's editor; `$1` is the file. What it was given is in the file it returns."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    def make(script: str) -> Path:
        path, seen = tmp_path / "editor", tmp_path / "seen"
        path.write_text(f'#!/bin/sh\ncat "$1" >> "{seen}"\n{script}\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", str(path))
        return seen

    return make


def _left(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("kb-*.md"))


@pytest.mark.usefixtures("diary")
def test_what_is_changed_in_the_editor_is_changed(kb: Kb, tmp_path: Path, editor: Editor) -> None:
    seen = editor("""sed -i 's/^title: .*/title: "Ledger: of frogs"/; s/^tags:/tags: [a]/' "$1" """)
    ran = kb("edit", "diary")
    assert ran.code == 0, ran.err
    assert "Diary → Ledger: of frogs" in ran.out
    found = kb("show", "Ledger: of frogs", "--json").json
    assert (found["title"], found["tags"], found["kind"]) == ("Ledger: of frogs", ["a"], "note")
    assert "private" not in seen.read_text(), "a text that is not one's own is not offered"
    assert not _left(tmp_path)


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize("script", ["true", ': > "$1"', 'rm "$1"', 'printf "# nothing\\n" > "$1"'])
def test_left_as_it_is_or_emptied_it_changes_nothing(kb: Kb, tmp_path: Path, editor: Editor, script: str) -> None:
    editor(script)
    before = kb("show", "diary", "--json").out
    ran = kb("edit", "diary")
    assert (ran.code, "nothing was changed" in ran.err) == (0, True)
    assert kb("show", "diary", "--json").out == before
    assert not _left(tmp_path)


@pytest.mark.usefixtures("diary")
def test_what_cannot_be_opens_it_again_with_what_is_wrong(kb: Kb, tmp_path: Path, editor: Editor) -> None:
    seen = editor("""grep -q '^# !' "$1" && sed -i 's/poem/paper/' "$1" || sed -i 's/^kind: note/kind: poem/' "$1" """)
    ran = kb("edit", "diary", "--json")
    assert (ran.code, ran.json["kind"]) == (0, "paper")
    assert seen.read_text().count("# ! no kind 'poem'") == 1
    assert not _left(tmp_path)


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize("script", ["""sed -i 's/^kind: .*/kind: [oops/' "$1" """, """echo 'odd:' > "$1" """])
def test_what_was_typed_is_kept_when_the_person_gives_up(kb: Kb, tmp_path: Path, editor: Editor, script: str) -> None:
    editor(script)
    before = kb("show", "diary", "--json").out
    ran = kb("edit", "diary")
    (left,) = _left(tmp_path)
    assert ran.code == 2
    assert f"--from {left}" in ran.err
    assert "oops" in left.read_text() or "odd" in left.read_text()
    assert kb("show", "diary", "--json").out == before


@pytest.mark.usefixtures("diary")
def test_an_editor_that_fails_changes_nothing_and_loses_nothing(kb: Kb, tmp_path: Path, editor: Editor) -> None:
    editor("""sed -i 's/^title: .*/title: Ledger/' "$1"; exit 3""")
    ran = kb("edit", "diary")
    (left,) = _left(tmp_path)
    assert (ran.code, "code 3" in ran.err, str(left) in ran.err) == (1, True, True)
    assert kb("show", "Ledger").code == 3
    ran = kb("edit", "diary", "--from", left)
    assert (ran.code, "Ledger" in ran.out) == (0, True)


@pytest.mark.usefixtures("diary")
def test_no_editor_and_nobody_there_is_an_error_with_the_cure(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    ran = kb("edit", "diary")
    assert (ran.code, "--title" in ran.err) == (2, True)
    monkeypatch.setenv("EDITOR", "no-such-editor --wait")
    ran = kb("edit", "diary")
    assert (ran.code, "no-such-editor" in ran.err) == (1, True)


def test_a_note_of_ones_own_is_changed_below_its_facts(kb: Kb, editor: Editor, diary: Path) -> None:
    name = kb("note", "My remrak.", "--on", "diary", "--json").json["id"]
    editor("""sed -i 's/remrak/remark/' "$1"; echo 'And more.' >> "$1" """)
    assert kb("edit", name).code == 0
    assert kb("show", name, "--json").json["text"].endswith("]]\n\nMy remark.\nAnd more.")
    assert diary.is_dir()


def test_a_statement_is_edited_in_the_editor_and_from_a_file(
    kb: Kb, editor: Editor, birds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = editor("""sed -i 's/^text: .*/text: Counts are worth it./' "$1" """)
    assert kb("edit", birds[0], "--json").json["text"] == "Counts are worth it."
    form = seen.read_text().replace("Ann Lee", "Bo Lee")
    monkeypatch.setattr("sys.stdin", io.StringIO(form))
    ran = kb("edit", birds[0], "--from", "-", "--dry-run", "--json").json["changes"]
    assert [one["field"] for one in ran] == ["text", "speaker"]


@pytest.mark.usefixtures("diary")
def test_several_are_opened_one_after_the_other(kb: Kb, editor: Editor) -> None:
    editor("""sed -i 's/^date:.*/date: 2020/' "$1" """)
    ran = kb("edit", "diary", "public", "--json")
    assert [one["published"] for one in ran.json["edited"]] == ["2020", "2020"]


_SECOND = 'test -e "$0.second" || { touch "$0.second"; exec sed -i "s/^date:.*/date: 2020/" "$1"; }\n'


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize(
    ("second", "code"),
    [("exit 1", 1), ("sed -i 's/^kind: .*/kind: poem/' \"$1\"", 2), ("sed -i '1d' \"$1\"; exit 2", 1)],
)
def test_where_one_of_several_cannot_be_none_is_changed_and_nothing_typed_is_lost(
    kb: Kb, tmp_path: Path, editor: Editor, second: str, code: int
) -> None:
    editor(_SECOND + second)
    before = [kb("show", name, "--json").out for name in ("diary", "public")]
    ran = kb("edit", "diary", "public")
    assert (ran.code, ran.err.count("nothing was changed")) == (code, 1)
    assert [kb("show", name, "--json").out for name in ("diary", "public")] == before
    first = next(path for path in _left(tmp_path) if "date: 2020" in path.read_text())
    assert f"--from {first}" in ran.err
    assert all(str(path) in ran.err for path in _left(tmp_path))
    assert kb("edit", "diary", "--from", first, "--json").json["published"] == "2020"
