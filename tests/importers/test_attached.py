"""What readers marked in a file, added again: the note follows what is marked and where the file is, none is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.conftest import Kb
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf

LINES = [
    "Ninety people walked the transects for eleven years, and each",
    "wrote down what was there and what was not. A list with zeros",
    "says where the beetles are; a list of finds says where people are.",
]
FIRST = (70.0, 697.0, 400.0, 709.0)
SECOND = (70.0, 685.0, 400.0, 697.0)


def _file(path: Path, *boxes: tuple[float, float, float, float], **entries: str) -> Path:
    sheet = Sheet().at(72, 740, "The Better Half", 18, bold=True).column(72, 700, LINES)
    for box in boxes:
        sheet.marked("Highlight", box, **entries)
    path.write_bytes(pdf([sheet]))
    return path


def _added(kb: Kb, *arguments: str | Path) -> list[tuple[str, str]]:
    items: list[dict[str, Any]] = kb("add", "--no-embed", "--json", *arguments).json["items"]
    return [(item["status"], item["source"]["kind"]) for item in items]


def _notes(kb: Kb) -> list[dict[str, Any]]:
    return [kb("show", one["id"], "--json").json for one in kb("list", "--kind", "note", "--json").json["sources"]]


def test_it_is_the_person_s_where_it_names_nobody(kb: Kb, tmp_path: Path) -> None:
    kb("config", "me", "Nia Ode")
    assert _added(
        kb, _file(tmp_path / "a.pdf", FIRST, Contents="(I doubt that ninety people walked for so long.)")
    ) == [
        ("added", "paper"),
        ("added", "note"),
    ]
    (note,) = _notes(kb)
    (paper,) = kb("list", "--kind", "paper", "--json").json["sources"]
    assert note["authors"] == ["Nia Ode"]
    assert note["references"][0]["target"] == paper["id"]
    assert note["statement_list"][0]["mentions"][0]["speaker"] == "Nia Ode"
    (link,) = kb("links", paper["id"], "--json").json["links"]
    assert (link["relation"], link["to"]) == ("attacks", paper["id"])


def test_what_was_marked_since_is_in_the_same_note(kb: Kb, tmp_path: Path) -> None:
    file = _file(tmp_path / "a.pdf")
    assert _added(kb, file) == [("added", "paper")]
    assert _added(kb, _file(file, FIRST)) == [("unchanged", "paper"), ("added", "note")]
    assert _added(kb, file) == [("unchanged", "paper"), ("unchanged", "note")]
    assert _added(kb, _file(file, FIRST, SECOND)) == [("unchanged", "paper"), ("updated", "note")]
    (note,) = _notes(kb)
    assert LINES[0] in note["text"]
    assert LINES[1] in note["text"]


def test_a_file_with_another_name_keeps_its_note(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    file = _file(folder / "a.pdf", FIRST)
    kb("add", "--no-embed", folder)
    before = _notes(kb)[0]["id"]
    file.unlink()
    assert _added(kb, _file(folder / "b.pdf", FIRST, SECOND)) == [("unchanged", "paper"), ("updated", "note")]
    (folder / "b.pdf").rename(folder / "c.pdf")
    kb("add", "--no-embed", folder)
    (note,) = _notes(kb)
    assert note["id"] == before
    assert LINES[1] in note["text"]


def test_two_copies_that_are_marked_apart_give_two_notes(kb: Kb, tmp_path: Path) -> None:
    files = [_file(tmp_path / "a.pdf", FIRST), _file(tmp_path / "b.pdf", SECOND)]
    assert _added(kb, *files) == [("added", "paper"), ("added", "note"), ("unchanged", "paper"), ("added", "note")]
    assert _added(kb, *files) == [("unchanged", "paper"), ("unchanged", "note")] * 2
    assert len(_notes(kb)) == 2


def test_what_is_said_of_the_file_is_said_of_the_paper(kb: Kb, tmp_path: Path) -> None:
    file = _file(tmp_path / "a.pdf", FIRST, T="(Ann)")
    assert _added(kb, file, "--title", "Zeros", "--author", "Bo Lind") == [("added", "paper"), ("added", "note")]
    (paper,) = kb("list", "--kind", "paper", "--json").json["sources"]
    (note,) = _notes(kb)
    assert (paper["title"], paper["authors"]) == ("Zeros", ["Bo Lind"])
    assert (note["authors"], note["references"][0]["target"]) == (["Ann"], paper["id"])


def test_a_rehearsal_and_undo(kb: Kb, tmp_path: Path) -> None:
    file = _file(tmp_path / "a.pdf", FIRST)
    assert _added(kb, file, "--dry-run") == [("added", "paper"), ("added", "note")]
    assert _notes(kb) == []
    kb("add", "--no-embed", file)
    kb("undo")
    assert kb("list", "--json").json["sources"] == []
