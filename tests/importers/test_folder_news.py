"""A folder that is read again: notes renamed, moved, swapped, deleted and back, and what is never taken for gone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import intake
from importers.folder_news import Ask
from importers.given import Given
from importers.report import Report
from kb.model.filters import Filters
from kb.review import write
from kb.search.search import search
from kb.store import links, references, sources, statements
from kb.store.conditions import on_sources
from kb.store.open import Store, open_store
from tests.vault_homes import export

MILLS = """# Tide mills

I think that tide mills should be built in every small harbour, because the tide never fails anybody.

I doubt that wooden gates will last for sixty years in the brackish water of an estuary. See [[herons]].
"""
HERONS = """# Herons at the river

I believe that herons return because the river is cleaner since the works at the weir were finished.

Nobody has counted the nests along the lower reach for ten years, so the trend is unknown.
"""
INDEX = "# Index\n\nSee [[mills]] and [[herons]].\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    made = tmp_path / "vault"
    made.mkdir()
    for name, text in (("mills", MILLS), ("herons", HERONS), ("index", INDEX)):
        (made / f"{name}.md").write_text(text, encoding="utf-8")
    return made


def add(store: Store, *targets: Path, ask: Ask | None = None) -> Report:
    return intake.run(store, [str(target) for target in targets], Given(), lambda: b"", lambda _: None, ask=ask)


def listed(store: Store, state: str = "here") -> dict[str, str]:
    """Ids by the path inside the vault, stubs aside."""
    found = sources.listed(store, on_sources(store, Filters(state=state)))
    rows = [sources.stored(store, source.id) for source in found if source.kind != "stub"]
    return {row.path or row.title: row.id for row in rows if row}


def renamed(report: Report) -> list[tuple[str, str]]:
    return [(Path(one.before).name, Path(one.now).name) for one in report.renamed]


def pointed(store: Store, source_id: str) -> dict[str, str | None]:
    return {one.raw: one.target for one in references.of_source(store, source_id)}


def made_in(store: Store, source_id: str, words: str) -> str:
    return next(one.id for one in statements.of_source(store, source_id) if words in one.text)


# Gone and back


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
    assert links.chosen(store) == []
    assert listed(store, "gone") == {"herons": ids["herons"]}
    assert add(store, vault).gone == []
    (vault / "herons.md").write_text(HERONS, encoding="utf-8")
    back = add(store, vault)
    assert back.counts == {"added": 0, "updated": 1, "unchanged": 2, "failed": 0}
    assert listed(store) == ids
    assert statements.read(store, [mills, herons]) == before
    assert [one.id for one in links.chosen(store)] == [link]
    assert len(search(store, "nests along the lower reach", mode="lexical").hits) == 1


def test_what_is_there_and_cannot_be_read_is_not_gone(store: Store, vault: Path) -> None:
    add(store, vault)
    (vault / "herons.md").write_bytes(b"\x00\xff" * 40)
    (vault / "mills.md").write_text("", encoding="utf-8")
    report = add(store, vault)
    assert report.gone == []
    assert report.counts["failed"] == 2


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


# Renamed and moved


def test_a_renamed_note_is_the_same_and_its_old_name_still_leads_to_it(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    os.rename(vault / "herons.md", vault / "grey herons.md")
    report = add(store, vault)
    assert renamed(report) == [("herons.md", "grey herons.md")]
    assert report.gone == []
    assert listed(store) == {"grey herons": ids["herons"], "mills": ids["mills"], "index": ids["index"]}
    assert pointed(store, ids["index"])["[[herons]]"] == ids["herons"]
    (vault / "herons.md").write_text("# Another\n\nNow a wholly different text bears this name.\n", encoding="utf-8")
    add(store, vault)
    assert pointed(store, ids["index"])["[[herons]]"] == listed(store)["herons"] != ids["herons"]


def test_a_link_to_the_new_name_means_the_renamed_note(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    os.rename(vault / "herons.md", vault / "zz herons.md")
    (vault / "index.md").write_text(INDEX.replace("[[herons]]", "[[zz herons]]"), encoding="utf-8")
    add(store, vault)
    assert pointed(store, ids["index"])["[[zz herons]]"] == ids["herons"]
    assert [source.kind for source in sources.listed(store)].count("stub") == 0


def test_a_note_renamed_and_edited_is_the_same(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    kept = made_in(store, ids["herons"], "herons return")
    write.decide(store, [kept], "accepted")
    (vault / "herons.md").unlink()
    (vault / "birds.md").write_text(HERONS.replace("ten years", "twelve years") + "\nOne more line.\n", "utf-8")
    report = add(store, vault)
    assert report.counts["updated"] == 1
    assert listed(store)["birds"] == ids["herons"]
    assert statements.read(store, [kept])[kept].status == "accepted"


def test_a_folder_renamed_as_a_whole_keeps_every_source(store: Store, tmp_path: Path) -> None:
    vault = tmp_path / "many"
    for number in range(60):
        note = vault / "old" / f"part {number % 4}" / f"note {number}.md"
        note.parent.mkdir(parents=True, exist_ok=True)
        words = f"I think that station {number} should be counted again." if number % 3 else ""
        note.write_text(f"# Note\n\n{words}\n", encoding="utf-8")
    add(store, vault)
    ids = {Path(path).name: name for path, name in listed(store).items()}
    os.rename(vault / "old", vault / "new")
    report = add(store, vault)
    assert (len(report.renamed), report.gone, report.counts["added"]) == (60, [], 0)
    assert {Path(path).name: name for path, name in listed(store).items()} == ids


def test_notes_that_change_places_are_followed_by_their_texts(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    for names in (("herons.md", "x"), ("mills.md", "herons.md"), ("x", "mills.md")):
        os.rename(vault / names[0], vault / names[1])
    report = add(store, vault)
    assert sorted(renamed(report)) == [("herons.md", "mills.md"), ("mills.md", "herons.md")]
    assert listed(store) == {"mills": ids["herons"], "herons": ids["mills"], "index": ids["index"]}
    assert pointed(store, ids["index"])["[[mills]]"] == ids["herons"]
    assert add(store, vault).renamed == []


def test_a_note_moved_over_another_takes_its_place_and_the_other_is_gone(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    os.replace(vault / "mills.md", vault / "herons.md")
    report = add(store, vault)
    assert listed(store) == {"herons": ids["mills"], "index": ids["index"]}
    assert report.gone == [ids["herons"]]
    (vault / "herons.md").write_text(MILLS + "\nOne more line.\n", encoding="utf-8")
    again = add(store, vault)
    assert (again.counts["updated"], again.gone) == (1, [])
    assert listed(store) == {"herons": ids["mills"], "index": ids["index"]}


def test_a_copy_takes_nothing_from_a_note_that_is_edited_then(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    shutil.copy(vault / "mills.md", vault / "mills of before.md")
    (vault / "mills.md").write_text(MILLS + "\nOne more line.\n", encoding="utf-8")
    report = add(store, vault)
    assert (report.counts["added"], report.counts["updated"], report.renamed) == (1, 1, [])
    assert listed(store)["mills"] == ids["mills"]


def test_another_text_at_the_same_place_is_an_update(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    (vault / "herons.md").write_text("# Frogs\n\nThe pond was drained for the road, and nobody asked.\n", "utf-8")
    assert add(store, vault).counts["updated"] == 1
    assert listed(store) == ids


def test_a_note_that_was_gone_for_a_while_is_known_under_another_name(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    (vault / "herons.md").unlink()
    add(store, vault)
    (vault / "birds.md").write_text(HERONS, encoding="utf-8")
    assert renamed(add(store, vault)) == [("herons.md", "birds.md")]
    assert listed(store)["birds"] == ids["herons"]


def test_an_id_in_the_front_matter_tells_a_note_whatever_else_changed(store: Store, vault: Path) -> None:
    (vault / "owl.md").write_text("---\nid: 20240501\n---\nOwls breed in the loft of the barn.\n", encoding="utf-8")
    add(store, vault)
    ids = listed(store)
    (vault / "owl.md").unlink()
    (vault / "strix.md").write_text("---\nid: 20240501\n---\nEverything here is written anew.\n", encoding="utf-8")
    assert renamed(add(store, vault)) == [("owl.md", "strix.md")]
    assert listed(store)["strix"] == ids["owl"]


HALF = f"""{HERONS.splitlines()[2]}

The pond was drained for the road last autumn, and nobody asked any of us about it.
"""


def test_what_is_not_sure_is_asked_and_yes_makes_it_the_same(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    (vault / "herons.md").unlink()
    (vault / "pond.md").write_text(HALF, encoding="utf-8")
    asked: list[str] = []
    add(store, vault, ask=lambda question: not asked.append(question))
    assert asked == ["pond.md reads like herons.md, which is gone. The same note?"]
    assert listed(store)["pond"] == ids["herons"]


def test_what_nobody_could_be_asked_is_two_sources_that_can_be_joined(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    kept = made_in(store, ids["herons"], "herons return")
    write.decide(store, [kept], "accepted")
    (vault / "herons.md").unlink()
    (vault / "pond.md").write_text(HALF, encoding="utf-8")
    report = add(store, vault)
    assert report.gone == [ids["herons"]]
    assert f"kb add --yes {vault / 'pond.md'}" in report.notes[0]
    apart = listed(store)["pond"]
    own = made_in(store, apart, "herons return")
    write.decide(store, [own], "accepted")
    assert add(store, vault, ask=lambda _: True).renamed == []  # only where the file is named
    assert renamed(add(store, vault / "pond.md", ask=lambda _: True)) == [("herons.md", "pond.md")]
    assert listed(store, "all")["pond"] == ids["herons"]
    assert sources.stored(store, apart) is None
    both = statements.read(store, [kept, own])
    assert [(one.status, one.mentions[0].source) for one in both.values()] == [("accepted", ids["herons"])] * 2


def test_files_can_be_followed_without_a_walk_through_the_folder(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    os.rename(vault / "herons.md", vault / "birds.md")
    (vault / "mills.md").unlink()
    (vault / "new.md").write_text("# New\n\nA new note about the weir and its keeper.\n", encoding="utf-8")
    paths = [str(vault / name) for name in ("herons.md", "birds.md", "mills.md", "new.md", ".hidden.md", "a.png")]
    report = intake.follow(store, str(vault), paths, lambda _: None)
    assert renamed(report) == [("herons.md", "birds.md")]
    assert report.gone == [ids["mills"]]
    assert report.counts == {"added": 1, "updated": 0, "unchanged": 1, "failed": 0}
    assert {"birds", "new", "index"} == listed(store).keys()


def test_a_note_moved_from_one_folder_that_is_added_to_another_is_the_same(
    store: Store, vault: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.md").write_text("# Other\n\nThe other folder has a note too.\n", encoding="utf-8")
    add(store, vault, other)
    ids = listed(store)
    os.rename(vault / "herons.md", other / "birds.md")
    assert renamed(add(store, vault, other)) == [("herons.md", "birds.md")]
    assert listed(store)["birds"] == ids["herons"]
