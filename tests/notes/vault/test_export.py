"""The export: what is in the notes, and that nothing a person wrote is ever lost or anything else touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.errors import KbError
from kb.model.document import Block, Document
from kb.model.json_form import json_form
from kb.review import write
from kb.sources import add as ingest
from kb.store.open import open_store
from notes.markdown.structure import structure
from notes.vault.export import Conflict
from notes.vault.names import key
from tests.vault_homes import NOTES, POST, add, everything, export, note_of, notes_in, sql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "post.md").write_text(POST)
    (texts / "Reading- notes.md").write_text(NOTES)
    add(tmp_path / "home", texts / "post.md", title="Auditing: a theory", authors=("Ann Lee",), date="2024-05-01")
    add(tmp_path / "home", texts / "Reading- notes.md", title="Reading: notes", tags=("x y",))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def _id(home: Path, title: str) -> str:
    return str(sql(home, "SELECT id FROM source WHERE title = ?", title)[0][0])


def test_every_wikilink_leads_to_a_note(home: Path, folder: Path) -> None:
    report = export(home, folder)
    stems = {key(Path(path).stem) for path in report.written}
    assert len(stems) == len(report.written)
    seen = 0
    for path, content in notes_in(folder).items():
        for reference in structure(content.decode())[1]:
            if reference.raw.startswith(("[[", "![[")):
                assert key(reference.target.rsplit("/", 1)[-1]) in stems, (path, reference)
                assert "||" not in reference.raw
                seen += 1
    assert seen > 10


def test_the_text_stands_in_the_note_and_what_is_said_of_it_below(home: Path, folder: Path) -> None:
    export(home, folder)
    note = (folder / "sources" / "Auditing — a theory.md").read_text()
    assert '\ntitle: "Auditing: a theory"\n' in note
    assert "\npublished: 2024-05-01\n" in note
    assert "# Auditing\n\nI think that auditing works" in note
    assert "See [[Reading — notes|my notes]]." in note
    assert "![[Reading — notes|Reading: notes]]" in note
    assert "\n## Backlinks\n\n- [[Reading — notes]]\n" in note


def test_links_are_shown_by_what_they_are(home: Path, folder: Path) -> None:
    with open_store(home) as store:
        target = write.claim(store, "Auditing is a sound theory of impact", "me")
        mine = write.claim(store, "Nobody audits: nothing to see", "me", attacks=[target])
        other = write.claim(store, "Somebody audits", "me")
        for name, status in (("esuggested", "suggested"), ("erejected", "rejected")):
            sql(home, """INSERT INTO link (id, from_id, to_id, relation, basis, rule, status, score, created)
                VALUES (?, ?, ?, 'supports', 'structure', 'r', ?, 0.85, '')""", name, mine, other, status)  # fmt: skip
        write.link(store, other, "undercuts", sql(home, "SELECT id FROM link WHERE basis = 'authored'")[0][0])
    export(home, folder)
    note = note_of(folder, mine).read_text()
    assert "\n## Links\n\n- attacks:: [[Auditing is a sound theory of impact (" in note
    assert "\n## Suggested links\n\n- supports:: [[Somebody audits (" in note
    assert note.count("(suggested, structure 0.85)") == 1
    assert "rejected" not in note
    attacked = note_of(folder, target).read_text()
    assert "- ← attacked by [[Nobody audits — nothing to see (" in attacked
    assert "::" not in attacked.split("## What others say")[1]
    assert "- undercuts:: [[Nobody audits — nothing to see (" in note_of(folder, other).read_text()


def test_only_statements_worth_it_get_a_note_and_never_rejected_ones(home: Path, folder: Path) -> None:
    names = [row[0] for row in sql(home, "SELECT id FROM statement ORDER BY id")]
    assert len(names) >= 3
    sql(home, "UPDATE statement SET confidence = 0.4")
    with open_store(home) as store:
        write.decide(store, names[:1], "accepted")
        write.decide(store, names[1:2], "rejected")
    export(home, folder)
    notes = "".join(content.decode() for path, content in notes_in(folder).items() if path.startswith("statements/"))
    assert f"kb: {names[0]}\n" in notes
    assert not any(f"kb: {name}\n" in notes for name in names[1:])
    export(home, folder, threshold=0.4)
    assert len(list((folder / "statements").iterdir())) == len(names) - 1


def test_writing_again_changes_nothing(home: Path, folder: Path) -> None:
    first = export(home, folder)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    report = export(home, folder)
    assert (report.written, report.conflicts, report.removed) == ([], [], [])
    assert report.unchanged == len(first.written)
    assert times == {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert not list(folder.rglob("*.part"))


def test_a_dry_run_says_the_same_and_writes_nothing(home: Path, folder: Path) -> None:
    planned = export(home, folder, dry_run=True)
    assert not folder.exists()
    assert json_form(export(home, folder)) == json_form(planned)


def test_what_a_person_changed_is_left_alone(home: Path, folder: Path) -> None:
    export(home, folder)
    path = note_of(folder, _id(home, "Reading: notes"))
    path.write_text(path.read_text() + "\nMy own words.\n")
    mine = path.read_bytes()
    for _ in range(2):
        report = export(home, folder)
        assert report.conflicts == [Conflict("sources/Reading — notes.md", "changed since it was exported")]
        assert path.read_bytes() == mine
    sql(home, "UPDATE source SET title = 'Another title' WHERE title = 'Reading: notes'")
    report = export(home, folder)
    assert [conflict.path for conflict in report.conflicts] == ["sources/Reading — notes.md"]
    assert path.read_bytes() == mine
    sql(home, "DELETE FROM source WHERE title = 'Another title'")
    report = export(home, folder)
    assert "what it shows is gone" in report.conflicts[0].reason
    assert path.read_bytes() == mine


def test_beside_notes_of_a_person_those_of_kb_have_a_folder_of_their_own(home: Path, folder: Path) -> None:
    (folder / "sources").mkdir(parents=True)
    mine = folder / "sources" / "Reading — notes.md"
    mine.write_text("my own")
    report = export(home, folder)
    assert report.conflicts == []
    assert all(path.startswith("kb/") for path in report.written)
    assert mine.read_text() == "my own"
    assert export(home, folder).written == []


def test_notes_of_what_is_gone_or_renamed_go_if_untouched(home: Path, folder: Path) -> None:
    export(home, folder)
    sql(home, "UPDATE source SET title = 'New: title' WHERE title = 'Reading: notes'")
    sql(home, "DELETE FROM source WHERE title = 'No Such: Note'")
    report = export(home, folder)
    assert report.removed == ["sources/No Such — Note.md", "sources/Reading — notes.md"]
    assert (folder / "sources" / "New — title.md").exists()
    assert not (folder / "sources" / "Reading — notes.md").exists()
    assert export(home, folder).removed == []


def test_another_home_removes_nothing_it_did_not_write(home: Path, folder: Path, tmp_path: Path) -> None:
    before = export(home, folder)
    other = tmp_path / "other"
    (tmp_path / "new.md").write_text("# New\n\nJust this.")
    add(other, tmp_path / "new.md")
    report = export(other, folder)
    assert (report.removed, report.conflicts) == ([], [])
    again = export(home, folder)
    assert (again.unchanged, again.removed, again.conflicts) == (len(before.written), [], [])


@pytest.mark.parametrize("lost", [True, False])
def test_a_vault_that_was_moved_or_lost_its_manifest_is_known(
    home: Path, folder: Path, tmp_path: Path, lost: bool
) -> None:
    export(home, folder)
    moved = folder.rename(tmp_path / "moved")
    if lost:
        (moved / ".kb-export.jsonl").unlink()
    else:
        sql(home, "DELETE FROM exported")
    sql(home, "UPDATE source SET url = 'https://example.org/new' WHERE title = 'Reading: notes'")
    report = export(home, moved)
    assert (report.written, report.conflicts) == (["sources/Reading — notes.md"], [])


def test_after_a_crash_between_two_notes_nothing_is_a_conflict(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(home, folder)
    sql(home, "UPDATE source SET url = 'https://example.org/' || id")
    replace, calls = os.replace, []

    def failing(part: str, target: Path) -> None:
        calls.append(target)
        if len(calls) > 1:
            raise KeyboardInterrupt
        replace(part, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(KeyboardInterrupt):
        export(home, folder)
    monkeypatch.undo()
    assert not list(folder.rglob("*.part"))
    sql(home, "UPDATE source SET url = 'https://example.com/' || id")
    assert export(home, folder).conflicts == []


@pytest.mark.parametrize("what", ["sources", "sources/Reading — notes.md"])
def test_links_out_of_the_folder_are_not_followed(home: Path, folder: Path, tmp_path: Path, what: str) -> None:
    outside = tmp_path / "outside"
    if what.endswith(".md"):
        outside.write_text("mine")
    else:
        outside.mkdir()
    (folder / what).parent.mkdir(parents=True)
    (folder / what).symlink_to(outside)
    report = export(home, folder)
    assert any("is a link" in conflict.reason for conflict in report.conflicts)
    assert outside.read_text() == "mine" if outside.is_file() else not list(outside.iterdir())


def test_hostile_titles_and_a_hostile_manifest_do_no_harm(tmp_path: Path, folder: Path) -> None:
    titles = ["../../x", "CON", "a\nb", "🦀" * 500, "?!", "*", "X", "x", "..", "/etc/passwd"]
    with open_store(tmp_path / "home") as store:
        for number, title in enumerate(titles):
            text = f"Text {number}."
            ingest.add(store, Document("post", title, text, (Block("paragraph", 0, len(text)),), importer="plain"), "1")
    victim = tmp_path / "victim.md"
    victim.write_text("mine")
    folder.mkdir()
    (folder / ".kb-export.jsonl").write_text(
        '{"path": "sources/../../victim.md", "hash": "x", "subject": "s1"}\nbroken\n'
    )
    report = export(tmp_path / "home", folder)
    assert len(report.written) == len(titles)
    assert (report.conflicts, report.removed) == ([], [])
    assert victim.read_text() == "mine"
    assert {path.parent for path in folder.rglob("*.md")} == {folder / "sources"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "vault", "victim.md"]


def test_a_target_that_is_a_file_is_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(KbError, match="not a folder"):
        export(home, tmp_path / "file")
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / ".kb-export.jsonl").symlink_to(tmp_path / "file")
    with pytest.raises(KbError, match="not a file"):
        export(home, tmp_path / "vault")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_file_keeps_its_name_when_another_of_the_name_comes(home: Path, folder: Path, tmp_path: Path) -> None:
    export(home, folder)
    before = set(notes_in(folder))
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(f"# reading: NOTES\n\nText {number}.")
        add(home, tmp_path / f"{number}.md", title="reading: NOTES", url=f"https://example.org/{number}")
    report = export(home, folder)
    assert before <= set(notes_in(folder))
    assert report.removed == []
    assert len(everything(home)) >= 3
