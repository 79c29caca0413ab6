"""Notes of exported vaults in a run: what an editor does to their form is no edit, and what is broken fails alone."""

from __future__ import annotations

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
