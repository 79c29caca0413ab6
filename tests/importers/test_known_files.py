"""A folder that is read again: notes that are gone and back, and what is never taken for gone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kb.review import write
from kb.search.search import search
from kb.store import links, sources, statements
from kb.store.open import Store
from tests.importers.folders import HERONS, INDEX, add, listed, made_in
from tests.vault_homes import export


def test_a_deleted_note_is_gone_and_its_file_brings_it_back_with_all_that_was_decided(
    store: Store, vault: Path
) -> None:
    add(store, vault)
    ids = listed(store)
    mills, herons = made_in(store, ids["mills"], "tide mills"), made_in(store, ids["herons"], "herons return")
    write.decide(store, [herons], "accepted")
    link = write.link(store, herons, "attacks", mills)
    before = statements.read(store, [mills, herons])
    (vault / "herons.md").unlink()
    report = add(store, vault)
    assert report.gone == [ids["herons"]]
    assert report.sources[ids["herons"]].state == "gone"
    assert search(store, "nests along the lower reach", mode="lexical").hits == ()
    assert search(store, "herons return", mode="lexical", where="statements").hits == ()
    assert links.chosen(store, basis="authored") == []
    assert listed(store, "gone") == {"herons": ids["herons"]}
    assert add(store, vault).gone == []
    (vault / "herons.md").write_text(HERONS, encoding="utf-8")
    back = add(store, vault)
    assert back.counts == {"added": 0, "updated": 1, "unchanged": 2, "failed": 0}
    assert listed(store) == ids
    assert statements.read(store, [mills, herons]) == before
    assert [one.id for one in links.chosen(store, basis="authored")] == [link]
    assert len(search(store, "nests along the lower reach", mode="lexical").hits) == 1


def test_what_is_there_and_cannot_be_read_is_not_gone(store: Store, vault: Path) -> None:
    add(store, vault)
    (vault / "herons.md").write_bytes(b"\x00\xff" * 40)
    (vault / "mills.md").write_text("", encoding="utf-8")
    report = add(store, vault)
    assert report.gone == []
    assert report.counts["failed"] == 1  # an empty note is a note


def test_a_folder_in_which_nothing_is_left_is_asked_about_and_left_alone(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    shutil.rmtree(vault)
    assert add(store, vault).gone == []
    vault.mkdir()
    report = add(store, vault)
    assert (report.gone, len(report.notes)) == ([], 1)
    assert "Is a disk missing?" in report.notes[0]
    assert listed(store) == ids


def test_a_note_moved_to_a_hidden_folder_is_gone(store: Store, vault: Path) -> None:
    add(store, vault)
    (vault / ".trash").mkdir()
    os.rename(vault / "herons.md", vault / ".trash" / "herons.md")
    assert [Path(name).name for name in listed(store)] == ["herons", "index", "mills"]
    assert len(add(store, vault).gone) == 1


def test_exports_and_what_lies_elsewhere_are_never_taken_for_gone(store: Store, vault: Path, tmp_path: Path) -> None:
    (vault / "two.bib").write_text("@book{a, title={Weirs}}\n@book{b, title={Sluices}}\n", encoding="utf-8")
    (vault / "one.bib").write_text("@book{c, title={Locks}}\n", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("# Elsewhere\n\nOwls breed in the loft of a barn nearby.\n", encoding="utf-8")
    add(store, vault, elsewhere)
    before = listed(store)
    for file in (vault / "two.bib", vault / "one.bib", elsewhere):
        file.unlink()
    assert add(store, vault).gone == []
    assert listed(store) == before


def test_notes_of_an_exported_vault_show_a_source_and_are_not_its_file(
    store: Store, vault: Path, tmp_path: Path
) -> None:
    add(store, vault)
    out = tmp_path / "out"
    export(store.home, out)
    add(store, out)
    shown = next(out.rglob("*erons*.md"))
    text = shown.read_bytes()
    shown.unlink()
    assert add(store, out).gone == []  # its note is deleted, its file is there
    shown.write_bytes(text)
    (vault / "herons.md").unlink()
    assert len(add(store, vault).gone) == 1  # its file is deleted, though a note shows it
    assert add(store, out).counts["updated"] == 0
    assert len(listed(store, "gone")) == 1  # and that note does not bring it back
    assert str(shown.relative_to(out)) in export(store.home, out).removed


def test_a_source_stays_while_another_file_has_it(store: Store, vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "copy"
    shutil.copytree(vault, other)
    add(store, vault)
    ids = listed(store)
    add(store, other)
    (other / "herons.md").unlink()
    assert add(store, other).gone == []
    (vault / "herons.md").unlink()
    assert add(store, vault).gone == [ids["herons"]]


def test_a_stub_goes_and_comes_with_what_refers_to_it(store: Store, vault: Path) -> None:
    (vault / "owls.md").write_text("# Owls\n\nRead [[Barn Survey]] before the winter.\n", encoding="utf-8")
    add(store, vault)
    (stub,) = sources.by_name(store, "Barn Survey")
    (vault / "owls.md").unlink()
    add(store, vault)
    assert sources.read(store, [stub.id])[stub.id].state == "gone"
    (vault / "index.md").write_text(INDEX + "\nAnd [[Barn Survey]].\n", encoding="utf-8")
    add(store, vault)
    assert sources.read(store, [stub.id])[stub.id].state == "here"
