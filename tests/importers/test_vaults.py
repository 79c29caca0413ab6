"""Notes of exported vaults in a run: what an editor does to their form is no edit, and what is broken fails alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.vault_homes import NOTES, POST, add, everything, export, sql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "post.md").write_text(POST)
    (texts / "notes.md").write_text(NOTES)
    place = tmp_path / "home"
    add(place, texts / "post.md", title="Auditing: a theory", authors=("Ann Lee",), date="2024-05-01T10:00:00.120Z")
    add(place, texts / "notes.md", tags=("x y", "yes"))
    export(place, tmp_path / "vault", threshold=0)
    return place


def _rewritten(text: str) -> str:
    """As an editor of properties writes them."""
    end = text.index("\n---\n", 4)
    yaml, stream = YAML(), StringIO()
    yaml.dump(yaml.load(text[4:end]), stream)
    return f"---\n{stream.getvalue()}---\n{text[end + 5 :]}"


@pytest.mark.parametrize(
    "editor",
    [
        _rewritten,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n\n",
        lambda text: text.replace("citekey: ", "citekey:   ").replace("kb: ", "kb:  "),
    ],
    ids=["YAML", "CRLF", "mark", "no end", "blank lines", "blanks"],
)
def test_what_an_editor_does_to_the_form_is_no_edit(home: Path, tmp_path: Path, editor: Callable[[str], str]) -> None:
    before = everything(home)
    for path in (tmp_path / "vault").rglob("*.md"):
        path.write_bytes(editor(path.read_text()).encode())
    report = add(home, tmp_path / "vault")
    assert (report.vaults.taken, report.vaults.conflicts, report.vaults.decisions) == ([], [], 0)
    assert everything(home) == before
    assert export(home, tmp_path / "vault", threshold=0).conflicts == []


@pytest.mark.parametrize("place", [".nan", ".inf", "-1e400", "[]", "{}"])
def test_a_number_that_is_none_breaks_nothing(home: Path, tmp_path: Path, place: str) -> None:
    for path in (tmp_path / "vault" / "statements").glob("*.md"):
        path.write_text(path.read_text().replace('"start": ', f'"start": {place}, "was": '))
    before = everything(home)
    assert add(home, tmp_path / "vault").counts["failed"] == 0
    assert everything(home) == before


def test_half_a_pair_in_a_title_is_let_go(home: Path, tmp_path: Path) -> None:
    (note,) = [p for p in (tmp_path / "vault").rglob("*.md") if '"Auditing: a theory"' in p.read_text()][:1]
    note.write_text(note.read_text().replace('title: "Auditing: a theory"', 'title: "Half \\ud800 a pair"'))
    assert add(home, tmp_path / "vault").counts["failed"] == 0
    assert sql(home, "SELECT title FROM source WHERE title LIKE 'Half%'")[0][0] == "Half  a pair"


def test_a_note_of_a_newer_form_fails_alone(home: Path, tmp_path: Path) -> None:
    notes = sorted((tmp_path / "vault" / "sources").glob("*.md"))
    notes[0].write_text(notes[0].read_text().replace("kb_format: 1", "kb_format: 2"))
    report = add(home, tmp_path / "vault")
    assert report.counts["failed"] == 1
    assert "newer version" in report.failures[0]["message"]


def test_a_note_that_lost_its_properties_is_told_and_takes_nothing_with_it(home: Path, tmp_path: Path) -> None:
    before = everything(home)
    notes = sorted((tmp_path / "vault" / "sources").glob("*.md"))
    for note, content in zip(notes, ["", "---\n", "# Mine now\n"], strict=False):
        note.write_text(content)
    conflicts = add(home, tmp_path / "vault").vaults.conflicts
    assert len(conflicts) == min(3, len(notes))
    assert all("properties" in conflict.reason for conflict in conflicts)
    assert everything(home) == before


def test_links_follow_a_note_that_was_moved_wherever_they_say_its_path(home: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / "sub").mkdir()
    (vault / "sources" / "Auditing — a theory.md").rename(vault / "sub" / "Audits.md")
    (other,) = [p for p in vault.rglob("*.md") if "### 20240101" in p.read_text()]
    other.write_text(other.read_text() + "\nSee [[sub/Audits]].\n")
    sources = len(sql(home, "SELECT id FROM source"))
    add(home, vault)
    (name,) = sql(home, "SELECT target FROM reference WHERE raw = '[[sub/Audits]]'")[0]
    assert sql(home, "SELECT title FROM source WHERE id = ?", name)[0][0] == "Auditing: a theory"
    assert len(sql(home, "SELECT id FROM source")) == sources + 1  # the words below


def test_another_folder_has_a_layout_of_its_own_and_a_pipe_in_it_stops_nothing(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.md").write_text("My own.\n")
    os.mkfifo(own / "pipe.md")
    assert all(path.startswith("kb/") for path in export(home, own).written)
    assert (own / "mine.md").read_text() == "My own.\n"


@pytest.mark.parametrize("half", ['title: "Auditing: a th', "title: [a", "published: 2020-13-45"])
def test_half_typed_properties_change_nothing(home: Path, tmp_path: Path, half: str) -> None:
    before = everything(home)
    (note,) = [p for p in (tmp_path / "vault").rglob("*.md") if 'title: "Auditing: a theory"' in p.read_text()]
    lines = note.read_text().split("\n")
    name = half.partition(":")[0]
    note.write_text("\n".join(half if line.startswith(f"{name}:") else line for line in lines))
    (conflict,) = add(home, tmp_path / "vault").vaults.conflicts
    assert "properties cannot be read" in conflict.reason
    assert everything(home) == before
