"""A folder that is read again: notes that are renamed, moved, edited on the way, or change places."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from importers import intake
from importers.given import Given
from kb.review import write
from kb.store import same_as, sources, statements
from kb.store.open import Store
from tests.importers.folders import HERONS, INDEX, MILLS, add, listed, made_in, pointed, renamed


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
    there = sources.stored(store, apart)
    assert there is not None
    assert there.id == ids["herons"]
    both = statements.read(store, [kept, same_as.name(store, own)])
    assert {(one.status, one.mentions[0].source) for one in both.values()} == {("accepted", ids["herons"])}
    (vault / "pond.md").unlink()
    (vault / "more.md").write_text("Something is left.\n", encoding="utf-8")
    assert add(store, vault).gone == [ids["herons"]]


def test_files_can_be_followed_without_a_walk_through_the_folder(store: Store, vault: Path) -> None:
    add(store, vault)
    ids = listed(store)
    os.rename(vault / "herons.md", vault / "birds.md")
    (vault / "mills.md").unlink()
    (vault / "new.md").write_text("# New\n\nA new note about the weir and its keeper.\n", encoding="utf-8")
    paths = [str(vault / name) for name in ("herons.md", "birds.md", "mills.md", "new.md", ".hidden.md", "a.png")]
    report = intake.run(store, [str(vault)], Given(), lambda: b"", lambda _: None, only=paths)
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
